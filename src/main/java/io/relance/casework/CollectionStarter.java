package io.relance.casework;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.FollowsDay;
import io.relance.kernel.LockRetries;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the invoices that became overdue and starts their collection, exactly once each.
 *
 * <p>A case row is unique for an invoice while it is live, so that it does not matter how often, or
 * on how many replicas, this runs. The word to the engine is written in the same transaction. The
 * engine starts one process a key, and the process first claims the case: whatever is repeated or
 * lost in between, one process holds it. A case that no process has claimed is announced again.
 */
@Component
@Order(1)
public class CollectionStarter implements FollowsDay {

  private static final Logger log = LoggerFactory.getLogger(CollectionStarter.class);
  private static final int BATCH = 500;
  private static final Duration UNCLAIMED_MAX = Duration.ofMinutes(2);

  /** What a process starts with: ids and a number to read by. */
  private record Variables(long caseId, long invoiceId, long payerId, String invoiceNumber) {}

  private record Overdue(long invoiceId, long payerId, String number) {}

  private record Opened(
      long caseId, long invoiceId, long payerId, String number, int announcements) {}

  private final Creditors creditors;
  private final JdbcTemplate jdbc;
  private final EngineOutbox engine;
  private final TransactionTemplate transactions;
  private final AdjustableClock clock;
  private final JsonMapper json;

  CollectionStarter(
      Creditors creditors,
      JdbcTemplate jdbc,
      EngineOutbox engine,
      TransactionTemplate transactions,
      AdjustableClock clock,
      JsonMapper json) {
    this.creditors = creditors;
    this.jdbc = jdbc;
    this.engine = engine;
    this.transactions = transactions;
    this.clock = clock;
    this.json = json;
  }

  @Scheduled(
      fixedDelayString = "${relance.collection.interval:60s}",
      initialDelayString = "${relance.collection.initial-delay:5s}")
  @Override
  public void followDay() {
    startOverdue();
    announceUnclaimed();
  }

  /**
   * Starts what is overdue by each creditor's calendar and not being collected; returns how many.
   */
  public int startOverdue() {
    int started = 0;
    for (Creditor creditor : creditors.findAll()) {
      LocalDate today = creditor.calendar().dateOf(clock.instant());
      long after = 0;
      while (true) {
        List<Overdue> batch = overdue(creditor.key(), today, after);
        if (batch.isEmpty()) {
          break;
        }
        started +=
            LockRetries.retrying(
                () -> Objects.requireNonNull(transactions.execute(status -> open(batch))));
        after = batch.getLast().invoiceId();
      }
    }
    if (started > 0) {
      log.info("Started the collection of {} overdue invoices", started);
    }
    return started;
  }

  private List<Overdue> overdue(long creditorId, LocalDate today, long afterId) {
    return jdbc.query(
        """
        SELECT i.id, i.payer_id, i.number FROM invoice i
        LEFT JOIN collection_case c ON c.invoice_id = i.id AND c.live = 1
        LEFT JOIN collection_exclusion x ON x.invoice_id = i.id AND (x.until_date IS NULL OR x.until_date >= ?)
        WHERE i.creditor_id = ? AND i.settled_on IS NULL AND i.due_date < ? AND i.open_amount > 0 AND i.outcome IS NULL
          AND i.id > ? AND c.id IS NULL AND x.invoice_id IS NULL
        ORDER BY i.id LIMIT %d
        """
            .formatted(BATCH),
        (rs, n) -> new Overdue(rs.getLong(1), rs.getLong(2), rs.getString(3)),
        today,
        creditorId,
        today,
        afterId);
  }

  /**
   * To be called in a transaction. Rows that another replica made meanwhile are passed over by the
   * unique key.
   */
  private int open(List<Overdue> batch) {
    Instant now = clock.instant();
    jdbc.batchUpdate(
        "INSERT IGNORE INTO collection_case (invoice_id, payer_id, live, state, opened_at) VALUES (?,?,1,'starting',?)",
        batch.stream()
            .map(o -> new Object[] {o.invoiceId(), o.payerId(), Sql.timestamp(now)})
            .toList());
    List<Opened> unannounced =
        jdbc.query(
            """
            SELECT c.id, c.invoice_id, c.payer_id, i.number, c.announcements
            FROM collection_case c JOIN invoice i ON i.id = c.invoice_id
            WHERE c.live = 1 AND c.announced_at IS NULL AND c.invoice_id IN (%s) ORDER BY c.id FOR UPDATE
            """
                .formatted(Sql.marks(batch.size())),
            (rs, n) ->
                new Opened(
                    rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getString(4), rs.getInt(5)),
            batch.stream().map(Overdue::invoiceId).toArray());
    announce(unannounced);
    return unannounced.size();
  }

  private void announce(List<Opened> cases) {
    Instant now = clock.instant();
    engine.addAll(
        cases.stream()
            .map(
                c ->
                    new EngineOutbox.Message(
                        "invoice-overdue",
                        String.valueOf(c.invoiceId()),
                        "case-" + c.caseId() + "-" + c.announcements(),
                        Duration.ZERO, // never a second case later on
                        json.writeValueAsString(
                            new Variables(c.caseId(), c.invoiceId(), c.payerId(), c.number()))))
            .toList());
    Sql.updateAll(
        jdbc,
        "UPDATE collection_case SET announced_at = ?, announcements = announcements + 1",
        List.of(Sql.timestamp(now)),
        cases.stream().map(Opened::caseId).toList());
  }

  /**
   * Tells the engine again of cases that no process has taken: the word was lost, or the engine was
   * away for long.
   */
  public int announceUnclaimed() {
    return LockRetries.retrying(this::announceUnclaimedOnce);
  }

  private int announceUnclaimedOnce() {
    Instant before = clock.instant().minus(UNCLAIMED_MAX);
    Integer announced =
        transactions.execute(
            status -> {
              List<Opened> unclaimed =
                  jdbc.query(
                      """
                      SELECT c.id, c.invoice_id, c.payer_id, i.number, c.announcements
                      FROM collection_case c JOIN invoice i ON i.id = c.invoice_id
                      WHERE c.live = 1 AND c.state = 'starting' AND c.announced_at < ? ORDER BY c.id LIMIT %d FOR UPDATE
                      """
                          .formatted(BATCH),
                      (rs, n) ->
                          new Opened(
                              rs.getLong(1),
                              rs.getLong(2),
                              rs.getLong(3),
                              rs.getString(4),
                              rs.getInt(5)),
                      Sql.timestamp(before));
              // those whose word still waits for an engine that is away need no second one
              List<Opened> lost = unclaimed.stream().filter(c -> !isWaiting(c)).toList();
              announce(lost);
              return lost.size();
            });
    return announced == null ? 0 : announced;
  }

  private boolean isWaiting(Opened opened) {
    Integer waiting =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM engine_outbox WHERE message_id = ?",
            Integer.class,
            "case-" + opened.caseId() + "-" + (opened.announcements() - 1));
    return waiting != null && waiting > 0;
  }
}
