package io.relance.worklist;

import io.relance.access.Audit;
import io.relance.casework.Timeline;
import io.relance.engine.TaskMarks;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Creditors;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Postpones tasks: they leave the list, and come back on the morning of a business day, or when
 * somebody asks for them. What ends them meanwhile, such as a payment, does so all the same.
 */
@Component
public class TaskSleep {

  private static final int DAYS_MAX = 90;
  private static final int REASON_MAX = 200;

  private final TaskList tasks;
  private final TaskRights rights;
  private final TaskMarks marks;
  private final Creditors creditors;
  private final Timeline timeline;
  private final Audit audit;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  TaskSleep(
      TaskList tasks,
      TaskRights rights,
      TaskMarks marks,
      Creditors creditors,
      Timeline timeline,
      Audit audit,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.tasks = tasks;
    this.rights = rights;
    this.marks = marks;
    this.creditors = creditors;
    this.timeline = timeline;
    this.audit = audit;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Refuses what cannot be meant.
   *
   * @throws IllegalArgumentException for a day that is not ahead or too far ahead, or no reason
   */
  public void check(@Nullable LocalDate until, @Nullable String reason) {
    LocalDate today = creditors.findAll().getFirst().calendar().dateOf(clock.instant());
    if (until == null || !until.isAfter(today) || until.isAfter(today.plusDays(DAYS_MAX))) {
      throw new IllegalArgumentException(
          "until can be a day from "
              + today.plusDays(1)
              + " to "
              + today.plusDays(DAYS_MAX)
              + ", not "
              + (until == null ? "nothing" : until));
    }
    if (reason == null || reason.isBlank() || reason.strip().length() > REASON_MAX) {
      throw new IllegalArgumentException(
          "reason is missing or longer than "
              + REASON_MAX
              + " characters: say why the task can wait");
    }
  }

  /**
   * Puts a task to sleep until the morning of that day, or of the next one that is worked.
   *
   * @throws TaskGone if it is not open
   * @throws TaskTaken if somebody else has it, unless that user leads agents
   * @throws TaskNotYours if it is not for that user
   */
  @Transactional
  public Instant postpone(long key, LocalDate until, String reason, String login) {
    check(until, reason);
    TaskItem task = mine(key, login);
    Long payerId = payerOf(key);
    BusinessCalendar calendar =
        (payerId == null
                ? creditors.findAll().stream().findFirst()
                : creditors.findByPayer(payerId))
            .orElseThrow()
            .calendar();
    LocalDate day = calendar.businessDayOnOrAfter(until);
    Instant at = calendar.opening(day);
    if (!marks.sleep(key, at, reason.strip())) {
      throw new TaskGone(key);
    }
    tell(
        key,
        payerId,
        "'%s' postponed until %s: %s".formatted(task.name(), day, reason.strip()),
        "postpone-task",
        login);
    return at;
  }

  /**
   * Brings a task back now; one that does not sleep stays as it is.
   *
   * @throws TaskGone as above, and the others
   */
  @Transactional
  public void wake(long key, String login) {
    TaskItem task = mine(key, login);
    if (marks.wake(key)) {
      tell(key, payerOf(key), "'" + task.name() + "' is wanted now", "wake-task", login);
    }
  }

  private TaskItem mine(long key, String login) {
    TaskItem task =
        tasks
            .find(key)
            .filter(t -> t.state().equals("created"))
            .orElseThrow(() -> new TaskGone(key));
    rights.require(task, login);
    if (task.assignee() != null && !task.assignee().equals(login) && !rights.isManager(login)) {
      throw new TaskTaken(key, task.assignee());
    }
    return task;
  }

  private void tell(long key, @Nullable Long payerId, String words, String action, String login) {
    if (payerId != null) {
      timeline.tell(
          payerId,
          null,
          "task",
          Actor.user(login),
          words,
          action + "-" + key + "-" + clock.instant().toEpochMilli(),
          null);
    }
    audit.record(Actor.user(login), action, "task " + key, words);
  }

  private @Nullable Long payerOf(long key) {
    List<Long> found =
        jdbc.queryForList(
            "SELECT s.payer_id FROM engine_user_task t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
                + " WHERE t.user_task_key = ?",
            Long.class,
            key);
    return found.isEmpty() ? null : found.getFirst();
  }
}
