package io.relance.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.HandlerReads;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * The page of ways reads the days that are asked for and no others, on the real database: of
 * 100,000 cases of two years.
 */
class FlowAtSizeTest {

  private static final Server SERVER = SharedServer.get();
  private static final long MODEL = 9_000_001;
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  /** Ninety days of 730 have 12,300 cases. */
  private static final long HANDLED_MAX = 60_000;

  private static final FlowFilter NINETY_DAYS =
      new FlowFilter(List.of(MODEL), TODAY.minusDays(89), TODAY, 1L, "sized", null, null);

  @BeforeAll
  static void fill() {
    empty();
    var jdbc = SERVER.database();
    jdbc.execute("CREATE TABLE flow_case_sized LIKE flow_case");
    jdbc.execute("CREATE TABLE flow_instance_sized LIKE flow_instance");
    jdbc.update(
        "INSERT INTO flow_slice (id, creditor_id, segment, band, agent) VALUES (9000001, 1, 'sized', 'A', ''), (9000002, 1, 'sized', 'E', '')");
    String digits =
        "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5"
            + " UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    String numbers =
        "(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM %1$s a, %1$s b, %1$s c, %1$s e, %1$s f) numbers"
            .formatted(digits);
    jdbc.update(
        "INSERT INTO flow_case_sized (day, case_id, invoice_id, process_instance_key, process_key, slice, currency, amount, cash, cash_30,"
            + " reminded, spoken, agreed, ended, paid_after, outcome) SELECT '2026-03-02' - INTERVAL (n % 730) DAY, n, n, n, 9000001,"
            + " 9000001 + n % 2, 'EUR', 100, 50, 50, 200, IF(n % 2 = 0, 210, NULL), NULL, NULL, IF(n % 3 = 0, n % 60, NULL),"
            + " IF(n % 3 = 0, 'paid', 'open') FROM "
            + numbers);
    jdbc.update(
        "INSERT INTO flow_instance_sized (process_instance_key, process_key, day, slice, started_at, ended_at, took, path)"
            + " SELECT n, 9000001, '2026-03-02' - INTERVAL (n % 730) DAY, 9000001 + n % 2, '2026-03-02', '2026-03-02', 200 + n % 50, n % 400 FROM "
            + numbers);
    jdbc.execute("ANALYZE TABLE flow_case_sized, flow_instance_sized, flow_slice");
  }

  @AfterAll
  static void empty() {
    SERVER.database().execute("DROP TABLE IF EXISTS flow_case_sized");
    SERVER.database().execute("DROP TABLE IF EXISTS flow_instance_sized");
    SERVER.database().update("DELETE FROM flow_slice WHERE segment = 'sized'");
  }

  @Test
  void theFunnelReadsTheDaysThatAreAskedFor() {
    List<Object> arguments = new ArrayList<>();
    Read read = read(CaseFunnel.linesSql(NINETY_DAYS, arguments), arguments);
    assertThat(read.keys()).containsEntry("d", "PRIMARY");
    assertThat(read.rows()).as("outcomes and stages").isEqualTo(4);
    assertThat(read.handled()).isLessThan(HANDLED_MAX);
  }

  @Test
  void twoVersionsReadTheDaysThatAreAskedFor() {
    List<Object> arguments = new ArrayList<>();
    Read read =
        read(
            VersionComparison.groupsSql(NINETY_DAYS, MODEL, TODAY.minusDays(30), arguments),
            arguments);
    assertThat(read.keys()).containsEntry("d", "PRIMARY");
    assertThat(read.rows()).as("bands").isEqualTo(2);
    assertThat(read.handled()).isLessThan(HANDLED_MAX);
  }

  @Test
  void waysAreCountedFromTheIndexAlone() {
    List<Object> arguments = new ArrayList<>();
    Read read = read(FlowPaths.countsSql(NINETY_DAYS, arguments), arguments);
    assertThat(read.keys()).containsEntry("d", "flow_instance_path");
    assertThat(read.extras().get("d")).contains("Using index");
    assertThat(read.rows()).isEqualTo(400);
    assertThat(read.handled()).isLessThan(HANDLED_MAX);
  }

  @Test
  void whatWasPaidOfAWayIsReadFromIndexesAlone() {
    List<Object> arguments = new ArrayList<>();
    Read read = read(FlowPaths.paidSql(NINETY_DAYS, List.of(1, 2, 3), arguments), arguments);
    assertThat(read.keys()).containsEntry("c", "flow_case_instance");
    assertThat(read.extras().get("c")).contains("Using index");
    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.handled()).isLessThan(HANDLED_MAX);
  }

  private record Read(
      Map<String, String> keys, Map<String, String> extras, long rows, long handled) {}

  private static Read read(String query, List<Object> arguments) {
    String sql =
        query
            .replace("flow_case ", "flow_case_sized ")
            .replace("flow_instance ", "flow_instance_sized ");
    assertThat(sql).contains("_sized ");
    return SERVER
        .database()
        .execute(
            (ConnectionCallback<@Nullable Read>)
                connection -> {
                  Map<String, String> keys = new HashMap<>();
                  Map<String, String> extras = new HashMap<>();
                  try (PreparedStatement explain =
                          bound(connection, "EXPLAIN FORMAT=TRADITIONAL " + sql, arguments);
                      ResultSet plan = explain.executeQuery()) {
                    while (plan.next()) {
                      keys.put(plan.getString("table"), String.valueOf(plan.getString("key")));
                      extras.put(plan.getString("table"), String.valueOf(plan.getString("Extra")));
                    }
                  }
                  try (Statement counters = connection.createStatement();
                      PreparedStatement select = bound(connection, sql, arguments)) {
                    long before = HandlerReads.of(counters);
                    long rows = 0;
                    try (ResultSet groups = select.executeQuery()) {
                      while (groups.next()) {
                        rows++;
                      }
                    }
                    return new Read(keys, extras, rows, HandlerReads.of(counters) - before);
                  }
                });
  }

  private static PreparedStatement bound(Connection connection, String sql, List<Object> arguments)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.size(); i++) {
      statement.setObject(i + 1, arguments.get(i));
    }
    return statement;
  }
}
