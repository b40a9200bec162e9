package io.relance.casework;

import io.relance.engine.NotYet;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads what people fill in. A task may be completed here, in Tasklist or by the API, so that
 * nothing of it can be taken for granted.
 */
@Component
public class TaskAnswers {

  /** Tasklist names whom it gave the task to; who calls the engine's API may name nobody. */
  public static final Actor OUTSIDE = new Actor("somebody outside of Relance");

  /** A second each; then it is said by what is known: an engine that died may never tell. */
  private static final int WAITS_MAX = 30;

  private static final int NAME_MAX = 100;
  private static final int DAYS_MAX = 366;
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})(?:[.,](\\d{1,4}))?");

  /** How often who completed a task was waited for, by processes. */
  private final Map<Long, Integer> waits = new ConcurrentHashMap<>();

  private final JdbcTemplate jdbc;

  TaskAnswers(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Who did it: named by the answer, or the assignee of the task that was done last, or nobody
   * known.
   *
   * @throws NotYet while the read model has not heard yet that the task was done
   */
  public Actor whoCompleted(@Nullable String login, long processInstanceKey) {
    if (login != null && !login.isBlank()) {
      return Actor.user(Objects.requireNonNull(Sql.fit(login.strip(), NAME_MAX)));
    }
    record Task(String state, @Nullable String assignee) {}
    Task last =
        jdbc
            .query(
                "SELECT state, assignee FROM engine_user_task WHERE process_instance_key = ? ORDER BY user_task_key DESC LIMIT 1",
                (rs, n) -> new Task(rs.getString(1), rs.getString(2)),
                processInstanceKey)
            .stream()
            .findFirst()
            .orElse(null);
    if (last != null
        && last.state().equals("created")
        && waits.merge(processInstanceKey, 1, Integer::sum) <= WAITS_MAX) {
      throw new NotYet("who completed the task is told by the exporter in a moment");
    }
    waits.remove(processInstanceKey);
    return last == null || last.assignee() == null ? OUTSIDE : Actor.user(last.assignee());
  }

  /** A day from today on, a year ahead at the most; null for anything else. */
  public static @Nullable LocalDate dateOf(@Nullable String text, LocalDate today) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(text.substring(0, Math.min(10, text.length())));
      return date.isBefore(today) || date.isAfter(today.plusDays(DAYS_MAX)) ? null : date;
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  /**
   * An amount as people type it, with a comma or a point before its decimals; null for anything
   * else. No more decimals than the currency has: 1,250 may be a thousand and more.
   */
  public static @Nullable Money amountOf(@Nullable String text, String currency) {
    if (text == null || text.isBlank()) {
      return null;
    }
    Matcher typed = AMOUNT.matcher(text.replaceAll("[\\s\\u00a0\\u202f]", ""));
    int decimalsMax = Math.max(0, Money.currencyOf(currency).getDefaultFractionDigits());
    if (!typed.matches() || (typed.group(2) != null && typed.group(2).length() > decimalsMax)) {
      return null;
    }
    String decimals = typed.group(2) == null ? "" : "." + typed.group(2);
    return Money.of(typed.group(1) + decimals, currency);
  }

  /** Whether somebody typed something that is no amount: it must not count as nothing typed. */
  public static boolean isNoAmount(@Nullable String text, String currency) {
    return text != null && !text.isBlank() && amountOf(text, currency) == null;
  }

  /** A note as it follows a sentence of the timeline. */
  public static String noted(@Nullable String note) {
    return note == null || note.isBlank() ? "" : ": " + note.strip();
  }
}
