package io.relance.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.HandlerReads;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * The supervisor's numbers come from indexes alone, on the real database: of 100,000 open tasks,
 * 20,000 of them with 200 agents, and 30,000 that were done.
 */
class WorkloadAtSizeTest {

  private static final String SIZED = "engine_user_task_load_sized";
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Timestamp NOW = Timestamp.from(Instant.parse("2026-03-06T10:30:00Z"));

  private static final Server SERVER = SharedServer.get();

  private record Read(long rows, long handled) {}

  @BeforeAll
  static void fill() {
    var jdbc = SERVER.database();
    jdbc.execute("DROP TABLE IF EXISTS " + SIZED);
    jdbc.execute("CREATE TABLE " + SIZED + " LIKE engine_user_task");
    String digits =
        "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5"
            + " UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    jdbc.update(
        ("INSERT INTO %s (user_task_key, element_instance_key, process_instance_key, process_key, bpmn_process_id, element_id,"
                + " state, assignee, candidate_groups, priority, created_at, ended_at, urgency, queue, worth, worth_currency)"
                + " SELECT n, n, n, 1, 'payer-call', 'Task_CallPayer', IF(n < 100000, 'created', 'completed'),"
                + " IF(n %% 5 = 0, CONCAT('agent', (n DIV 5) %% 200), NULL), 'agents', 50, '2026-02-01', "
                + " IF(n < 100000, NULL, '2026-03-06' - INTERVAL ((n DIV 7) %% 30) DAY), 50,"
                + " ELT(1 + n %% 3, 'calls', 'post', 'disputes'), n, IF(n %% 7 = 0, 'USD', 'EUR') FROM"
                + " (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d AS n FROM %s a, %s b, %s c, %s e,"
                + " %s f, (SELECT 0 d UNION ALL SELECT 1) g) numbers WHERE n < 130000")
            .formatted(SIZED, digits, digits, digits, digits, digits));
    jdbc.execute("ANALYZE TABLE " + SIZED);
  }

  @AfterAll
  static void empty() {
    SERVER.database().execute("DROP TABLE IF EXISTS " + SIZED);
  }

  @Test
  void whatIsOpenIsCountedAlongOneIndexWithoutSorting() {
    Read read = read(Workload.OPEN, "engine_user_task_load", "filesort", "temporary");
    assertThat(read.rows()).as("agents, queues and currencies").isGreaterThan(200);
    assertThat(read.handled()).as("each open task once").isLessThan(110_000);
  }

  @Test
  void whatWasDoneIsReadOfThisWeekOnly() {
    Read read = read(Workload.DONE, "engine_user_task_done", "filesort");
    assertThat(read.rows()).isEqualTo(200);
    assertThat(read.handled()).as("five days of thirty").isLessThan(10_000);
  }

  /** By that index, without a look at the rows, and without what is named. */
  private static Read read(String query, String index, String... avoided) {
    String sql = query.replace("engine_user_task FORCE", SIZED + " FORCE");
    assertThat(sql).contains(SIZED);
    return SERVER
        .database()
        .execute(
            (ConnectionCallback<@Nullable Read>)
                connection -> {
                  try (PreparedStatement explain =
                          bound(
                              connection.prepareStatement("EXPLAIN FORMAT=TRADITIONAL " + sql),
                              sql);
                      ResultSet plan = explain.executeQuery()) {
                    assertThat(plan.next()).isTrue();
                    assertThat(plan.getString("key")).isEqualTo(index);
                    assertThat(plan.getString("Extra"))
                        .contains("Using index")
                        .doesNotContain(avoided);
                  }
                  try (Statement counters = connection.createStatement();
                      PreparedStatement select = bound(connection.prepareStatement(sql), sql)) {
                    long before = HandlerReads.of(counters);
                    long rows = 0;
                    try (ResultSet groups = select.executeQuery()) {
                      while (groups.next()) {
                        rows++;
                      }
                    }
                    return new Read(rows, HandlerReads.of(counters) - before);
                  }
                });
  }

  private static PreparedStatement bound(PreparedStatement statement, String sql)
      throws SQLException {
    boolean done = sql.contains("'completed'");
    statement.setTimestamp(1, NOW);
    statement.setTimestamp(2, done ? Timestamp.from(MONDAY) : NOW);
    return statement;
  }
}
