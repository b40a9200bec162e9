package io.relance.support;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many rows the database has looked at in a session: what an index spares does not count. */
public final class HandlerReads {

  private HandlerReads() {}

  public static long of(Statement session) throws SQLException {
    long reads = 0;
    try (ResultSet counters = session.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
      while (counters.next()) {
        reads += counters.getLong(2);
      }
    }
    return reads;
  }
}
