package io.relance.scoring;

import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Once a day, judges each payer who owes something, and looks for signs that something changed. How
 * far it has come is kept, so that a restart goes on from there; twice the same payer does no harm.
 */
@Component
class DailyScoring {

  private static final Logger log = LoggerFactory.getLogger(DailyScoring.class);
  private static final int BATCH = 500;

  private record Run(LocalDate day, long afterPayerId, boolean done) {}

  private final Creditors creditors;
  private final PayerScores scores;
  private final PayerHistories histories;
  private final WarningSignals signals;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  DailyScoring(
      Creditors creditors,
      PayerScores scores,
      PayerHistories histories,
      WarningSignals signals,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.creditors = creditors;
    this.scores = scores;
    this.histories = histories;
    this.signals = signals;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${relance.scoring.interval:60s}", initialDelayString = "40s")
  void scheduled() {
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
    List<Long> payers = owing(creditorId, after);
    while (!payers.isEmpty()) {
      for (long payerId : payers) {
        scores.scoreOf(payerId, today);
        raised += look(payerId, today);
      }
      judged += payers.size();
      after = payers.getLast();
      keep(creditorId, today, after, false);
      payers = owing(creditorId, after);
    }
    keep(creditorId, today, after, true);
    if (raised > 0) {
      log.info("Judged {} payers, and raised {} warning signals", judged, raised);
    }
  }

  private int look(long payerId, LocalDate today) {
    int raised = 0;
    for (WarningSigns.Sign sign :
        histories.find(payerId, today).map(WarningSigns::of).orElse(List.of())) {
      if (signals.raise(payerId, sign.kind(), today, sign.evidence())) {
        raised++;
      }
    }
    return raised;
  }

  private List<Long> owing(long creditorId, long after) {
    return jdbc.queryForList(
        "SELECT DISTINCT payer_id FROM invoice WHERE creditor_id = ? AND settled_on IS NULL AND payer_id > ?"
            + " ORDER BY payer_id LIMIT "
            + BATCH,
        Long.class,
        creditorId,
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
