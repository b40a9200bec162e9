package io.relance.kernel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How instants and dates pass to and from the database: instants are DATETIME(6) in UTC, days are
 * DATE.
 */
public final class Sql {

  private Sql() {}

  public static Timestamp timestamp(Instant instant) {
    return Timestamp.from(instant);
  }

  public static @Nullable Timestamp timestampOrNull(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  /** As many question marks as there are values, for an IN list. */
  public static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  /**
   * One update or delete for all of the ids: a statement each would cost a commit each.
   *
   * @param sql up to, and without, its {@code WHERE}
   * @param arguments of its question marks
   */
  public static void updateAll(
      JdbcTemplate jdbc, String sql, List<?> arguments, Collection<Long> ids) {
    if (!ids.isEmpty()) {
      List<Object> all = new ArrayList<>(arguments);
      all.addAll(ids);
      jdbc.update(sql + " WHERE id IN (" + marks(ids.size()) + ")", all.toArray());
    }
  }

  public static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
    Timestamp value = rs.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  public static Instant requiredInstant(ResultSet rs, String column) throws SQLException {
    return rs.getTimestamp(column).toInstant();
  }

  public static @Nullable LocalDate date(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, LocalDate.class);
  }

  public static LocalDate requiredDate(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, LocalDate.class);
  }

  public static @Nullable Long number(ResultSet rs, String column) throws SQLException {
    long value = rs.getLong(column);
    return rs.wasNull() ? null : value;
  }

  /**
   * Refuses pages of a list that nobody reads and a database would work long for.
   *
   * @throws IllegalArgumentException outside of the first thousand pages of up to 200 rows
   */
  public static void requirePage(int page, int size) {
    if (page < 0 || page > 1000 || size < 1 || size > 200) {
      throw new IllegalArgumentException("page can be 0 to 1000 and size 1 to 200");
    }
  }

  /** A text cut to what its column holds. */
  public static @Nullable String fit(@Nullable String text, int charactersMax) {
    return text == null || text.length() <= charactersMax ? text : text.substring(0, charactersMax);
  }
}
