package io.relance.casework.signals;

import io.relance.casework.Subjects;
import io.relance.casework.TaskAnswers;
import io.relance.casework.Timeline;
import io.relance.casework.UnclaimedStarts;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.scoring.PayerScores;
import io.relance.scoring.SignalRaised;
import io.relance.scoring.SignalSeen;
import io.relance.scoring.WarningSignals;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives each warning signal its process, and keeps what a person found. */
@Component
class SignalFollower {

  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  /**
   * What the model knows of a signal.
   *
   * @param runs whether nobody has seen it yet
   * @param segment of the payer; empty if the ledger names none
   */
  record Facts(boolean runs, String kind, String band, String segment) {}

  /** What a person took down. */
  record Answer(@Nullable String note, @Nullable String completedBy) {}

  private record Row(long payerId, String kind, boolean seen) {}

  private final JdbcTemplate jdbc;
  private final Payers payers;
  private final Creditors creditors;
  private final PayerScores scores;
  private final WarningSignals signals;
  private final Subjects subjects;
  private final TaskAnswers answers;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final InstantSource clock;

  SignalFollower(
      JdbcTemplate jdbc,
      Payers payers,
      Creditors creditors,
      PayerScores scores,
      WarningSignals signals,
      Subjects subjects,
      TaskAnswers answers,
      Timeline timeline,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.payers = payers;
    this.creditors = creditors;
    this.scores = scores;
    this.signals = signals;
    this.subjects = subjects;
    this.answers = answers;
    this.timeline = timeline;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  @EventListener
  void on(SignalRaised raised) {
    jdbc.update(
        "UPDATE payer_signal SET announced_at = ? WHERE id = ?",
        io.relance.kernel.Sql.timestamp(clock.instant()),
        raised.signalId());
    announce(raised.signalId(), raised.payerId(), "signal-" + raised.signalId());
  }

  private void announce(long signalId, long payerId, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "signal-raised",
            String.valueOf(signalId),
            messageId,
            Duration.ZERO,
            "{\"signalId\":%d,\"payerId\":%d}".formatted(signalId, payerId)));
  }

  @EventListener
  void on(SignalSeen seen) {
    engine.add(
        new EngineOutbox.Message(
            "signal-seen",
            String.valueOf(seen.signalId()),
            "signal-seen-" + seen.signalId(),
            TIME_TO_LIVE,
            "{}"));
  }

  @Transactional
  public Facts read(long signalId, long processInstanceKey) {
    Row row = row(signalId);
    Payer payer = payers.findById(row.payerId()).orElseThrow();
    subjects.keep(processInstanceKey, payer.id(), null);
    jdbc.update(
        "UPDATE payer_signal SET process_instance_key = ? WHERE id = ?",
        processInstanceKey,
        signalId);
    String band =
        scores
            .scoreOf(
                payer.id(),
                creditors
                    .findById(payer.creditorId())
                    .orElseThrow()
                    .calendar()
                    .dateOf(clock.instant()))
            .band();
    return new Facts(!row.seen(), row.kind(), band, payer.segment() == null ? "" : payer.segment());
  }

  /** Keeps the finding; the signal counts as seen. */
  @Transactional
  public void close(long signalId, Answer answer, long processInstanceKey) {
    Row row = row(signalId);
    Actor actor = answers.whoCompleted(answer.completedBy(), processInstanceKey);
    signals.close(signalId, actor.name(), answer.note());
    timeline.tell(
        row.payerId(),
        null,
        "signal",
        actor,
        "Looked into (" + row.kind() + ")" + TaskAnswers.noted(answer.note()),
        "signal-" + signalId,
        null);
  }

  private Row row(long signalId) {
    return jdbc
        .query(
            "SELECT payer_id, kind, seen_at IS NOT NULL FROM payer_signal WHERE id = ?",
            (rs, n) -> new Row(rs.getLong(1), rs.getString(2), rs.getBoolean(3)),
            signalId)
        .stream()
        .findFirst()
        .orElseThrow();
  }

  /** Tells the engine again of those that no process has taken: the word was lost. */
  @Scheduled(
      fixedDelayString = "${relance.collection.interval:60s}",
      initialDelayString = "${relance.collection.initial-delay:5s}")
  @Transactional
  public void announceUnclaimed() {
    for (long id : unclaimed.of("payer_signal", "seen_at IS NULL")) {
      announce(id, row(id).payerId(), "signal-" + id + "-" + clock.instant().getEpochSecond());
    }
  }
}
