package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps a line for each case with what became of it. It is made from the cases, messages, calls,
 * promises, plans and payments, and not from elements of a model: it says the same after a designer
 * changed the model. What happened to a payer is told in the timeline; whoever is told of there is
 * looked at again.
 */
@Component
class FlowCases {

  private static final int BATCH = 500;
  private static final int CASES_AT_ONCE = 500;
  private static final int SOON_DAYS = 30;

  /** Of transactions that run beside each other the later number may be there first. */
  private static final Duration BEHIND = Duration.ofSeconds(3);

  private static final Map<String, String> STREAMS =
      Map.of(
          "cases-told",
          "SELECT id, at, invoice_id, payer_id FROM timeline_entry WHERE id > ? ORDER BY id LIMIT ",
          "cases-paid",
          "SELECT id, created_at AS at, invoice_id, NULL AS payer_id FROM allocation WHERE id > ? ORDER BY id LIMIT ",
          "cases-begun",
          "SELECT id, opened_at AS at, invoice_id, payer_id FROM collection_case WHERE id > ? ORDER BY id LIMIT ");

  private static final String WHILE_OPEN =
      " >= c.opened_at AND (c.closed_at IS NULL OR %1$s <= c.closed_at))";

  private static final String FACTS =
      """
      SELECT c.id, c.invoice_id, c.process_instance_key, COALESCE((SELECT v.process_key FROM engine_element_event v
          WHERE v.process_instance_key = c.process_instance_key ORDER BY v.position LIMIT 1), e.process_key) AS process_key, c.opened_at, c.closed_at, c.live, c.close_reason,
        i.currency, i.amount, i.settled_on, i.outcome, p.creditor_id, COALESCE(p.segment, '') AS segment,
        COALESCE((SELECT k.band FROM payer_score k WHERE k.payer_id = c.payer_id AND k.as_of <= DATE(c.opened_at)
          ORDER BY k.as_of DESC LIMIT 1), '') AS band,
        (SELECT MIN(n.sent_at) FROM notice_item x JOIN notice n ON n.id = x.notice_id
          WHERE x.invoice_id = c.invoice_id AND n.tone <> 'thanks' AND n.sent_at%s AS reminded_at,
        (SELECT MIN(n.called_at) FROM payer_call_item x JOIN payer_call n ON n.id = x.payer_call_id
          WHERE x.invoice_id = c.invoice_id AND n.called_at%s AS spoken_at,
        (SELECT MIN(n.created_at) FROM promise n
          WHERE n.invoice_id = c.invoice_id AND n.state <> 'withdrawn' AND n.created_at%s AS promised_at,
        (SELECT MIN(n.created_at) FROM payment_plan_item x JOIN payment_plan n ON n.id = x.plan_id
          WHERE x.invoice_id = c.invoice_id AND n.state IN ('running','kept','broken') AND n.created_at%s AS planned_at,
        (SELECT o.open_amount FROM open_span o WHERE o.invoice_id = c.invoice_id AND o.from_day <= DATE(c.opened_at)
          AND o.to_day > DATE(c.opened_at) LIMIT 1) AS open_then,
        (SELECT SUM(a.amount) FROM allocation a WHERE a.invoice_id = c.invoice_id AND a.kind IN ('payment','ledger')) AS money,
        (SELECT SUM(a.amount) FROM allocation a WHERE a.invoice_id = c.invoice_id AND a.kind IN ('payment','ledger')
          AND a.booked_on >= DATE(c.opened_at)) AS cash,
        (SELECT SUM(a.amount) FROM allocation a WHERE a.invoice_id = c.invoice_id AND a.kind IN ('payment','ledger')
          AND a.booked_on >= DATE(c.opened_at) AND a.booked_on <= DATE(c.opened_at) + INTERVAL %d DAY) AS cash_30,
        EXISTS (SELECT 1 FROM collection_case l WHERE l.invoice_id = c.invoice_id AND l.id > c.id) AS followed
      FROM collection_case c JOIN invoice i ON i.id = c.invoice_id JOIN payer p ON p.id = c.payer_id
        JOIN engine_instance e ON e.process_instance_key = c.process_instance_key
      WHERE c.id IN (\
      """
          .formatted(
              WHILE_OPEN.formatted("n.sent_at"),
              WHILE_OPEN.formatted("n.called_at"),
              WHILE_OPEN.formatted("n.created_at"),
              WHILE_OPEN.formatted("n.created_at"),
              SOON_DAYS);

  private record Told(long id, Instant at, @Nullable Long invoiceId, @Nullable Long payerId) {}

  private final JdbcTemplate jdbc;
  private final FlowNames names;
  private final FlowSlices slices;
  private final FlowProgress progress;
  private final InstantSource clock;

  FlowCases(
      JdbcTemplate jdbc,
      FlowNames names,
      FlowSlices slices,
      FlowProgress progress,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.names = names;
    this.slices = slices;
    this.progress = progress;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${relance.analytics.interval:1s}", initialDelayString = "7s")
  void follow() {
    STREAMS.forEach((stream, sql) -> progress.follow(stream, after -> step(sql, after)));
  }

  private Optional<FlowProgress.Reached> step(String sql, long after) {
    Instant now = clock.instant();
    // a line may be of a moment to come: it is as good as told
    List<Told> told =
        read(sql, after).stream()
            .takeWhile(t -> !t.at().isAfter(now.minus(BEHIND)) || t.at().isAfter(now))
            .toList();
    if (told.isEmpty()) {
      return Optional.empty();
    }
    List<Long> cases = new ArrayList<>(casesOf(told));
    Map<Long, ZoneId> zones = slices.zones();
    for (int from = 0; from < cases.size(); from += CASES_AT_ONCE) {
      lookAgain(cases.subList(from, Math.min(cases.size(), from + CASES_AT_ONCE)), zones);
    }
    Told last = told.getLast();
    return Optional.of(new FlowProgress.Reached(last.id(), last.at(), told.size() == BATCH));
  }

  private List<Told> read(String sql, long after) {
    return jdbc.query(
        sql + BATCH,
        (rs, n) ->
            new Told(
                rs.getLong(1),
                Sql.requiredInstant(rs, "at"),
                Sql.number(rs, "invoice_id"),
                Sql.number(rs, "payer_id")),
        after);
  }

  private TreeSet<Long> casesOf(List<Told> told) {
    TreeSet<Long> cases = new TreeSet<>();
    List<Long> invoices =
        told.stream().map(Told::invoiceId).filter(Objects::nonNull).distinct().toList();
    List<Long> payers =
        told.stream()
            .filter(t -> t.invoiceId() == null)
            .map(Told::payerId)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    cases.addAll(casesBy("invoice_id", invoices));
    cases.addAll(casesBy("payer_id", payers));
    return cases;
  }

  private List<Long> casesBy(String column, List<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.queryForList(
            "SELECT id FROM collection_case WHERE "
                + column
                + " IN ("
                + Sql.marks(ids.size())
                + ")",
            Long.class,
            ids.toArray());
  }

  private void lookAgain(List<Long> cases, Map<Long, ZoneId> zones) {
    List<@Nullable Object[]> rows =
        jdbc.query(
            FACTS + Sql.marks(cases.size()) + ") ORDER BY c.id",
            (rs, n) -> row(rs, zones),
            cases.toArray());
    jdbc.batchUpdate(
        "INSERT INTO flow_case (day, case_id, invoice_id, process_instance_key, process_key, slice, currency, amount, cash, cash_30,"
            + " reminded, spoken, agreed, ended, paid_after, outcome) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE"
            + " process_key = VALUES(process_key), process_instance_key = VALUES(process_instance_key), amount = VALUES(amount),"
            + " cash = VALUES(cash), cash_30 = VALUES(cash_30), reminded = VALUES(reminded), spoken = VALUES(spoken),"
            + " agreed = VALUES(agreed), ended = VALUES(ended), paid_after = VALUES(paid_after), outcome = VALUES(outcome)",
        rows);
  }

  private @Nullable Object[] row(ResultSet rs, Map<Long, ZoneId> zones) throws SQLException {
    Instant begun = Sql.requiredInstant(rs, "opened_at");
    FlowNames.Slice slice =
        new FlowNames.Slice(
            rs.getLong("creditor_id"), rs.getString("segment"), rs.getString("band"), "");
    LocalDate day = FlowSlices.dayOf(begun, slice, zones);
    BigDecimal open = rs.getBigDecimal("open_then");
    LocalDate settled = Sql.date(rs, "settled_on");
    String outcome = outcomeOf(rs, settled);
    return new @Nullable Object[] {
      day,
      rs.getLong("id"),
      rs.getLong("invoice_id"),
      rs.getLong("process_instance_key"),
      rs.getLong("process_key"),
      names.of(slice),
      rs.getString("currency"),
      open == null ? rs.getBigDecimal("amount") : open,
      orZero(rs.getBigDecimal("cash")),
      orZero(rs.getBigDecimal("cash_30")),
      since(begun, Sql.instant(rs, "reminded_at")),
      since(begun, Sql.instant(rs, "spoken_at")),
      since(
          begun,
          Stream.of(
                  Optional.ofNullable(Sql.instant(rs, "promised_at")),
                  Optional.ofNullable(Sql.instant(rs, "planned_at")))
              .flatMap(Optional::stream)
              .min(Instant::compareTo)
              .orElse(null)),
      since(begun, Sql.instant(rs, "closed_at")),
      outcome.equals("paid") && settled != null
          ? Math.max(0, ChronoUnit.DAYS.between(day, settled))
          : null,
      outcome
    };
  }

  /** A case that another one took over is no case of its own. */
  private static String outcomeOf(ResultSet rs, @Nullable LocalDate settled) throws SQLException {
    String reason = rs.getString("close_reason");
    if ("process-vanished".equals(reason) || "reopened".equals(reason)) {
      return "superseded";
    }
    if (rs.getBoolean("followed")) {
      return "ended";
    }
    if (settled != null) {
      return orZero(rs.getBigDecimal("money")).signum() > 0 ? "paid" : "credited";
    }
    String outcome = rs.getString("outcome");
    return outcome != null ? outcome : rs.getInt("live") == 1 ? "open" : "ended";
  }

  private static BigDecimal orZero(@Nullable BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }

  private static @Nullable Integer since(Instant begun, @Nullable Instant at) {
    return at == null ? null : Durations.bucketOf(Duration.between(begun, at));
  }
}
