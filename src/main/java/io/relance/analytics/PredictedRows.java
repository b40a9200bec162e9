package io.relance.analytics;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.scoring.PayPredictions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The single invoices behind what {@link ExpectedCash} predicts for a week. */
@Component
public class PredictedRows {

  /** How many are named in one query. */
  private static final int CHUNK = 1_000;

  /**
   * An open invoice.
   *
   * @param open now
   * @param percent the chance that it is paid in the week
   * @param expected of it in the week
   */
  public record Row(
      String invoice,
      String customer,
      String customerName,
      LocalDate due,
      Money open,
      int percent,
      Money expected) {}

  private record Named(String invoice, String customer, String customerName, LocalDate due) {}

  private final PayPredictions predictions;
  private final JdbcTemplate jdbc;

  PredictedRows(PayPredictions predictions, JdbcTemplate jdbc) {
    this.predictions = predictions;
    this.jdbc = jdbc;
  }

  /**
   * What is expected most first. Reckoned now of what is open now, while the sum was reckoned when
   * the day began; of some payers only there is neither.
   *
   * @param monday of the week
   */
  public List<Row> rows(
      Cut cut, String currency, LocalDate today, LocalDate monday, int offset, int limit) {
    if (cut.isOfSomePayers()) {
      return List.of();
    }
    List<PayPredictions.Share> shares = new ArrayList<>();
    for (long creditor : cut.creditors()) {
      shares.addAll(
          predictions.expectedIn(
              creditor, currency, today.minusDays(1), monday, Math.addExact(offset, limit)));
    }
    List<PayPredictions.Share> asked =
        shares.stream()
            .sorted(
                Comparator.comparing((PayPredictions.Share share) -> share.expected().amount())
                    .reversed()
                    .thenComparing(PayPredictions.Share::invoiceId))
            .skip(offset)
            .limit(limit)
            .toList();
    Map<Long, Named> names = named(asked.stream().map(PayPredictions.Share::invoiceId).toList());
    List<Row> rows = new ArrayList<>();
    for (PayPredictions.Share share : asked) {
      Named of = names.get(share.invoiceId());
      if (of != null) { // else it was erased meanwhile
        rows.add(
            new Row(
                of.invoice(),
                of.customer(),
                of.customerName(),
                of.due(),
                share.open(),
                share.percent(),
                share.expected()));
      }
    }
    return rows;
  }

  private Map<Long, Named> named(List<Long> invoices) {
    Map<Long, Named> names = new HashMap<>();
    for (int from = 0; from < invoices.size(); from += CHUNK) {
      List<Long> some = invoices.subList(from, Math.min(invoices.size(), from + CHUNK));
      jdbc.query(
          "SELECT i.id, i.number, p.number, p.name, i.due_date FROM invoice i JOIN payer p ON p.id = i.payer_id WHERE i.id IN ("
              + Sql.marks(some.size())
              + ")",
          rs -> {
            names.put(
                rs.getLong(1),
                new Named(
                    rs.getString(2),
                    rs.getString(3),
                    rs.getString(4),
                    Sql.requiredDate(rs, "due_date")));
          },
          some.toArray());
    }
    return names;
  }
}
