package io.relance.worklist;

import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Lists tasks, what is worth most first. A page is read by indexes of the read model, then enriched
 * with the payer's facts; the number of all open tasks is kept by the exporter, and other totals
 * are counted up to a limit.
 */
@Component
public class TaskList {

  /** Totals of filtered lists are exact up to this number, and mean "at least" from it on. */
  public static final int COUNTED_MAX = 10_000;

  /**
   * A page of tasks and how many there are in all.
   *
   * @param more whether others follow
   */
  public record Page(List<TaskItem> items, long total, boolean more) {}

  /**
   * Who has a task.
   *
   * @param state {@code open}, {@code postponed} or {@code done}
   */
  public record Held(long key, String state, @Nullable String holder) {}

  private final JdbcTemplate jdbc;
  private final TaskRows details;
  private final TaskSearch search;
  private final Teams teams;
  private final InstantSource clock;

  TaskList(
      JdbcTemplate jdbc, TaskRows details, TaskSearch search, Teams teams, InstantSource clock) {
    this.jdbc = jdbc;
    this.details = details;
    this.search = search;
    this.teams = teams;
    this.clock = clock;
  }

  public Page list(TaskQuery query) {
    return list(query, COUNTED_MAX);
  }

  /**
   * As {@link #list(TaskQuery)}.
   *
   * @param countedMax up to which number a filtered list is counted
   */
  public Page list(TaskQuery query, int countedMax) {
    TaskLanes lanes = lanes(query);
    PageQuery page = PageQuery.of(TaskRows.COLUMNS, query, lanes, query.size() + 1);
    List<TaskRows.Row> rows = details.query(page.sql(), page.arguments());
    boolean more = rows.size() > query.size();
    return new Page(
        details.items(more ? rows.subList(0, query.size()) : rows),
        total(query, lanes, countedMax),
        more);
  }

  /** The keys of a page, and no more. */
  public List<Long> keys(TaskQuery query) {
    PageQuery page =
        PageQuery.of("t.user_task_key, t.place, t.asleep_until", query, lanes(query), query.size());
    return jdbc.query(page.sql(), (rs, n) -> rs.getLong(1), page.arguments().toArray());
  }

  /** Those of these tasks that are known, whatever became of them, in no order. */
  public List<TaskItem> find(List<Long> keys) {
    return keys.isEmpty()
        ? List.of()
        : details.items(
            details.query(
                "SELECT "
                    + TaskRows.COLUMNS
                    + " FROM engine_user_task t WHERE t.user_task_key IN ("
                    + Sql.marks(keys.size())
                    + ")",
                keys));
  }

  public Optional<TaskItem> find(long key) {
    return find(List.of(key)).stream().findFirst();
  }

  /** Who has these tasks, in the order of their keys. */
  public List<Held> held(List<Long> keys) {
    Instant now = clock.instant();
    return keys.isEmpty()
        ? List.of()
        : jdbc.query(
            "SELECT user_task_key, state, assignee, asleep_until FROM engine_user_task WHERE user_task_key IN ("
                + Sql.marks(keys.size())
                + ") ORDER BY user_task_key",
            (rs, n) -> {
              Instant asleepUntil = Sql.instant(rs, "asleep_until");
              boolean asleep = asleepUntil != null && asleepUntil.isAfter(now);
              return new Held(
                  rs.getLong(1),
                  !rs.getString(2).equals("created") ? "done" : asleep ? "postponed" : "open",
                  rs.getString(3));
            },
            keys.toArray());
  }

  private TaskLanes lanes(TaskQuery query) {
    String text = query.filter().text();
    List<Long> payers =
        query.customer() != null
            ? search.ofNumber(query.customer())
            : text == null ? null : search.startingWith(text);
    String dayOf = query.filter().dayOf();
    return new TaskLanes(query, payers, dayOf == null ? null : teams.dayOf(dayOf), clock.instant());
  }

  /**
   * A page, and no more than these columns of it.
   *
   * @param columns among them those that order it: place, asleep_until and user_task_key
   */
  private record PageQuery(String sql, List<Object> arguments) {

    static PageQuery of(String columns, TaskQuery query, TaskLanes lanes, int size) {
      int offset = query.page() * query.size();
      String order = " ORDER BY " + lanes.order() + " LIMIT ";
      List<Object> arguments = new ArrayList<>();
      List<String> parts = new ArrayList<>();
      for (TaskLanes.Lane lane : lanes.lanes()) {
        parts.add("SELECT " + columns + lane.sql());
        arguments.addAll(lane.arguments());
      }
      String page = order + size + " OFFSET " + offset;
      if (parts.size() == 1) {
        return new PageQuery(parts.getFirst() + page, arguments);
      }
      int each = offset + size;
      return new PageQuery(
          parts.stream()
                  .map(part -> "(" + part + order + each + ")")
                  .collect(Collectors.joining(" UNION ALL ", "SELECT * FROM (", ") lanes"))
              + page,
          arguments);
    }
  }

  private long total(TaskQuery query, TaskLanes lanes, int countedMax) {
    if (query.equals(new TaskQuery("created", null, null, null, query.page(), query.size()))) {
      Long open =
          jdbc.queryForObject(
              "SELECT COALESCE(SUM(open_tasks), 0) FROM engine_position", Long.class);
      Long asleep =
          jdbc.queryForObject(
              "SELECT COUNT(*) FROM engine_user_task WHERE state = 'created' AND asleep_until > ?",
              Long.class,
              Sql.timestamp(clock.instant()));
      return (open == null ? 0 : open) - (asleep == null ? 0 : asleep);
    }
    long total = 0;
    for (TaskLanes.Lane lane : lanes.lanes()) {
      if (total >= countedMax) {
        break;
      }
      Long counted =
          jdbc.queryForObject(
              "SELECT COUNT(*) FROM (SELECT 1"
                  + lane.sql()
                  + " LIMIT "
                  + (countedMax - total)
                  + ") counted",
              Long.class,
              lane.arguments().toArray());
      total += counted == null ? 0 : counted;
    }
    return total;
  }
}
