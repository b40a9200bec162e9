package io.relance.analytics;

import io.relance.kernel.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What payers agreed to and what they disagree with: promises, plans, disputes. */
@Component
public class AgreementFigures {

  /**
   * Promises whose fate was decided in a time. A promise that another one replaced, or that was
   * taken back, is neither kept nor broken.
   *
   * @param open promises that wait now
   * @param keptShare kept of those kept or broken
   * @param sums of the promises that named an amount
   */
  public record Promises(
      long kept, long broken, long replaced, long open, Figure keptShare, List<Sum> sums) {}

  /** Promised and kept in one currency. */
  public record Sum(Money promised, Money kept, Figure keptShare) {}

  /**
   * Plans.
   *
   * @param running now
   * @param kept ended in the time, paid
   * @param broken ended in the time, not paid as agreed
   */
  public record Plans(long running, long kept, long broken, Figure keptShare) {}

  /**
   * Disputes of a reason.
   *
   * @param opened in the time
   * @param open at its end
   * @param amounts disputed by those that are open, a sum a currency
   */
  public record Disputed(String reason, long opened, long open, List<Money> amounts) {}

  private final JdbcTemplate jdbc;

  AgreementFigures(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public Promises promises(Cut cut, Span span) {
    Map<String, Long> decided = new HashMap<>();
    Map<String, Money> promised = new TreeMap<>();
    Map<String, Money> kept = new HashMap<>();
    jdbc.query(
        "SELECT a.state, a.currency, COUNT(*), SUM(a.amount) FROM payment_promise a JOIN payer p ON p.id = a.payer_id"
            + " WHERE a.decided_on BETWEEN ? AND ? AND a.state <> 'open'"
            + ofPayers(cut)
            + " GROUP BY a.state, a.currency",
        rs -> {
          String state = rs.getString(1);
          decided.merge(state, rs.getLong(3), Long::sum);
          if (rs.getBigDecimal(4) != null && (state.equals("kept") || state.equals("broken"))) {
            Money sum = Money.of(rs.getBigDecimal(4), rs.getString(2));
            promised.merge(sum.currencyCode(), sum, Money::plus);
            if (state.equals("kept")) {
              kept.put(sum.currencyCode(), sum);
            }
          }
        },
        values(cut, span.from(), span.to()));
    long yes = decided.getOrDefault("kept", 0L);
    long no = decided.getOrDefault("broken", 0L);
    return new Promises(
        yes,
        no,
        decided.getOrDefault("replaced", 0L),
        count(
            "SELECT COUNT(*) FROM payment_promise a JOIN payer p ON p.id = a.payer_id WHERE a.state = 'open'"
                + ofPayers(cut),
            values(cut)),
        Figure.percent(yes, yes + no, Figure.Why.NOTHING_DECIDED),
        promised.values().stream()
            .map(
                sum -> {
                  Money came = kept.getOrDefault(sum.currencyCode(), Money.zero(sum.currency()));
                  return new Sum(sum, came, Figure.percent(came, sum, Figure.Why.NOTHING_DECIDED));
                })
            .toList());
  }

  public Plans plans(Cut cut, Span span) {
    Map<String, Long> ended = new HashMap<>();
    jdbc.query(
        "SELECT n.state, COUNT(*) FROM payment_plan n JOIN payer p ON p.id = n.payer_id WHERE n.state IN ('kept','broken')"
            + " AND n.ended_on BETWEEN ? AND ?"
            + ofPayers(cut)
            + " GROUP BY n.state",
        rs -> {
          ended.put(rs.getString(1), rs.getLong(2));
        },
        values(cut, span.from(), span.to()));
    long kept = ended.getOrDefault("kept", 0L);
    long broken = ended.getOrDefault("broken", 0L);
    return new Plans(
        count(
            "SELECT COUNT(*) FROM payment_plan n JOIN payer p ON p.id = n.payer_id WHERE n.state = 'running'"
                + ofPayers(cut),
            values(cut)),
        kept,
        broken,
        Figure.percent(kept, kept + broken, Figure.Why.NOTHING_DECIDED));
  }

  /** By reason; as of the end of the time, with what was open of the invoices then. */
  public List<Disputed> disputes(Cut cut, Span span) {
    Map<String, Long> opened = new TreeMap<>();
    Map<String, Long> open = new HashMap<>();
    Map<String, Map<String, Money>> amounts = new HashMap<>();
    jdbc.query(
        "SELECT d.reason, COUNT(*) FROM dispute d JOIN payer p ON p.id = d.payer_id WHERE d.opened_at >= ? AND d.opened_at < ?"
            + ofPayers(cut)
            + " GROUP BY d.reason",
        rs -> {
          opened.put(rs.getString(1), rs.getLong(2));
        },
        values(cut, span.begin(), span.end()));
    jdbc.query(
        "SELECT d.reason, s.currency, COUNT(*), SUM(COALESCE(LEAST(d.amount, s.open_amount), s.open_amount)) FROM dispute d"
            + " JOIN payer p ON p.id = d.payer_id"
            + " LEFT JOIN open_span s ON s.invoice_id = d.invoice_id AND s.from_day <= ? AND s.to_day > ?"
            + " WHERE d.opened_at < ? AND (d.decided_on > ? OR (d.decided_on IS NULL AND d.live = 1))"
            + ofPayers(cut)
            + " GROUP BY d.reason, s.currency",
        rs -> {
          String reason = rs.getString(1);
          opened.putIfAbsent(reason, 0L);
          open.merge(reason, rs.getLong(3), Long::sum);
          if (rs.getString(2) != null) {
            Money sum = Money.of(rs.getBigDecimal(4), rs.getString(2));
            amounts
                .computeIfAbsent(reason, any -> new TreeMap<>())
                .merge(sum.currencyCode(), sum, Money::plus);
          }
        },
        values(cut, span.to(), span.to(), span.end(), span.to()));
    List<Disputed> disputes = new ArrayList<>();
    opened.forEach(
        (reason, many) ->
            disputes.add(
                new Disputed(
                    reason,
                    many,
                    open.getOrDefault(reason, 0L),
                    List.copyOf(amounts.getOrDefault(reason, Map.of()).values()))));
    return disputes;
  }

  private long count(String sql, Object... values) {
    Long found = jdbc.queryForObject(sql, Long.class, values);
    return found == null ? 0 : found;
  }

  /** Conditions on the payer p, to follow other ones. */
  static String ofPayers(Cut cut) {
    return " AND p.creditor_id IN " + cut.creditorMarks() + cut.ofPayers();
  }

  static Object[] values(Cut cut, Object... before) {
    List<Object> values = new ArrayList<>(List.of(before));
    values.addAll(cut.creditors());
    values.addAll(cut.payerValues());
    return values.toArray();
  }

  static Money zero(String currency) {
    return Money.zero(Currency.getInstance(currency));
  }
}
