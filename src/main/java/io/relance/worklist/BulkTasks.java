package io.relance.worklist;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Does the same with many tasks, each for itself: what cannot be done with one is told, and the
 * others are done.
 */
@Component
public class BulkTasks {

  private static final int TASKS_MAX = 200;

  /**
   * What is asked for.
   *
   * @param act {@code take}, {@code assign}, {@code give-back}, {@code postpone}, {@code wake}, or
   *     {@code send} for a message to the payers
   * @param login to whom tasks are assigned
   * @param until the day on which postponed ones come back
   * @param tone of messages
   * @param channel of messages; null for what works best
   */
  public record Request(
      @Nullable List<Long> keys,
      @Nullable String act,
      @Nullable String login,
      @Nullable LocalDate until,
      @Nullable String reason,
      @Nullable String tone,
      @Nullable String channel) {}

  /** A task with which it was not possible, in words. */
  public record Problem(long key, String task, String reason) {}

  /**
   * What came of it.
   *
   * @param standIn who got what was meant for somebody who is away; null if nobody did
   */
  public record Report(String act, int done, @Nullable String standIn, List<Problem> problems) {

    /** Nobody stood in. */
    public Report(String act, int done, List<Problem> problems) {
      this(act, done, null, problems);
    }

    /** In a sentence. */
    public String words() {
      if (act.equals("send")) {
        return (done == 1 ? "1 payer is" : done + " payers are")
            + " written to"
            + (problems.isEmpty() ? "." : ", " + problems.size() + " not:");
      }
      String what =
          switch (act) {
            case "take" -> "taken";
            case "assign" -> "assigned";
            case "give-back" -> "given back";
            case "postpone" -> "postponed";
            default -> "back in the list";
          };
      return (done == 1 ? "1 task " : done + " tasks ")
          + what
          + (standIn == null ? "" : " to " + standIn + ", who stands in")
          + (problems.isEmpty() ? "." : ", " + problems.size() + " not:");
    }
  }

  private final TaskActions actions;
  private final TaskSleep sleep;
  private final TaskList tasks;
  private final BulkMessages messages;

  BulkTasks(TaskActions actions, TaskSleep sleep, TaskList tasks, BulkMessages messages) {
    this.actions = actions;
    this.sleep = sleep;
    this.tasks = tasks;
    this.messages = messages;
  }

  /**
   * Does it, task by task.
   *
   * @throws IllegalArgumentException if it is not said what to do, or with what; then nothing is
   *     done
   * @throws OnlyManagers if tasks are given to somebody, and not by who leads agents
   */
  public Report doAll(Request request, String by) {
    Set<Long> keys = request.keys() == null ? Set.of() : new LinkedHashSet<>(request.keys());
    if (keys.isEmpty() || keys.size() > TASKS_MAX) {
      throw new IllegalArgumentException(
          "keys can name 1 to " + TASKS_MAX + " tasks, not " + keys.size() + ": mark some first");
    }
    String act = request.act() == null ? "" : request.act();
    if (act.equals("send")) {
      return messages.send(keys, request.tone(), request.channel(), by);
    }
    String to = act.equals("assign") ? actions.requireAssignable(request.login(), by) : null;
    LongConsumer each = act(act, request, by);
    Map<Long, String> names =
        tasks.find(List.copyOf(keys)).stream()
            .collect(Collectors.toMap(TaskItem::key, BulkTasks::nameOf));
    List<Problem> problems = new ArrayList<>();
    for (long key : keys) {
      try {
        each.accept(key);
      } catch (TaskTaken | TaskGone | TaskNotYours | TaskUnsure | WhoIsAway refused) {
        problems.add(
            new Problem(
                key, names.getOrDefault(key, "Task " + key), String.valueOf(refused.getMessage())));
      }
    }
    return new Report(
        act,
        keys.size() - problems.size(),
        to == null || to.equals(request.login()) ? null : to,
        List.copyOf(problems));
  }

  private LongConsumer act(String act, Request request, String by) {
    switch (act) {
      case "take":
        return key -> actions.claim(key, by);
      case "give-back":
        return key -> actions.release(key, by);
      case "wake":
        return key -> sleep.wake(key, by);
      case "assign":
        String login = java.util.Objects.requireNonNull(request.login());
        return key -> actions.assign(key, login, by);
      case "postpone":
        sleep.check(request.until(), request.reason());
        LocalDate until = java.util.Objects.requireNonNull(request.until());
        String reason = java.util.Objects.requireNonNull(request.reason());
        return key -> sleep.postpone(key, until, reason, by);
      default:
        throw new IllegalArgumentException(
            "act can be take, assign, give-back, postpone, wake or send, not '" + act + "'");
    }
  }

  static String nameOf(TaskItem task) {
    return task.name() + (task.customerName() == null ? "" : ", " + task.customerName());
  }
}
