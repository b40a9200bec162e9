package io.relance.worklist;

import io.relance.casework.PayerFactsChanged;
import io.relance.engine.DecisionFailed;
import io.relance.engine.TaskMarks;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives each open task its rank soon after it came up, again when its payer's facts changed, when
 * the best hour to call begins or ends, and each business day. What is to be ranked is in the rows
 * themselves, so that a restart goes on, and twice does no harm.
 */
@Component
public class TaskRanking {

  private static final Logger log = LoggerFactory.getLogger(TaskRanking.class);
  private static final int BATCH = 500;
  private static final int BATCHES_A_ROUND = 200;
  private static final Duration BROKEN_DECISION = Duration.ofMinutes(10);

  /** After the night's scoring, before anybody works. */
  private static final LocalTime RANKED_ANEW_AT = LocalTime.of(5, 0);

  private static final String UNROUTED = "cases";

  private final JdbcTemplate jdbc;
  private final RankFacts facts;
  private final TaskRouting routing;
  private final TaskMarks marks;
  private final Creditors creditors;
  private final InstantSource clock;

  TaskRanking(
      JdbcTemplate jdbc,
      RankFacts facts,
      TaskRouting routing,
      TaskMarks marks,
      Creditors creditors,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.routing = routing;
    this.marks = marks;
    this.creditors = creditors;
    this.clock = clock;
  }

  /** In the transaction that changes the facts: what is rolled back was never asked. */
  @EventListener
  void on(PayerFactsChanged changed) {
    jdbc.update("INSERT INTO task_rank_request (payer_id) VALUES (?)", changed.payerId());
  }

  @Scheduled(
      fixedDelayString = "${relance.worklist.interval:2s}",
      initialDelayString = "${relance.worklist.initial-delay:5s}")
  public synchronized void rankWhatIsDue() {
    int batches = 0;
    while (batches < BATCHES_A_ROUND && (rankOfChangedPayers() | rankDue())) {
      batches++;
    }
  }

  /** False if there was nothing to do. */
  private boolean rankOfChangedPayers() {
    record Asked(long id, long payerId) {}
    List<Asked> asked =
        jdbc.query(
            "SELECT id, payer_id FROM task_rank_request ORDER BY id LIMIT " + BATCH,
            (rs, n) -> new Asked(rs.getLong(1), rs.getLong(2)));
    if (asked.isEmpty()) {
      return false;
    }
    List<Long> payers = asked.stream().map(Asked::payerId).distinct().toList();
    List<Long> keys =
        jdbc.queryForList(
            "SELECT t.user_task_key FROM process_subject s JOIN engine_user_task t ON t.process_instance_key = s.process_instance_key"
                + " WHERE t.state = 'created' AND s.payer_id IN ("
                + Sql.marks(payers.size())
                + ")",
            Long.class,
            payers.toArray());
    for (int from = 0; from < keys.size(); from += BATCH) {
      rank(keys.subList(from, Math.min(keys.size(), from + BATCH)));
    }
    // by their ids: one that was added meanwhile, and may be of a lower id, stays
    Sql.updateAll(
        jdbc, "DELETE FROM task_rank_request", List.of(), asked.stream().map(Asked::id).toList());
    return true;
  }

  private boolean rankDue() {
    List<Long> due =
        jdbc.queryForList(
            "SELECT user_task_key FROM engine_user_task FORCE INDEX (engine_user_task_rank)"
                + " WHERE state = 'created' AND rank_at <= ? ORDER BY rank_at, user_task_key LIMIT "
                + BATCH,
            Long.class,
            Sql.timestamp(clock.instant()));
    rank(due);
    return !due.isEmpty();
  }

  private void rank(List<Long> keys) {
    Instant now = clock.instant();
    List<TaskMarks.Rank> ranks = new ArrayList<>();
    for (RankFacts.Ranked each : read(keys, now)) {
      ranks.add(rank(each, now));
    }
    marks.keep(ranks);
  }

  /** One by one if one of them cannot be read, so that it does not keep the others back. */
  private List<RankFacts.Ranked> read(List<Long> keys, Instant now) {
    try {
      return facts.of(keys, now);
    } catch (DataAccessException away) {
      throw away;
    } catch (RuntimeException oneOfThem) {
      if (keys.size() > 1) {
        return keys.stream().flatMap(key -> read(List.of(key), now).stream()).toList();
      }
      log.warn("Task {} cannot be ranked: {}", keys.getFirst(), oneOfThem.getMessage());
      marks.keep(List.of(unranked(keys.getFirst(), now)));
      return List.of();
    }
  }

  private TaskMarks.Rank rank(RankFacts.Ranked task, Instant now) {
    TaskRouting.Route route;
    try {
      route = routing.of(task.facts());
    } catch (DecisionFailed broken) {
      log.warn("Task {} cannot be routed: {}", task.key(), broken.getMessage());
      return unranked(task.key(), now);
    }
    CallHours.Window window = task.window();
    Instant again = nextMorning(now);
    if (window != null && window.changes().isBefore(again)) {
      again = window.changes();
    }
    String band = task.facts().band();
    return new TaskMarks.Rank(
        task.key(),
        TaskRouting.standing(task.stake(), route.percent(), task.priority()),
        route.queue(),
        route.skill(),
        band.isEmpty() ? null : band,
        task.stake(),
        task.currency(),
        String.join("\n", route.words()),
        window == null ? null : window.hours(),
        again);
  }

  /** The engine's priority counts until the decision is mended. */
  private static TaskMarks.Rank unranked(long key, Instant now) {
    return new TaskMarks.Rank(
        key, null, UNROUTED, "any", null, null, null, "", null, now.plus(BROKEN_DECISION));
  }

  private Instant nextMorning(Instant now) {
    ZonedDateTime local = now.atZone(creditors.findAll().getFirst().calendar().zone());
    ZonedDateTime morning = local.toLocalDate().atTime(RANKED_ANEW_AT).atZone(local.getZone());
    return (morning.isAfter(local) ? morning : morning.plusDays(1)).toInstant();
  }
}
