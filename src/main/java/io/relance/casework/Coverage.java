package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether every overdue invoice has a live process or a recorded reason why not. What has neither
 * is an orphan; orphans are listed, and mended by closing what vanished so that the starter begins
 * anew.
 */
@Component
public class Coverage {

  private static final Logger log = LoggerFactory.getLogger(Coverage.class);

  /** How long a process may be unseen in the read model before it counts as vanished. */
  private static final Duration UNSEEN_MAX = Duration.ofMinutes(10);

  /**
   * All overdue invoices, in four parts that add up: {@code overdue = withProcess + starting +
   * excluded + orphans}.
   *
   * @param starting the engine was told, and its process has not shown yet
   */
  public record Figures(
      long overdue, long withProcess, long starting, long excluded, long orphans) {}

  /** An overdue invoice that nobody collects, and why it seems so. */
  public record Orphan(String invoiceNumber, String payerName, LocalDate dueDate, String reason) {}

  /**
   * An overdue invoice without a live process.
   *
   * @param why the reason that a person recorded, or what is known of it
   */
  public record Uncovered(
      String invoice, String customer, String name, LocalDate due, Money open, String why) {}

  private static final String FROM =
      """
      FROM invoice i
      LEFT JOIN collection_case c ON c.invoice_id = i.id AND c.live = 1
      LEFT JOIN engine_instance e ON e.process_instance_key = c.process_instance_key
      LEFT JOIN collection_exclusion x ON x.invoice_id = i.id AND (x.until_date IS NULL OR x.until_date >= ?)
      WHERE i.creditor_id = ? AND i.settled_on IS NULL AND i.open_amount > 0 AND i.due_date < ?
      """;

  private static final String EXCLUDED = "(x.invoice_id IS NOT NULL OR i.outcome IS NOT NULL)";
  private static final String RUNNING =
      "(c.state = 'active' AND (e.state = 'active' OR (e.state IS NULL AND c.started_at >= ?)))";
  private static final String STARTING = "(c.state = 'starting')";

  private final JdbcTemplate jdbc;
  private final Cases cases;
  private final Creditors creditors;
  private final Timeline timeline;
  private final AdjustableClock clock;

  Coverage(
      JdbcTemplate jdbc,
      Cases cases,
      Creditors creditors,
      Timeline timeline,
      AdjustableClock clock) {
    this.jdbc = jdbc;
    this.cases = cases;
    this.creditors = creditors;
    this.timeline = timeline;
    this.clock = clock;
  }

  public Figures figures() {
    return figures(CoverageCut.ALL);
  }

  /** The same of some invoices. */
  public Figures figures(CoverageCut cut) {
    long overdue = 0;
    long running = 0;
    long starting = 0;
    long excluded = 0;
    for (Creditor creditor : creditors.findAll()) {
      if (!cut.isOf(creditor.key())) {
        continue;
      }
      LocalDate today = creditor.calendar().dateOf(clock.instant());
      long[] counts =
          jdbc.queryForObject(
              "SELECT COUNT(*), SUM(CASE WHEN NOT "
                  + EXCLUDED
                  + " AND "
                  + RUNNING
                  + " THEN 1 ELSE 0 END),"
                  + " SUM(CASE WHEN NOT "
                  + EXCLUDED
                  + " AND "
                  + STARTING
                  + " THEN 1 ELSE 0 END),"
                  + " SUM(CASE WHEN "
                  + EXCLUDED
                  + " THEN 1 ELSE 0 END) "
                  + FROM
                  + cut.conditions(),
              (rs, n) -> new long[] {rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4)},
              cut.values(
                  Sql.timestamp(clock.instant().minus(UNSEEN_MAX)), today, creditor.key(), today));
      if (counts != null) {
        overdue += counts[0];
        running += counts[1];
        starting += counts[2];
        excluded += counts[3];
      }
    }
    return new Figures(
        overdue, running, starting, excluded, overdue - running - starting - excluded);
  }

  public List<Orphan> orphans(int limit) {
    List<Orphan> orphans = new ArrayList<>();
    for (Creditor creditor : creditors.findAll()) {
      LocalDate today = creditor.calendar().dateOf(clock.instant());
      orphans.addAll(
          jdbc.query(
              "SELECT i.number, (SELECT p.name FROM payer p WHERE p.id = i.payer_id) AS payer_name, i.due_date, c.state, e.state AS engine_state "
                  + FROM
                  + " AND NOT "
                  + EXCLUDED
                  + " AND NOT COALESCE("
                  + STARTING
                  + ", FALSE) AND NOT COALESCE("
                  + RUNNING
                  + ", FALSE)"
                  + " ORDER BY i.due_date LIMIT "
                  + limit,
              (rs, n) ->
                  new Orphan(
                      rs.getString(1),
                      rs.getString(2),
                      rs.getObject(3, LocalDate.class),
                      reason(rs.getString(4), rs.getString(5))),
              today,
              creditor.key(),
              today,
              Sql.timestamp(clock.instant().minus(UNSEEN_MAX))));
    }
    return orphans;
  }

  /**
   * Those that have no live process: excluded for a reason, about to start, or orphans; the oldest
   * first, one creditor after the other.
   */
  public List<Uncovered> uncovered(CoverageCut cut, int offset, int limit) {
    List<Uncovered> found = new ArrayList<>();
    int toSkip = offset;
    for (Creditor creditor : creditors.findAll()) {
      if (cut.isOf(creditor.key()) && found.size() < limit) {
        CoverageCut one =
            new CoverageCut(
                List.of(creditor.key()), cut.currency(), cut.segment(), cut.owner(), cut.band());
        List<Uncovered> rows = ofOne(creditor, one, toSkip, limit - found.size());
        found.addAll(rows);
        if (rows.isEmpty() && toSkip > 0) {
          Figures all = figures(one);
          toSkip -= (int) Math.min(toSkip, all.overdue() - all.withProcess());
        } else {
          toSkip = 0;
        }
      }
    }
    return found;
  }

  private List<Uncovered> ofOne(Creditor creditor, CoverageCut cut, int offset, int limit) {
    LocalDate today = creditor.calendar().dateOf(clock.instant());
    Timestamp seen = Sql.timestamp(clock.instant().minus(UNSEEN_MAX));
    List<Object> values = new ArrayList<>(List.of(cut.values(today, creditor.key(), today)));
    values.add(seen);
    values.add(limit);
    values.add(offset);
    return jdbc.query(
        "SELECT i.number, p.number AS customer, p.name, i.due_date, i.open_amount, i.currency, x.reason, i.outcome, c.state,"
            + " e.state AS engine_state "
            + FROM.replace("WHERE", "JOIN payer p ON p.id = i.payer_id WHERE")
            + cut.conditions()
            + " AND NOT (NOT "
            + EXCLUDED
            + " AND COALESCE("
            + RUNNING
            + ", FALSE)) ORDER BY i.due_date, i.id LIMIT ? OFFSET ?",
        (rs, n) ->
            new Uncovered(
                rs.getString(1),
                rs.getString(2),
                rs.getString(3),
                rs.getObject(4, LocalDate.class),
                Money.of(rs.getBigDecimal(5), rs.getString(6)),
                whyNot(
                    rs.getString(7),
                    rs.getString(8),
                    rs.getString(9),
                    rs.getString("engine_state"))),
        values.toArray());
  }

  private static String whyNot(
      @Nullable String excluded,
      @Nullable String outcome,
      @Nullable String caseState,
      @Nullable String engineState) {
    if (excluded != null) {
      return excluded;
    }
    if (outcome != null) {
      return "given up: " + outcome;
    }
    return "starting".equals(caseState) ? "about to start" : reason(caseState, engineState);
  }

  private static String reason(@Nullable String caseState, @Nullable String engineState) {
    if (caseState == null) {
      return "not started yet";
    }
    return engineState == null
        ? "its process is not known to the engine"
        : "its process is " + engineState + " although the invoice is open";
  }

  /**
   * Closes the cases whose process ended without closing them; the starter then begins anew.
   * Returns how many.
   */
  @Scheduled(fixedDelayString = "${relance.collection.interval:60s}", initialDelayString = "45s")
  @Transactional
  public int mend() {
    List<Object[]> vanished =
        jdbc.query(
            """
            SELECT c.id, c.payer_id, c.invoice_id, e.state FROM collection_case c
            JOIN engine_instance e ON e.process_instance_key = c.process_instance_key
            WHERE c.live = 1 AND c.state = 'active' AND e.state <> 'active' AND e.ended_at < ? LIMIT 500
            """,
            (rs, n) -> new Object[] {rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getString(4)},
            Sql.timestamp(clock.instant().minusSeconds(5)));
    for (Object[] row : vanished) {
      long caseId = (Long) row[0];
      cases.close(caseId, "process-vanished");
      timeline.tell(
          (Long) row[1],
          (Long) row[2],
          "collection-ended",
          Actor.system("coverage"),
          "Its process was "
              + row[3]
              + " from outside; collection begins anew while the invoice is open",
          "case-" + caseId + "-vanished",
          null);
    }
    if (!vanished.isEmpty()) {
      log.warn("{} cases had lost their process; they begin anew", vanished.size());
    }
    return vanished.size();
  }
}
