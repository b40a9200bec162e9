package io.relance.analytics.forecast;

import io.relance.analytics.Cut;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The single receipts behind what {@link CashWeeks} counts. */
@Component
public class ReceiptRows {

  /**
   * What bank or ledger booked to an invoice.
   *
   * @param bookedOn by the bank or the ledger
   * @param amount less than 0 for what was taken back
   * @param reference of the booking
   */
  public record Row(
      LocalDate bookedOn,
      String customer,
      String customerName,
      String invoice,
      Money amount,
      String reference) {}

  private final JdbcTemplate jdbc;

  ReceiptRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The earliest first. What was entered after a week had been counted for the last time is there,
   * too; of some payers only there is none, as the count is not theirs.
   *
   * @param monday of the week
   */
  public List<Row> rows(Cut cut, String currency, LocalDate monday, int offset, int limit) {
    if (cut.isOfSomePayers()) {
      return List.of();
    }
    List<Object> values = new ArrayList<>(List.of(monday, monday.plusDays(6), currency));
    values.addAll(cut.creditors());
    values.add(limit);
    values.add(offset);
    return jdbc.query(
        "SELECT a.booked_on, p.number, p.name, i.number, a.amount, a.reference FROM allocation a FORCE INDEX (allocation_booked)"
            + " JOIN invoice i ON i.id = a.invoice_id JOIN payer p ON p.id = i.payer_id WHERE"
            + CashWeeks.CAME
            + " AND a.currency = ? AND i.creditor_id IN ("
            + Sql.marks(cut.creditors().size())
            + ") ORDER BY a.booked_on, a.id LIMIT ? OFFSET ?",
        (rs, n) ->
            new Row(
                Sql.requiredDate(rs, "booked_on"),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                Money.of(rs.getBigDecimal(5), currency),
                rs.getString(6)),
        values.toArray());
  }
}
