package io.relance.engine;

import io.relance.kernel.LockRetries;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the work list notes on a row of {@code engine_user_task}, in columns that the exporter
 * leaves alone: its rank, where it waits, and until when it sleeps.
 */
@Component
public class TaskMarks {

  /** Few rows a transaction: the exporter writes the same rows and must not wait long. */
  private static final int ROWS_A_TRANSACTION = 100;

  /**
   * The rank of a task.
   *
   * @param standing lower is first; null leaves it to the engine's priority
   * @param skill {@code any} or {@code senior}
   * @param worth the money that it is about
   * @param currency of {@code worth}; null where several were added by their bare numbers
   * @param why the reasons in words, a line each
   * @param hours at which its payer is called; null unless it is a call
   * @param again when it is to be ranked again
   */
  public record Rank(
      long taskKey,
      @Nullable Integer standing,
      String queue,
      String skill,
      @Nullable String band,
      @Nullable BigDecimal worth,
      @Nullable String currency,
      String why,
      @Nullable Hours hours,
      Instant again) {}

  /**
   * Hours of a call.
   *
   * @param callable bits of the hours of the UTC day in which the payer may be called
   * @param best bits of the hours of the UTC day in which they are likely to answer
   * @param bestHour the first one of these by the payer's clock; null if they may not be called
   */
  public record Hours(int callable, int best, @Nullable Integer bestHour) {}

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  TaskMarks(JdbcTemplate jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Keeps the ranks of those that are still open. */
  public void keep(List<Rank> ranks) {
    // in the order of their keys, so that two who write never wait for each other in a circle
    List<Rank> sorted = new ArrayList<>(ranks);
    sorted.sort(Comparator.comparingLong(Rank::taskKey));
    for (int from = 0; from < sorted.size(); from += ROWS_A_TRANSACTION) {
      List<Object[]> rows =
          sorted.subList(from, Math.min(sorted.size(), from + ROWS_A_TRANSACTION)).stream()
              .map(TaskMarks::row)
              .toList();
      LockRetries.retrying(
          () ->
              transactions.execute(
                  open ->
                      jdbc.batchUpdate(
                          "UPDATE engine_user_task SET standing = ?, queue = ?, skill = ?, band = ?, worth = ?,"
                              + " worth_currency = ?, why = ?, call_hours = ?, best_hours = ?, best_hour = ?, rank_at = ?"
                              + " WHERE user_task_key = ? AND state = 'created'",
                          rows)));
    }
  }

  private static @Nullable Object[] row(Rank r) {
    TaskMarks.Hours hours = r.hours();
    return new @Nullable Object[] {
      r.standing(),
      r.queue(),
      r.skill(),
      r.band(),
      r.worth(),
      r.currency(),
      Sql.fit(r.why(), 400),
      hours == null ? null : hours.callable(),
      hours == null ? null : hours.best(),
      hours == null ? null : hours.bestHour(),
      Sql.timestamp(r.again()),
      r.taskKey()
    };
  }

  /** Puts an open task to sleep; false if it is not open any more. */
  public boolean sleep(long taskKey, Instant until, String reason) {
    return jdbc.update(
            "UPDATE engine_user_task SET asleep_until = ?, asleep_reason = ? WHERE user_task_key = ? AND state = 'created'",
            Sql.timestamp(until),
            Sql.fit(reason, 200),
            taskKey)
        == 1;
  }

  /** Takes it back into the list now; false if it is not open, or does not sleep. */
  public boolean wake(long taskKey) {
    return jdbc.update(
            "UPDATE engine_user_task SET asleep_until = NULL, asleep_reason = NULL"
                + " WHERE user_task_key = ? AND state = 'created' AND asleep_until IS NOT NULL",
            taskKey)
        == 1;
  }
}
