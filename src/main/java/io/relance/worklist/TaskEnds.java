package io.relance.worklist;

import io.relance.casework.TaskAnswers;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Where a task is that somebody has before them: still open, with another one, or gone, and then
 * how that came: who completed it with which outcome, or what made it needless.
 */
@Component
public class TaskEnds {

  /** What is told later than this after a task's end has nothing to do with it. */
  private static final Duration TOGETHER = Duration.ofMinutes(2);

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  /** Lines that tell of the processes, and not of what happened. */
  private static final String ABOUT_PROCESSES =
      "'collection-started','collection-ended','step-skipped','on-hold','task','call-given-up','notice-sent','notice-not-sent','note','inbound-call'";

  /** Whether a task can still be done. */
  public enum State {
    OPEN,
    /** Somebody completed it, here or elsewhere. */
    DONE,
    /** Its process went on without it, such as when the payer paid. */
    NEEDLESS
  }

  /**
   * A task as it is now.
   *
   * @param name as people call it
   * @param holder who has it, or completed it; null if that is nobody, or nobody knows
   * @param at when it ended; null while it is open, and until the engine has told
   * @param what the line of the payer's timeline that tells of it; null if there is none
   */
  public record Now(
      long key,
      State state,
      String name,
      @Nullable String holder,
      @Nullable Instant at,
      @Nullable String what) {}

  /** The same at a glance: where it is, and with whom. */
  public record Glance(State state, @Nullable String holder) {}

  private record Row(@Nullable Instant endedAt, @Nullable Long payerId) {}

  private final TaskList tasks;
  private final Creditors creditors;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  TaskEnds(TaskList tasks, Creditors creditors, JdbcTemplate jdbc, InstantSource clock) {
    this.tasks = tasks;
    this.creditors = creditors;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** One row by its key: whoever has a task open asks every few seconds. */
  public Optional<Glance> glance(long key) {
    return jdbc
        .query(
            "SELECT state, assignee FROM engine_user_task WHERE user_task_key = ?",
            (rs, n) -> new Glance(stateOf(rs.getString(1)), rs.getString(2)),
            key)
        .stream()
        .findFirst();
  }

  private static State stateOf(String engineState) {
    return switch (engineState) {
      case "created" -> State.OPEN;
      case "completed" -> State.DONE;
      default -> State.NEEDLESS;
    };
  }

  /** How a task ended, in a sentence; empty while it is open, or if there never was one. */
  Optional<String> words(long key) {
    return of(key).filter(now -> now.state() != State.OPEN).map(this::words);
  }

  private String words(Now ended) {
    Instant at = ended.at() == null ? clock.instant() : ended.at();
    String when = WHEN.format(at.atZone(creditors.findAll().getFirst().calendar().zone()));
    String how =
        ended.state() == State.NEEDLESS
            ? "'%s' is not needed any more since %s".formatted(ended.name(), when)
            : "'%s' was completed by %s on %s"
                .formatted(
                    ended.name(),
                    ended.holder() == null ? TaskAnswers.OUTSIDE.name() : ended.holder(),
                    when);
    return ended.what() == null ? how : how + " (" + ended.what() + ")";
  }

  /** Empty if there never was such a task. */
  public Optional<Now> of(long key) {
    return tasks.find(key).map(this::now);
  }

  private Now now(TaskItem task) {
    State state = stateOf(task.state());
    if (state == State.OPEN) {
      return new Now(task.key(), state, task.name(), task.assignee(), null, null);
    }
    Row row = row(task.key());
    return new Now(
        task.key(),
        state,
        task.name(),
        task.assignee(),
        row.endedAt(),
        row.payerId() == null ? null : what(row, row.payerId(), state == State.DONE).orElse(null));
  }

  private Row row(long key) {
    return jdbc.queryForObject(
        "SELECT t.ended_at, s.payer_id FROM engine_user_task t LEFT JOIN process_subject s"
            + " ON s.process_instance_key = t.process_instance_key WHERE t.user_task_key = ?",
        (rs, n) -> new Row(Sql.instant(rs, "ended_at"), Sql.number(rs, "payer_id")),
        key);
  }

  /** What is recorded of a task follows its end; what made it needless comes before. */
  private Optional<String> what(Row row, long payerId, boolean done) {
    Instant end = row.endedAt() == null ? clock.instant() : row.endedAt();
    List<String> lines =
        jdbc.queryForList(
            "SELECT text FROM timeline_entry WHERE payer_id = ? AND at BETWEEN ? AND ? AND kind NOT IN ("
                + ABOUT_PROCESSES
                + ") ORDER BY at "
                + (done ? "ASC, id ASC" : "DESC, id DESC")
                + " LIMIT 1",
            String.class,
            payerId,
            Sql.timestamp(done ? end.minusSeconds(1) : end.minus(TOGETHER)),
            Sql.timestamp(done ? end.plus(TOGETHER) : end.plusSeconds(1)));
    return lines.stream().findFirst();
  }

  /** The payer that a task is about; empty if it is about none. */
  public Optional<Long> payerOf(long key) {
    return jdbc
        .queryForList(
            "SELECT s.payer_id FROM engine_user_task t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
                + " WHERE t.user_task_key = ?",
            Long.class,
            key)
        .stream()
        .findFirst();
  }
}
