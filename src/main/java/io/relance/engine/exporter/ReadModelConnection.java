package io.relance.engine.exporter;

import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** One connection a partition, opened again when it broke. */
final class ReadModelConnection implements AutoCloseable {

  /** What is done in one transaction; it commits itself. */
  interface Work<T> {
    T in(Connection open) throws SQLException;
  }

  private final String url;
  private final Properties properties = new Properties();
  private @Nullable Connection connection;

  ReadModelConnection(ExporterSettings settings) {
    url = Objects.requireNonNull(settings.url);
    properties.setProperty("user", Objects.requireNonNull(settings.user));
    properties.setProperty("password", Objects.requireNonNull(settings.password));
    // whatever the URL says: the application reads these rows with the same settings
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    properties.setProperty("rewriteBatchedStatements", "true");
    properties.setProperty("connectTimeout", "3000");
    properties.setProperty("socketTimeout", "60000");
  }

  <T> T transaction(Work<T> work) throws SQLException {
    Connection open = connection;
    try {
      if (open == null) {
        open = connect();
        connection = open;
      }
      return work.in(open);
    } catch (SQLException | RuntimeException broken) {
      close(); // also rolls back; the next call starts afresh
      throw broken;
    }
  }

  private Connection connect() throws SQLException {
    Connection opened = new Driver().connect(url, properties);
    if (opened == null) {
      throw new SQLException("the exporter's url does not begin with jdbc:mysql:");
    }
    opened.setAutoCommit(false);
    try (Statement statement = opened.createStatement()) {
      statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    }
    return opened;
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException alreadyGone) {
        // nothing is lost: what was not committed is exported again
      }
    }
  }
}
