package io.relance.casework.letters;

import io.relance.casework.PayerFactsChanged;
import io.relance.casework.Subjects;
import io.relance.casework.TaskAnswers;
import io.relance.casework.Timeline;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.PayerMerge;
import io.relance.outreach.Letters;
import io.relance.outreach.permission.Contact;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The steps of a payer's letter, each idempotent. */
@Component
class LetterSteps {

  private static final Logger log = LoggerFactory.getLogger(LetterSteps.class);
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  /** What a person did with it. */
  record Posting(@Nullable String outcome, @Nullable String note, @Nullable String completedBy) {}

  private final Letters letters;
  private final Subjects subjects;
  private final TaskAnswers answers;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  LetterSteps(
      Letters letters,
      Subjects subjects,
      TaskAnswers answers,
      Timeline timeline,
      EngineOutbox engine,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.letters = letters;
    this.subjects = subjects;
    this.answers = answers;
    this.timeline = timeline;
    this.engine = engine;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The letter that is wanted; null if nothing is asked for any more. */
  @Transactional
  @Nullable Contact plan(long payerId, long processInstanceKey) {
    subjects.keep(processInstanceKey, payerId, null);
    return letters.plan(payerId);
  }

  /** False if nothing is left to write about. */
  @Transactional
  boolean prepare(long payerId) {
    return letters.prepare(payerId) != null;
  }

  /**
   * Keeps what a person did with the letter.
   *
   * @return {@code posted} or {@code no-address}
   */
  @Transactional
  String record(long payerId, Posting posting, long processInstanceKey) {
    if (!"posted".equals(posting.outcome())) {
      letters.takeBack(payerId, "no postal address");
      return "no-address";
    }
    Actor actor = answers.whoCompleted(posting.completedBy(), processInstanceKey);
    letters.posted(
        payerId, " (posted by " + actor.name() + ")" + TaskAnswers.noted(posting.note()));
    return "posted";
  }

  /**
   * Keeps what a person did with a letter of which they read, while it was before them, that its
   * payer was merged into another one: it was taken back by then, and the survivor's letter is
   * another one.
   *
   * @return {@code posted}
   */
  @Transactional
  String recordOfFormer(long survivorId, Posting posting, long processInstanceKey) {
    Actor actor = answers.whoCompleted(posting.completedBy(), processInstanceKey);
    timeline.tell(
        survivorId,
        null,
        "letter",
        actor,
        "A letter to a former number of theirs, which had been taken back: "
            + ("posted".equals(posting.outcome()) ? "posted all the same" : "not posted")
            + TaskAnswers.noted(posting.note()),
        "letter-of-former-" + processInstanceKey,
        null);
    return "posted";
  }

  /**
   * What the letter says is not so any more: it is not posted, and written anew if still asked for.
   */
  @Transactional
  void drop(long payerId) {
    letters.takeBack(payerId, "what it says changed before it was posted");
  }

  @EventListener
  void on(PayerFactsChanged changed) {
    if (letters.isStale(changed.payerId())) {
      tell(changed.payerId());
    }
  }

  /** The letter to the old number was taken back; its process ends. */
  @EventListener
  void on(PayerMerge merge) {
    tell(merge.from());
  }

  private void tell(long payerId) {
    long letter = letters.toPost(payerId).orElse(0L);
    engine.add(
        new EngineOutbox.Message(
            "letter-dropped",
            String.valueOf(payerId),
            "letter-dropped-"
                + letter
                + "-"
                + clock.instant().getEpochSecond() / TIME_TO_LIVE.toSeconds(),
            TIME_TO_LIVE,
            "{}"));
  }

  /**
   * Letters whose process did not hear it are told again, and those that have no process any more
   * are taken back: a stale one is not left to be posted, and none keeps its invoices silent.
   */
  @Scheduled(
      fixedDelayString = "${relance.casework.letters-sweep:60s}",
      initialDelayString = "${relance.casework.letters-sweep:60s}")
  public void tellForgotten() {
    long after = 0;
    List<Long> payers = toPost(after);
    while (!payers.isEmpty()) {
      payers.stream().filter(letters::isStale).forEach(this::tell);
      after = payers.getLast();
      payers = toPost(after);
    }
    for (long payerId : withoutProcess()) {
      log.info("Taking back a letter to payer {} that nobody has in hand", payerId);
      letters.takeBack(payerId, "its process is gone");
    }
  }

  private List<Long> toPost(long after) {
    return jdbc.queryForList(
        "SELECT DISTINCT payer_id FROM notice WHERE state = 'prepared' AND channel = 'letter' AND tone <> 'formal'"
            + " AND payer_id > ? ORDER BY payer_id LIMIT 200",
        Long.class,
        after);
  }

  private List<Long> withoutProcess() {
    return jdbc.queryForList(
        """
        SELECT DISTINCT n.payer_id FROM notice n WHERE n.state = 'prepared' AND n.channel = 'letter' AND n.tone <> 'formal'
          AND n.planned_at < ? AND NOT EXISTS (
            SELECT 1 FROM process_subject s JOIN engine_instance e ON e.process_instance_key = s.process_instance_key
            WHERE s.payer_id = n.payer_id AND e.bpmn_process_id = 'payer-letter' AND e.state = 'active')
        LIMIT 500
        """,
        Long.class,
        Sql.timestamp(clock.instant().minus(TIME_TO_LIVE)));
  }
}
