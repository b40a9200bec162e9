package io.relance.worklist;

import io.relance.kernel.Actor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Moves the tasks of one agent: to a colleague, to the agents of a team so that their loads come
 * together, or back to the queues. Each task by itself: what cannot be moved is told, and the
 * others are.
 */
@Component
public class Reassignment {

  /** So many a request: each is a command to the engine, and somebody waits for the answer. */
  static final int TASKS_MAX = 500;

  /**
   * What is asked for.
   *
   * @param which {@code all}, {@code marked} or {@code most-valuable}
   * @param keys of those that are marked
   * @param count how many of the most valuable
   * @param to {@code colleague}, {@code team} or {@code queue}
   * @param login of the colleague
   * @param team its name
   */
  public record Request(
      @Nullable String which,
      @Nullable List<Long> keys,
      @Nullable Integer count,
      @Nullable String to,
      @Nullable String login,
      @Nullable String team) {}

  /**
   * What came of it.
   *
   * @param given how many each colleague got, by their log-ins
   * @param left how many the agent still has
   */
  public record Report(
      int done, Map<String, Integer> given, List<BulkTasks.Problem> problems, long left) {}

  /** Gives one task away and says to whom; empty for the queue. */
  private interface Move {
    String of(TaskItem task);
  }

  private final TaskActions actions;
  private final TaskList tasks;
  private final TaskRights rights;
  private final Teams teams;
  private final Absences absences;
  private final JdbcTemplate jdbc;

  Reassignment(
      TaskActions actions,
      TaskList tasks,
      TaskRights rights,
      Teams teams,
      Absences absences,
      JdbcTemplate jdbc) {
    this.actions = actions;
    this.tasks = tasks;
    this.rights = rights;
    this.teams = teams;
    this.absences = absences;
    this.jdbc = jdbc;
  }

  /**
   * Does it, task by task.
   *
   * @param from whose tasks they are
   * @throws OnlyManagers unless the caller leads agents
   * @throws IllegalArgumentException if it is not said which tasks, or to whom; then nothing is
   *     done
   * @throws WhoIsAway if the colleague, or all of the team, are away and nobody stands in
   */
  public Report move(String from, Request request, String by) {
    if (!rights.isManager(by)) {
      throw new OnlyManagers("move the tasks of an agent");
    }
    List<Long> keys = keysOf(from, request);
    Move move = moveTo(from, request, by);
    Map<Long, TaskItem> found =
        tasks.find(keys).stream().collect(Collectors.toMap(TaskItem::key, task -> task));
    Map<String, Integer> given = new TreeMap<>();
    List<BulkTasks.Problem> problems = new ArrayList<>();
    int done = 0;
    for (long key : keys) {
      TaskItem task = found.get(key);
      try {
        if (task == null) {
          throw new TaskGone(key);
        }
        String to = move.of(task);
        if (!to.isEmpty()) {
          given.merge(to, 1, Integer::sum);
        }
        done++;
      } catch (TaskTaken | TaskGone | TaskNotYours | TaskUnsure refused) {
        problems.add(
            new BulkTasks.Problem(
                key,
                task == null ? "Task " + key : BulkTasks.nameOf(task),
                String.valueOf(refused.getMessage())));
      }
    }
    return new Report(done, given, List.copyOf(problems), load(from));
  }

  private List<Long> keysOf(String from, Request request) {
    String which = request.which() == null ? "" : request.which();
    switch (which) {
      case "all":
        return held(from, "place", TASKS_MAX);
      case "most-valuable":
        int count = request.count() == null ? 0 : request.count();
        if (count < 1 || count > TASKS_MAX) {
          throw new IllegalArgumentException(
              "count can be 1 to " + TASKS_MAX + ", not " + request.count());
        }
        return held(from, "worth DESC", count);
      case "marked":
        List<Long> keys =
            request.keys() == null ? List.of() : List.copyOf(new LinkedHashSet<>(request.keys()));
        if (keys.isEmpty() || keys.size() > TASKS_MAX) {
          throw new IllegalArgumentException(
              "keys can name 1 to " + TASKS_MAX + " tasks, not " + keys.size() + ": mark some");
        }
        return keys;
      default:
        throw new IllegalArgumentException(
            "which can be all, marked or most-valuable, not '" + which + "'");
    }
  }

  private List<Long> held(String login, String order, int max) {
    return jdbc.queryForList(
        "SELECT user_task_key FROM engine_user_task FORCE INDEX (engine_user_task_assignee)"
            + " WHERE state = 'created' AND assignee = ? ORDER BY "
            + order
            + ", user_task_key LIMIT "
            + max,
        Long.class,
        login);
  }

  private Move moveTo(String from, Request request, String by) {
    Actor actor = Actor.user(by);
    String to = request.to() == null ? "" : request.to();
    switch (to) {
      case "queue":
        return task -> {
          actions.takeFrom(task.key(), from, actor, "moved");
          return "";
        };
      case "colleague":
        String colleague = actions.requireAssignable(request.login(), by);
        if (colleague.equals(from)) {
          throw new IllegalArgumentException(
              "login: the tasks are with " + from + " already: choose somebody else");
        }
        return task -> {
          actions.giveFrom(task.key(), from, colleague, actor, "moved from " + from);
          return colleague;
        };
      case "team":
        Spread spread = spreadOver(request.team() == null ? "" : request.team(), from);
        return task -> {
          String next = spread.next(login -> rights.mayDo(task, login));
          if (next == null) {
            throw new TaskNotYours(task);
          }
          actions.giveFrom(task.key(), from, next, actor, "moved from " + from);
          spread.took(next);
          return next;
        };
      default:
        throw new IllegalArgumentException("to can be colleague, team or queue, not '" + to + "'");
    }
  }

  /** Over the members who are there and do tasks, but for the one whose tasks they are. */
  private Spread spreadOver(String team, String from) {
    Teams.Team found =
        teams.all().stream()
            .filter(t -> t.name().equals(team))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("team: there is no team '" + team + "'"));
    StandIns away = absences.standIns();
    Map<String, Long> loads = new TreeMap<>();
    for (Teams.Member member : found.members()) {
      String login = member.login();
      if (!login.equals(from) && !away.isAway(login) && rights.doesTasks(login)) {
        loads.put(login, load(login));
      }
    }
    if (loads.isEmpty()) {
      throw new IllegalArgumentException(
          "team: nobody else of '" + team + "' is there today: choose somebody, or the queue");
    }
    return new Spread(loads);
  }

  private long load(String login) {
    Long held =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM engine_user_task FORCE INDEX (engine_user_task_assignee) WHERE state = 'created' AND assignee = ?",
            Long.class,
            login);
    return held == null ? 0 : held;
  }
}
