package io.relance.worklist;

import io.relance.kernel.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of the read model in which the tasks of a list stand: each is read in its order by one
 * index, which is named, so that no server goes another way. A list is one lane, or a few that are
 * merged.
 */
final class TaskLanes {

  static final String NOBODY = "-";

  /**
   * A part of the table.
   *
   * @param from the table, and the index by which it is read in order
   */
  record Lane(String from, String where, List<Object> arguments) {

    String sql() {
      return " FROM " + from + " WHERE " + where;
    }
  }

  /** The few rows of some payers are found by their processes, and sorted. */
  private static final String OF_PAYERS =
      "process_subject s STRAIGHT_JOIN engine_user_task t FORCE INDEX (engine_user_task_instance)"
          + " ON t.process_instance_key = s.process_instance_key";

  private final TaskQuery query;
  private final @Nullable List<Long> payers;
  private final Instant now;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * @param payers whose tasks are listed; null for all
   * @param day whose day is asked for; null for all tasks
   */
  TaskLanes(TaskQuery query, @Nullable List<Long> payers, Teams.@Nullable Day day, Instant now) {
    this.query = query;
    this.payers = payers;
    this.now = now;
    if (day == null) {
      addAll();
    } else {
      addDay(day);
    }
  }

  List<Lane> lanes() {
    return lanes;
  }

  /** What is postponed is listed by when it comes back, and all else by its place. */
  String order() {
    return sleeping() ? "asleep_until, user_task_key" : "place, user_task_key";
  }

  private boolean sleeping() {
    return query.filter().postponed() == TaskFilter.Postponed.ONLY;
  }

  private void addAll() {
    String assignee = query.assignee();
    String queue = query.filter().queue();
    if (assignee != null) {
      add("engine_user_task_assignee", "", new ArrayList<>(), assignee, true);
    } else if (queue != null) {
      for (String skill : List.of("any", "senior")) {
        add(
            "engine_user_task_queue",
            "t.skill = ?",
            new ArrayList<>(List.<Object>of(skill)),
            null,
            true);
      }
    } else {
      add(
          query.type() == null ? "engine_user_task_list" : "engine_user_task_type",
          "",
          new ArrayList<>(),
          null,
          true);
    }
  }

  private void addDay(Teams.Day day) {
    add("engine_user_task_assignee", "", new ArrayList<>(), day.login(), true);
    String mayDo =
        day.isManager()
            ? ""
            : "(t.candidate_groups IS NULL OR FIND_IN_SET('"
                + TaskRights.AGENTS
                + "', t.candidate_groups) > 0)";
    if (day.queues().isEmpty()) {
      add("engine_user_task_assignee", mayDo, new ArrayList<>(), NOBODY, true);
      return;
    }
    for (Teams.Lane lane : day.queues()) {
      if (query.filter().queue() == null || query.filter().queue().equals(lane.queue())) {
        add(
            "engine_user_task_queue",
            "t.queue = ? AND t.skill = ?" + (mayDo.isEmpty() ? "" : " AND " + mayDo),
            new ArrayList<>(List.<Object>of(lane.queue(), lane.skill())),
            NOBODY,
            false);
      }
    }
  }

  private void add(
      String index,
      String condition,
      List<Object> arguments,
      @Nullable String assignee,
      boolean narrowQueue) {
    StringBuilder where = new StringBuilder("t.state = ?");
    List<Object> all = new ArrayList<>(List.of(query.state()));
    if (!condition.isEmpty()) {
      where.append(" AND ").append(condition);
      all.addAll(arguments);
    }
    if (NOBODY.equals(assignee)) {
      where.append(" AND t.assignee IS NULL");
    } else if (assignee != null) {
      equal(where, all, "t.assignee", assignee);
    }
    equal(where, all, "t.queue", narrowQueue ? query.filter().queue() : null);
    equal(where, all, "t.element_id", query.type());
    equal(where, all, "t.band", query.filter().band());
    if (query.filter().minAmount() != null) {
      where.append(" AND t.worth >= ?");
      all.add(query.filter().minAmount());
    }
    if (query.filter().callableNow()) {
      where.append(" AND (t.call_hours & ").append(CallHours.bit(now)).append(") <> 0");
    }
    if (query.filter().bestNow()) {
      where.append(" AND (t.best_hours & ").append(CallHours.bit(now)).append(") <> 0");
    }
    where.append(sleeping() ? " AND t.asleep_until > ?" : awake());
    if (sleeping() || !awake().isEmpty()) {
      all.add(Sql.timestamp(now));
    }
    String from =
        "engine_user_task t FORCE INDEX (" + (sleeping() ? "engine_user_task_asleep" : index) + ")";
    if (payers != null) {
      from = OF_PAYERS;
      where
          .append(" AND s.payer_id IN (")
          .append(payers.isEmpty() ? "NULL" : Sql.marks(payers.size()))
          .append(")");
      all.addAll(payers);
    }
    lanes.add(new Lane(from, where.toString(), all));
  }

  /** Whoever asks for one customer's tasks, or for closed ones, wants them all. */
  private String awake() {
    return query.customer() != null || !query.state().equals("created")
        ? ""
        : " AND (t.asleep_until IS NULL OR t.asleep_until <= ?)";
  }

  private static void equal(
      StringBuilder where, List<Object> arguments, String column, @Nullable String value) {
    if (value != null) {
      where.append(" AND ").append(column).append(" = ?");
      arguments.add(value);
    }
  }
}
