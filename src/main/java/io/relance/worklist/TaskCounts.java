package io.relance.worklist;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How much waits in each queue and of each kind: counted up to a limit, and for all users at once.
 */
@Component
public class TaskCounts {

  /** Numbers are exact below this one, and mean "at least" from it on. */
  public static final int COUNTED_MAX = 1_000;

  private static final int NAMES_MAX = 60;
  private static final Duration KEPT = Duration.ofSeconds(5);

  /**
   * A queue or a kind of task that has open tasks.
   *
   * @param key of a queue its name, of a kind the id of its element
   * @param name as people call it
   */
  public record Count(String key, String name, long open) {

    /** The number in words: {@code 1000+} for many. */
    public String words() {
      return open >= COUNTED_MAX ? COUNTED_MAX + "+" : String.valueOf(open);
    }
  }

  /** The counts of a moment. */
  public record Counts(List<Count> queues, List<Count> types) {}

  private record Kept(long atNanos, Counts counts) {}

  private final JdbcTemplate jdbc;
  private final ProcessModels models;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

  TaskCounts(JdbcTemplate jdbc, ProcessModels models, InstantSource clock) {
    this.jdbc = jdbc;
    this.models = models;
    this.clock = clock;
  }

  /** A few seconds old at the most. */
  public Counts now() {
    Kept known = kept.get();
    long now = System.nanoTime();
    if (known == null || now - known.atNanos() > KEPT.toNanos()) {
      known = new Kept(now, count(clock.instant()));
      kept.set(known);
    }
    return known.counts();
  }

  /** How many open tasks a user has. */
  public long heldBy(String login) {
    return counted("engine_user_task_assignee", "t.assignee = ?", login, clock.instant());
  }

  private Counts count(Instant now) {
    List<Count> queues =
        names("queue", "engine_user_task_queue").stream()
            .filter(queue -> !queue.isEmpty())
            .map(
                queue ->
                    new Count(
                        queue, queue, counted("engine_user_task_queue", "t.queue = ?", queue, now)))
            .toList();
    List<Count> types =
        names("element_id", "engine_user_task_type").stream()
            .map(
                type ->
                    new Count(
                        type,
                        nameOf(type),
                        counted("engine_user_task_type", "t.element_id = ?", type, now)))
            .toList();
    return new Counts(queues, types);
  }

  private List<String> names(String column, String index) {
    return jdbc.queryForList(
        "SELECT DISTINCT %s FROM engine_user_task FORCE INDEX (%s) WHERE state = 'created' ORDER BY %s LIMIT %d"
            .formatted(column, index, column, NAMES_MAX),
        String.class);
  }

  private String nameOf(String type) {
    return jdbc
        .queryForList(
            "SELECT process_key FROM engine_user_task FORCE INDEX (engine_user_task_type) WHERE state = 'created' AND element_id = ?"
                + " LIMIT 1",
            Long.class,
            type)
        .stream()
        .findFirst()
        .map(key -> models.nameOf(key, type))
        .orElse(type);
  }

  private long counted(String index, String where, String value, Instant now) {
    Long count =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM (SELECT 1 FROM engine_user_task t FORCE INDEX (%s) WHERE t.state = 'created' AND %s AND (t.asleep_until IS NULL OR t.asleep_until <= ?) LIMIT %d) counted"
                .formatted(index, where, COUNTED_MAX),
            Long.class,
            value,
            Sql.timestamp(now));
    return count == null ? 0 : count;
  }
}
