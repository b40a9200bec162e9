package io.relance.worklist;

import io.relance.access.Audit;
import io.relance.engine.EngineTasks;
import io.relance.kernel.Actor;
import io.relance.ledger.FormerPayers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What people do with tasks. The engine decides who was first; the read model follows at once and
 * is confirmed by the exporter.
 */
@Component
public class TaskActions {

  private static final Duration EXPORT_MAX = Duration.ofSeconds(5);
  private static final Duration HOLDER_MAX = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private final EngineTasks engine;
  private final TaskList tasks;
  private final TaskForms forms;
  private final TaskRights rights;
  private final Absences absences;
  private final TaskEnds ends;
  private final JdbcTemplate jdbc;
  private final Audit audit;
  private final FormerPayers former;

  TaskActions(
      EngineTasks engine,
      TaskList tasks,
      TaskForms forms,
      TaskRights rights,
      Absences absences,
      TaskEnds ends,
      JdbcTemplate jdbc,
      Audit audit,
      FormerPayers former) {
    this.engine = engine;
    this.tasks = tasks;
    this.forms = forms;
    this.rights = rights;
    this.absences = absences;
    this.ends = ends;
    this.jdbc = jdbc;
    this.audit = audit;
    this.former = former;
  }

  /**
   * Takes the task for that user.
   *
   * @throws WhoIsAway if they are said to be away
   */
  public void claim(long key, String login) {
    rights.require(requireOpen(key), login);
    absences
        .now(login)
        .ifPresent(
            absence -> {
              throw WhoIsAway.taking(absence);
            });
    expectDone(engine.claim(key, login), key, login, task -> login.equals(task.assignee()));
    noteHolder(key, login);
    audit.record(Actor.user(login), "claim-task", "task " + key, null);
  }

  /**
   * Who is given tasks that are meant for that user: they, or who stands in while they are away.
   *
   * @throws OnlyManagers unless the other leads agents
   * @throws IllegalArgumentException unless it is a user who does tasks
   * @throws WhoIsAway if they are away and nobody stands in
   */
  String requireAssignable(@Nullable String login, String by) {
    if (!rights.isManager(by)) {
      throw new OnlyManagers(
          "give tasks to somebody: take them yourself, or give them back to the queue");
    }
    if (login == null || !rights.doesTasks(login)) {
      throw new IllegalArgumentException(
          "login: there is no user '" + (login == null ? "" : login) + "' who does tasks");
    }
    Map<String, Absences.Absence> away = absences.now();
    Absences.Absence absence = away.get(login);
    return absence == null
        ? login
        : new StandIns(away).of(login).orElseThrow(() -> new WhoIsAway(absence));
  }

  /** A manager gives the task to somebody, whoever has it; or to who stands in for them. */
  public void assign(long key, String login, String by) {
    String to = requireAssignable(login, by);
    give(key, to, Actor.user(by), to.equals(login) ? "" : ", who stands in for " + login);
  }

  private void give(long key, String login, Actor by, String why) {
    rights.require(requireOpen(key), login);
    expectDone(engine.assign(key, login), key, login, task -> login.equals(task.assignee()));
    noteHolder(key, login);
    audit.record(by, "assign-task", "task " + key, "to " + login + why);
  }

  /**
   * Gives a task that one has to another.
   *
   * @throws TaskTaken if it is with a third one by now
   */
  void giveFrom(long key, String from, String to, Actor by, String why) {
    requireWith(requireOpen(key), from);
    give(key, to, by, ": " + why);
  }

  /**
   * Gives a task that one has back to its queue.
   *
   * @throws TaskTaken if it is with another one by now
   */
  void takeFrom(long key, String from, Actor by, String why) {
    requireWith(requireOpen(key), from);
    expectDone(engine.release(key), key, from, after -> after.assignee() == null);
    noteHolder(key, null);
    audit.record(by, "release-task", "task " + key, "from " + from + ": " + why);
  }

  /** Gives the task back: who has it, or a manager for somebody who is away. */
  public void release(long key, String login) {
    TaskItem task = requireOpen(key);
    if (!rights.isManager(login)) {
      requireHolder(task, login);
    }
    expectDone(engine.release(key), key, login, after -> after.assignee() == null);
    noteHolder(key, null);
    audit.record(Actor.user(login), "release-task", "task " + key, null);
  }

  /** Completes the task with what the form gave; it is claimed first if nobody has it. */
  public void complete(long key, Map<String, Object> variables, String login) {
    TaskItem task = requireOpen(key);
    rights.require(task, login);
    requireHolder(task, login);
    List<String> wrong = forms.problems(key, variables);
    if (!wrong.isEmpty()) {
      throw new FormNotValid(wrong);
    }
    if (task.assignee() == null) {
      expectDone(engine.claim(key, login), key, login, claimed -> login.equals(claimed.assignee()));
    }
    Map<String, Object> submitted = new HashMap<>(variables);
    submitted.put("completedBy", login);
    expectDone(
        engine.complete(key, submitted),
        key,
        login,
        after -> after.state().equals("completed") && login.equals(after.assignee()));
    jdbc.update(
        "UPDATE engine_user_task SET state = 'completed', assignee = ? WHERE user_task_key = ? AND state = 'created'",
        login,
        key);
    audit.record(Actor.user(login), "complete-task", "task " + key, null);
  }

  private void noteHolder(long key, @Nullable String login) {
    jdbc.update(
        "UPDATE engine_user_task SET assignee = ? WHERE user_task_key = ? AND state = 'created'",
        login,
        key);
  }

  private TaskItem requireOpen(long key) {
    TaskItem task = tasks.find(key).orElseThrow(() -> new TaskGone(key));
    if (!task.state().equals("created")) {
      throw gone(key);
    }
    return task;
  }

  /** Whose payer is another one now is told that; of the others it is told how they ended. */
  private TaskGone gone(long key) {
    return tasks
        .find(key)
        .map(TaskItem::customerId)
        .flatMap(former::find)
        .map(merged -> new TaskGone(key, merged))
        .or(() -> ends.words(key).map(TaskGone::new))
        .orElseGet(() -> new TaskGone(key));
  }

  private static void requireHolder(TaskItem task, String login) {
    if (task.assignee() != null && !task.assignee().equals(login)) {
      throw new TaskTaken(task.key(), task.assignee());
    }
  }

  private static void requireWith(TaskItem task, String login) {
    if (!login.equals(task.assignee())) {
      throw new TaskTaken(task.key(), task.assignee() == null ? "nobody" : task.assignee());
    }
  }

  private void expectDone(
      EngineTasks.Outcome outcome, long key, String login, Predicate<TaskItem> done) {
    switch (outcome) {
      case DONE -> {}
      case GONE -> throw awaitEnd(key);
      case TAKEN -> throw new TaskTaken(key, awaitHolder(key, login));
      case TAKEN_OR_DONE -> expectSeenDone(key, login, done);
    }
  }

  /** The answer to the command was lost; the exporter brings what became of it. */
  private void expectSeenDone(long key, String login, Predicate<TaskItem> done) {
    long deadline = System.nanoTime() + EXPORT_MAX.toNanos();
    while (tasks.find(key).filter(done).isEmpty()) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        requireHolder(requireOpen(key), login);
        throw new TaskUnsure(key);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** The engine says that it is gone; how that came, the exporter tells within a moment. */
  private TaskGone awaitEnd(long key) {
    long deadline = System.nanoTime() + HOLDER_MAX.toNanos();
    while (ends.words(key).isEmpty()
        && System.nanoTime() < deadline
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    return gone(key);
  }

  /** The engine says that somebody was first; who, the exporter tells within a moment. */
  private @Nullable String awaitHolder(long key, String login) {
    long deadline = System.nanoTime() + HOLDER_MAX.toNanos();
    while (true) {
      TaskItem task = tasks.find(key).orElse(null);
      if (task != null && !task.state().equals("created")) {
        throw gone(key);
      }
      String holder = task == null ? null : task.assignee();
      if ((holder != null && !holder.equals(login))
          || System.nanoTime() > deadline
          || Thread.currentThread().isInterrupted()) {
        return holder;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
