package io.relance.web;

import io.relance.outreach.twilio.PhoneCalls;
import io.relance.worklist.TaskActions;
import io.relance.worklist.TaskFilter;
import io.relance.worklist.TaskGone;
import io.relance.worklist.TaskItem;
import io.relance.worklist.TaskList;
import io.relance.worklist.TaskNotYours;
import io.relance.worklist.TaskQuery;
import io.relance.worklist.TaskRights;
import io.relance.worklist.TaskTaken;
import io.relance.worklist.TaskUnsure;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The calls that wait for an agent: their own before those that nobody has in their queues. One
 * that was put through already waits for its outcome, and is not dialled again from here.
 */
@Component
class CallList {

  private static final int LOOKED_AT = 100;

  /** A task that is now the agent's, and its call. */
  record Dialled(TaskItem task, PhoneCalls.Begun call) {}

  private final TaskList tasks;
  private final TaskActions actions;
  private final TaskRights rights;
  private final NamedRows named;
  private final PhoneCalls calls;

  CallList(
      TaskList tasks, TaskActions actions, TaskRights rights, NamedRows named, PhoneCalls calls) {
    this.tasks = tasks;
    this.actions = actions;
    this.rights = rights;
    this.named = named;
    this.calls = calls;
  }

  /** The task whose payer is to be called next, if any may be called now. */
  Optional<TaskItem> next(String login) {
    return waiting(login).findFirst();
  }

  /**
   * Takes the next task and has its payer called.
   *
   * @throws IllegalArgumentException if it is not known where the agent's telephone rings
   */
  Optional<Dialled> dialNext(String login, @Nullable String agentNumber) {
    if (calls.arePutThrough()
        && (agentNumber == null || agentNumber.isBlank())
        && calls.numberOf(login) == null) {
      throw new IllegalArgumentException(
          "agentNumber is missing: say at which number your own telephone rings, with the first call that you make");
    }
    return waiting(login)
        .filter(task -> isTaken(task, login))
        .findFirst()
        .map(task -> new Dialled(task, call(task, login, agentNumber)));
  }

  private PhoneCalls.Begun call(TaskItem task, String login, @Nullable String agentNumber) {
    long payerId = named.theOnlyPayer(String.valueOf(task.customerId())).id();
    return calls.connect(payerId, login, agentNumber, task.key());
  }

  /**
   * The payer to be called for a task.
   *
   * @throws IllegalArgumentException unless it is an open call of that customer which this user may
   *     make
   */
  long payerOf(long taskKey, String customer, String login) {
    TaskItem task =
        tasks
            .find(taskKey)
            .filter(t -> TaskItem.CALLS.contains(t.type()) && t.state().equals("created"))
            .filter(t -> customer.equals(t.customerId()))
            .filter(t -> t.assignee() == null || t.assignee().equals(login))
            .filter(t -> rights.mayDo(t, login))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "task "
                            + taskKey
                            + " is no open call of customer '"
                            + customer
                            + "' that waits for you"));
    return named.theOnlyPayer(String.valueOf(task.customerId())).id();
  }

  /** False if somebody else was quicker. */
  private boolean isTaken(TaskItem task, String login) {
    if (login.equals(task.assignee())) {
      return true;
    }
    try {
      actions.claim(task.key(), login);
      return true;
    } catch (TaskTaken | TaskGone | TaskUnsure | TaskNotYours others) {
      return false;
    }
  }

  /**
   * Their own, then those likely to answer at this hour, those that may be called, and those of
   * which no hours are known yet; each by what they are worth.
   */
  private Stream<TaskItem> waiting(String login) {
    TaskFilter day = TaskFilter.dayOf(login);
    return Stream.concat(
            waiting(login, login, TaskFilter.NONE),
            Stream.of(day.callable(true), day.callable(false), day)
                .flatMap(filter -> waiting(login, null, filter)))
        .distinct();
  }

  private Stream<TaskItem> waiting(String login, @Nullable String whose, TaskFilter filter) {
    return TaskItem.CALLS.stream()
        .flatMap(
            type ->
                tasks
                    .list(new TaskQuery("created", whose, type, null, 0, LOOKED_AT, filter), 1)
                    .items()
                    .stream())
        .sorted(Comparator.comparing(CallList::place))
        .filter(task -> task.customerId() != null && rights.mayDo(task, login))
        .filter(task -> !calls.wasMadeFor(task.key()))
        .filter(task -> calls.isCallable(named.payer(String.valueOf(task.customerId()))));
  }

  private static int place(TaskItem task) {
    TaskItem.Standing standing = task.standing();
    return standing == null ? (100 - task.priority()) * 10_000 : standing.place();
  }
}
