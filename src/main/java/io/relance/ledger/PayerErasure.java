package io.relance.ledger;

import io.relance.kernel.Actor;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An erasure of what is kept of a payer, with the payer locked.
 *
 * @param payerIds the payer's first, then those of the numbers that were merged into it
 * @param numbers the customer numbers of all of them
 * @param known addresses and telephone numbers that are erased: where a log quotes one, it goes,
 *     too
 * @param everything whether accounting needs them no more either
 */
public record PayerErasure(
    List<Long> payerIds,
    List<String> numbers,
    List<String> known,
    boolean everything,
    Instant at,
    Actor actor) {

  /** What stands where a text was. */
  public static final String ERASED = "erased";

  /**
   * Runs a statement for each of the payer's ids.
   *
   * @param sql with one question mark, which is the id
   */
  public void each(JdbcTemplate jdbc, String sql) {
    payerIds.forEach(id -> jdbc.update(sql, id));
  }

  /**
   * Takes what is known of them out of a column that quotes it.
   *
   * @param table of logs, of which all rows are read
   */
  public void unquote(JdbcTemplate jdbc, String table, String column) {
    known.forEach(
        value ->
            jdbc.update(
                "UPDATE %1$s SET %2$s = REGEXP_REPLACE(%2$s, ?, 'erased') WHERE %2$s LIKE ? ESCAPE '!'"
                    .formatted(table, column),
                // ann@… is not a part of joann@…
                "(?<![A-Za-z0-9.+_-])\\Q" + value + "\\E(?![A-Za-z0-9])",
                "%" + value.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"));
  }
}
