package io.relance.engine.exporter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rows written in one batch, and how their values meet SQL. */
final class Batches {

  private Batches() {}

  static <R> void each(Connection open, String sql, Collection<R> rows, Setter<R> setter)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = open.prepareStatement(sql)) {
      for (R row : rows) {
        setter.set(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static void setLong(PreparedStatement statement, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, java.sql.Types.BIGINT);
    } else {
      statement.setLong(index, value);
    }
  }

  static @Nullable Timestamp time(@Nullable Long epochMillis) {
    return epochMillis == null ? null : new Timestamp(epochMillis);
  }

  static @Nullable String fit(@Nullable String text, int charactersMax) {
    return text == null || text.length() <= charactersMax ? text : text.substring(0, charactersMax);
  }

  interface Setter<R> {
    void set(PreparedStatement statement, R row) throws SQLException;
  }
}
