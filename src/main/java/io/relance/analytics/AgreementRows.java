package io.relance.analytics;

import static io.relance.analytics.AgreementFigures.ofPayers;
import static io.relance.analytics.AgreementFigures.values;
import static io.relance.analytics.ContactRows.equal;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The single promises, plans, disputes and tasks behind the numbers of {@link AgreementFigures} and
 * of what agents did.
 */
@Component
public class AgreementRows {

  /** What rows are asked for. */
  public enum Kind {
    /** Decided in the time; with state {@code open}, those that wait now. */
    PROMISE("promise"),
    /** Made in the time, whatever became of them. */
    PROMISE_MADE("promise-made"),
    /** Ended in the time; with state {@code running}, those that run now. */
    PLAN("plan"),
    /** Instalments of plans that run now, from the last day of the time on. */
    INSTALMENT("instalment"),
    /** Opened in the time. */
    DISPUTE("dispute"),
    /** Open at the end of the time. */
    DISPUTE_OPEN("dispute-open"),
    /** Completed in the time. */
    TASK("task");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Kind of(@Nullable String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word.equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "kind can be "
                          + Arrays.stream(values())
                              .map(Kind::word)
                              .collect(Collectors.joining(", "))
                          + ", not '"
                          + word
                          + "'"));
    }
  }

  /**
   * Which of them.
   *
   * @param state of promises and plans; {@code decided} for kept and broken ones; null for all
   * @param reason of disputes; null for all
   * @param by who took the promise or did the task; null for everybody
   * @param week the Monday of the week for which money is promised, or due by a plan, of what waits
   *     now; null for all
   */
  public record Asked(
      Kind kind,
      @Nullable String state,
      @Nullable String reason,
      @Nullable String by,
      @Nullable LocalDate week) {}

  /**
   * One of them.
   *
   * @param day that the row is of: decided, ended, opened, made
   * @param at the moment, where it is known
   * @param invoice of a dispute; null where it is about several
   * @param amount promised, agreed or disputed; null for all that is open
   * @param what state of a promise or plan, reason of a dispute, element id of a task
   * @param name of the task's element; null for others
   * @param until the day for which it is promised; null for others
   */
  public record Row(
      LocalDate day,
      @Nullable Instant at,
      String customer,
      String customerName,
      @Nullable String invoice,
      @Nullable Money amount,
      String what,
      @Nullable String name,
      @Nullable LocalDate until,
      String by) {}

  private static final String PROMISE =
      "SELECT a.id, %s AS day, NULL AS at, p.number, p.name, NULL AS invoice, a.amount, a.currency, a.state AS what, NULL AS process_key,"
          + " a.promised_for AS until, a.actor AS made_by FROM payment_promise a JOIN payer p ON p.id = a.payer_id WHERE ";
  private static final String PLAN =
      "SELECT n.id, %s AS day, NULL AS at, p.number, p.name, NULL AS invoice, n.total AS amount, n.currency, n.state AS what,"
          + " NULL AS process_key, NULL AS until, n.actor AS made_by FROM payment_plan n JOIN payer p ON p.id = n.payer_id WHERE ";
  private static final String INSTALMENT =
      "SELECT n.id, t.due_on AS day, NULL AS at, p.number, p.name, NULL AS invoice, t.amount, n.currency, n.state AS what,"
          + " NULL AS process_key, NULL AS until, n.actor AS made_by FROM payment_plan n JOIN payer p ON p.id = n.payer_id"
          + " JOIN instalment t ON t.plan_id = n.id WHERE n.state = 'running'";
  private static final String DISPUTE =
      "SELECT d.id, DATE(d.opened_at) AS day, d.opened_at AS at, p.number, p.name, i.number AS invoice,"
          + " COALESCE(LEAST(d.amount, s.open_amount), s.open_amount) AS amount, s.currency, d.reason AS what, NULL AS process_key,"
          + " NULL AS until, d.opened_by AS made_by FROM dispute d JOIN payer p ON p.id = d.payer_id JOIN invoice i ON i.id = d.invoice_id"
          + " LEFT JOIN open_span s ON s.invoice_id = d.invoice_id AND s.from_day <= ? AND s.to_day > ? WHERE ";
  private static final String TASK =
      "SELECT t.user_task_key AS id, DATE(t.ended_at) AS day, t.ended_at AS at, p.number, p.name, i.number AS invoice, NULL AS amount,"
          + " NULL AS currency, t.element_id AS what, t.process_key, NULL AS until, t.assignee AS made_by FROM engine_user_task t"
          + " JOIN process_subject u ON u.process_instance_key = t.process_instance_key JOIN payer p ON p.id = u.payer_id"
          + " LEFT JOIN invoice i ON i.id = u.invoice_id WHERE t.state = 'completed' AND t.ended_at >= ? AND t.ended_at < ?"
          + " AND t.assignee IS NOT NULL";

  private final JdbcTemplate jdbc;
  private final ProcessModels models;

  AgreementRows(JdbcTemplate jdbc, ProcessModels models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  /** So many of them from one on, the newest first. */
  public List<Row> rows(Cut cut, Span span, Asked asked, int offset, int limit) {
    List<Object> before = new ArrayList<>();
    String sql =
        switch (asked.kind()) {
          case PROMISE -> promises(span, asked, before);
          case PROMISE_MADE -> made(span, asked, before);
          case PLAN -> plans(span, asked, before);
          case INSTALMENT -> INSTALMENT + week("t.due_on", span, asked, before);
          case DISPUTE -> {
            before.addAll(List.of(span.to(), span.to(), span.begin(), span.end()));
            yield DISPUTE
                + "d.opened_at >= ? AND d.opened_at < ?"
                + equal("d.reason", asked.reason(), before);
          }
          case DISPUTE_OPEN -> {
            before.addAll(List.of(span.to(), span.to(), span.end(), span.to()));
            yield DISPUTE
                + "d.opened_at < ? AND (d.decided_on > ? OR (d.decided_on IS NULL AND d.live = 1))"
                + equal("d.reason", asked.reason(), before);
          }
          case TASK -> {
            before.addAll(List.of(span.begin(), span.end()));
            yield TASK + equal("t.assignee", asked.by(), before);
          }
        };
    List<Object> all = new ArrayList<>(List.of(values(cut, before.toArray())));
    all.add(limit);
    all.add(offset);
    return jdbc.query(
        sql + ofPayers(cut) + " ORDER BY day DESC, id DESC LIMIT ? OFFSET ?",
        (rs, n) -> row(rs),
        all.toArray());
  }

  private static String promises(Span span, Asked asked, List<Object> values) {
    if ("open".equals(asked.state())) {
      return PROMISE.formatted("DATE(a.created_at)")
          + "a.state = 'open'"
          + (asked.week() == null ? "" : week("a.promised_for", span, asked, values));
    }
    values.add(span.from());
    values.add(span.to());
    return PROMISE.formatted("a.decided_on")
        + "a.decided_on BETWEEN ? AND ? AND a.state <> 'open'"
        + state("a.state", asked.state(), values);
  }

  private static String made(Span span, Asked asked, List<Object> values) {
    values.add(span.begin());
    values.add(span.end());
    return PROMISE.formatted("DATE(a.created_at)")
        + "a.created_at >= ? AND a.created_at < ?"
        + state("a.state", asked.state(), values)
        + equal("a.actor", asked.by(), values);
  }

  private static String plans(Span span, Asked asked, List<Object> values) {
    if ("running".equals(asked.state())) {
      return PLAN.formatted("DATE(n.created_at)") + "n.state = 'running'";
    }
    values.add(span.from());
    values.add(span.to());
    return PLAN.formatted("n.ended_on")
        + "n.ended_on BETWEEN ? AND ? AND n.state IN ('kept','broken')"
        + state("n.state", asked.state(), values);
  }

  private static String week(String column, Span span, Asked asked, List<Object> values) {
    LocalDate monday = asked.week();
    values.add(monday == null || monday.isBefore(span.to()) ? span.to() : monday);
    if (monday == null) {
      return " AND " + column + " >= ?";
    }
    values.add(monday.plusDays(6));
    return " AND " + column + " BETWEEN ? AND ?";
  }

  private static String state(String column, @Nullable String state, List<Object> values) {
    return "decided".equals(state)
        ? " AND " + column + " IN ('kept','broken')"
        : equal(column, state, values);
  }

  private Row row(ResultSet rs) throws SQLException {
    BigDecimal amount = rs.getBigDecimal("amount");
    String currency = rs.getString("currency");
    Long process = Sql.number(rs, "process_key");
    String what = rs.getString("what");
    return new Row(
        Sql.requiredDate(rs, "day"),
        Sql.instant(rs, "at"),
        rs.getString("number"),
        rs.getString("name"),
        rs.getString("invoice"),
        amount == null || currency == null ? null : Money.of(amount, currency),
        what,
        process == null ? null : models.nameOf(process, what),
        Sql.date(rs, "until"),
        rs.getString("made_by"));
  }
}
