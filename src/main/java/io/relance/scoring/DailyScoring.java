package io.relance.scoring;

import io.relance.kernel.FollowsDay;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Once a day, judges each payer from whom something is still waited for, or who has just paid, and
 * looks for signs that something changed; once a week, trains the model of pay dates. How far it
 * has come is kept, so that a restart goes on from there; twice the same payer does no harm.
 */
@Component
@Order(3)
class DailyScoring implements FollowsDay {

  private static final Logger log = LoggerFactory.getLogger(DailyScoring.class);
  private static final int BATCH = 500;

  /** Who paid everything is judged for some days more. */
  private static final int PAID_DAYS = 3;

  private record Run(LocalDate day, long afterPayerId, boolean done) {}

  private final Creditors creditors;
  private final DecidedScores scores;
  private final PayDateModels models;
  private final WarningSignals signals;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  DailyScoring(
      Creditors creditors,
      DecidedScores scores,
      PayDateModels models,
      WarningSignals signals,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.creditors = creditors;
    this.scores = scores;
    this.models = models;
    this.signals = signals;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${relance.scoring.interval:60s}", initialDelayString = "40s")
  void scheduled() {
    followDay();
    for (Creditor creditor : creditors.findAll()) {
      models.trainIfDue(creditor.key(), creditor.calendar().dateOf(clock.instant()));
    }
  }

  @Override
  public synchronized void followDay() {
    for (Creditor creditor : creditors.findAll()) {
      run(creditor.key(), creditor.calendar().dateOf(clock.instant()));
    }
  }

  /** Judges the payers of a creditor on a day, if that was not done yet. */
  void run(long creditorId, LocalDate today) {
    Run last =
        jdbc
            .query(
                "SELECT day, after_payer_id, done FROM scoring_run WHERE creditor_id = ?",
                (rs, n) ->
                    new Run(rs.getObject(1, LocalDate.class), rs.getLong(2), rs.getBoolean(3)),
                creditorId)
            .stream()
            .findFirst()
            .orElse(new Run(LocalDate.MIN, 0, true));
    if (last.day().equals(today) && last.done()) {
      return;
    }
    long after = last.day().equals(today) ? last.afterPayerId() : 0;
    int judged = 0;
    int raised = 0;
    List<Long> payers = active(creditorId, today, after);
    while (!payers.isEmpty()) {
      for (long payerId : payers) {
        PayerHistory history = scores.history(payerId, today);
        scores.keepScoreOf(payerId, history);
        raised += look(payerId, history);
      }
      judged += payers.size();
      after = payers.getLast();
      keep(creditorId, today, after, false);
      payers = active(creditorId, today, after);
    }
    keep(creditorId, today, after, true);
    if (raised > 0) {
      log.info("Judged {} payers, and raised {} warning signals", judged, raised);
    }
  }

  private int look(long payerId, PayerHistory history) {
    int raised = 0;
    for (WarningSigns.Sign sign : WarningSigns.of(history)) {
      if (signals.raise(payerId, sign.kind(), history.asOf(), sign.evidence())) {
        raised++;
      }
    }
    return raised;
  }

  private List<Long> active(long creditorId, LocalDate today, long after) {
    return jdbc.queryForList(
        "SELECT DISTINCT payer_id FROM invoice WHERE creditor_id = ? AND (settled_on IS NULL AND outcome IS NULL OR settled_on >= ?)"
            + " AND payer_id > ? AND NOT EXISTS (SELECT 1 FROM payer p WHERE p.id = invoice.payer_id AND p.erased_at IS NOT NULL)"
            + " ORDER BY payer_id LIMIT "
            + BATCH,
        Long.class,
        creditorId,
        today.minusDays(PAID_DAYS),
        after);
  }

  private void keep(long creditorId, LocalDate day, long after, boolean done) {
    jdbc.update(
        "INSERT INTO scoring_run (creditor_id, day, after_payer_id, done) VALUES (?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE day = VALUES(day), after_payer_id = VALUES(after_payer_id), done = VALUES(done)",
        creditorId,
        day,
        after,
        done);
  }
}
