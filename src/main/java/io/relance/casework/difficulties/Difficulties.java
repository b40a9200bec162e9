package io.relance.casework.difficulties;

import io.relance.casework.CaseChanges;
import io.relance.casework.Holds;
import io.relance.casework.Subjects;
import io.relance.casework.TaskAnswers;
import io.relance.casework.Timeline;
import io.relance.casework.UnclaimedStarts;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.InvoiceSettled;
import io.relance.ledger.Invoices;
import io.relance.ledger.PayerMerge;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A payer who says that they are in difficulty: nothing more is asked of them, and a person decides
 * how to go on.
 */
@Component
public class Difficulties {

  private static final int UNDECIDED_DAYS = 30;

  /** How long collection waits if no day was named, or none that can be. */
  private static final int UNNAMED_DAYS = 14;

  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  /** What a person decided: {@code wait} until a day, or {@code resume}. */
  record Decision(
      @Nullable String outcome,
      @Nullable String waitUntil,
      @Nullable String note,
      @Nullable String completedBy) {}

  private record Row(long id, long payerId, String state) {}

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Balances balances;
  private final Holds holds;
  private final CaseChanges changes;
  private final Subjects subjects;
  private final TaskAnswers answers;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final InstantSource clock;

  Difficulties(
      JdbcTemplate jdbc,
      Invoices invoices,
      Creditors creditors,
      Balances balances,
      Holds holds,
      CaseChanges changes,
      Subjects subjects,
      TaskAnswers answers,
      Timeline timeline,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.creditors = creditors;
    this.balances = balances;
    this.holds = holds;
    this.changes = changes;
    this.subjects = subjects;
    this.answers = answers;
    this.timeline = timeline;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  /**
   * Takes down what a payer announced, unless it is known already; the same source says it once.
   */
  @Transactional
  public void announce(long payerId, @Nullable String note, String source, Actor actor) {
    balances.lock(List.of(payerId));
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO payer_difficulty (payer_id, live, state, note, opened_by, source, opened_at, announced_at)
            VALUES (?,1,'open',?,?,?,?,?)
            """,
            payerId,
            Sql.fit(note, 800),
            actor.name(),
            source,
            Sql.timestamp(clock.instant()),
            Sql.timestamp(clock.instant()));
    if (added == 0) {
      return;
    }
    Row row = query("live = 1 AND payer_id = ?", payerId).orElseThrow();
    holds.begin(
        payerId,
        null,
        "difficulty",
        "the payer announced a difficulty",
        today(payerId).plusDays(UNDECIDED_DAYS),
        "difficulty-" + row.id(),
        actor);
    tell(row, "difficulty-" + row.id());
  }

  private void tell(Row row, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "difficulty-announced",
            String.valueOf(row.id()),
            messageId,
            Duration.ZERO,
            "{\"difficultyId\":%d,\"payerId\":%d}".formatted(row.id(), row.payerId())));
  }

  /** Gives it to its process; false if it is over already. */
  @Transactional
  public boolean take(long difficultyId, long processInstanceKey) {
    Row row = query("id = ?", difficultyId).orElseThrow();
    subjects.keep(processInstanceKey, row.payerId(), null);
    jdbc.update(
        "UPDATE payer_difficulty SET process_instance_key = ? WHERE id = ?",
        processInstanceKey,
        difficultyId);
    return row.state().equals("open");
  }

  /** Takes down the decision: collection waits until a day, or goes on. Returns which. */
  @Transactional
  public String decide(long difficultyId, Decision decision, long processInstanceKey) {
    Row row = query("id = ?", difficultyId).orElseThrow();
    balances.lock(List.of(row.payerId()));
    Actor actor = answers.whoCompleted(decision.completedBy(), processInstanceKey);
    LocalDate today = today(row.payerId());
    // who is in difficulty is left in peace unless somebody said otherwise
    boolean waits = !"resume".equals(decision.outcome());
    LocalDate named = TaskAnswers.dateOf(decision.waitUntil(), today);
    LocalDate until = named == null ? today.plusDays(UNNAMED_DAYS) : named;
    if (!close(row.id(), waits ? "waits" : "resumed", actor, today)) {
      return row.state();
    }
    holds.endOfKind(row.payerId(), null, "difficulty", actor);
    if (waits) {
      holds.begin(
          row.payerId(),
          null,
          "difficulty",
          "in difficulty" + TaskAnswers.noted(decision.note()),
          until,
          "difficulty-decided-" + row.id(),
          actor);
    }
    changes.ofPayer(row.payerId());
    timeline.tell(
        row.payerId(),
        null,
        "decision",
        actor,
        "Difficulty: "
            + (waits ? "collection waits until " + until : "collection goes on")
            + TaskAnswers.noted(decision.note()),
        "difficulty-decided-" + row.id(),
        null);
    return waits ? "waits" : "resumed";
  }

  private boolean close(long id, String state, Actor actor, LocalDate on) {
    return jdbc.update(
            "UPDATE payer_difficulty SET live = NULL, state = ?, decided_by = ?, decided_on = ? WHERE id = ? AND live = 1",
            state,
            actor.name(),
            on,
            id)
        == 1;
  }

  /** Who owes nothing any more needs no decision. */
  @EventListener
  void on(InvoiceSettled settled) {
    Row row = query("live = 1 AND payer_id = ?", settled.payerId()).orElse(null);
    if (row != null && invoices.openOf(settled.payerId()).isEmpty()) {
      close(row.id(), "settled", Actor.system("ledger"), settled.on());
      end(row);
    }
  }

  /** Tells the engine again of what no process has taken: the word was lost. */
  @Scheduled(fixedDelayString = "${relance.collection.interval:60s}", initialDelayString = "55s")
  @Transactional
  public void announceUnclaimed() {
    for (long id : unclaimed.of("payer_difficulty", "live = 1")) {
      tell(
          query("id = ?", id).orElseThrow(),
          "difficulty-" + id + "-" + clock.instant().getEpochSecond());
    }
  }

  /**
   * Two payers who both said so are one: the survivor's is decided, and the other's process ends.
   * To be called with both locked.
   */
  void join(PayerMerge merge) {
    Row row = query("live = 1 AND payer_id = ?", merge.from()).orElse(null);
    if (row != null && query("live = 1 AND payer_id = ?", merge.into()).isPresent()) {
      close(row.id(), "merged", merge.actor(), today(merge.into()));
      end(row);
    }
  }

  private void end(Row row) {
    engine.add(
        new EngineOutbox.Message(
            "difficulty-ended",
            String.valueOf(row.id()),
            "difficulty-ended-" + row.id(),
            TIME_TO_LIVE,
            "{}"));
  }

  private Optional<Row> query(String where, Object argument) {
    return rows(where, argument).stream().findFirst();
  }

  private List<Row> rows(String where, Object argument) {
    return jdbc.query(
        "SELECT id, payer_id, state FROM payer_difficulty WHERE " + where,
        (rs, n) -> new Row(rs.getLong(1), rs.getLong(2), rs.getString(3)),
        argument);
  }

  private LocalDate today(long payerId) {
    BusinessCalendar calendar = creditors.findByPayer(payerId).orElseThrow().calendar();
    return calendar.dateOf(clock.instant());
  }
}
