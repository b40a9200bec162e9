package io.relance.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.HandlerReads;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * The lists are read in their order by their indexes, on the real database: of 30,000 open tasks a
 * page reads about as many rows as it shows.
 */
class TaskLanesTest {

  private static final String SIZED = "engine_user_task_sized";
  private static final Instant NOW = Instant.parse("2026-03-02T10:30:00Z");
  private static final int PAGE = 51;

  private static final Server SERVER = SharedServer.get();

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
                + " state, assignee, candidate_groups, priority, created_at, urgency, standing, queue, skill, band, worth)"
                + " SELECT n, n, n, 1, 'payer-call', IF(n %% 2 = 0, 'Task_CallPayer', 'Task_PostLetter'), 'created',"
                + " IF(n %% 5 = 0, CONCAT('agent', n %% 7), NULL), 'agents', 50, NOW(6), 50, (n * 7919) %% 900000,"
                + " IF(n %% 2 = 0, 'calls', 'post'), IF(n %% 3 = 0, 'senior', 'any'), 'C', n FROM"
                + " (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM %s a, %s b, %s c, %s e,"
                + " (SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2) f) numbers")
            .formatted(SIZED, digits, digits, digits, digits));
    jdbc.execute("ANALYZE TABLE " + SIZED);
  }

  @AfterAll
  static void empty() {
    SERVER.database().execute("DROP TABLE IF EXISTS " + SIZED);
  }

  @Test
  void allOpenTasks() {
    assertThat(indexesOf(query(null, null, TaskFilter.NONE), null))
        .containsExactly("engine_user_task_list");
  }

  @Test
  void thoseOfSomebodyAndOfNobody() {
    assertThat(indexesOf(query("agent1", null, TaskFilter.NONE), null))
        .containsExactly("engine_user_task_assignee");
    assertThat(indexesOf(query("-", null, TaskFilter.NONE), null))
        .containsExactly("engine_user_task_assignee");
  }

  @Test
  void thoseOfAKind() {
    assertThat(indexesOf(query(null, "Task_PostLetter", TaskFilter.NONE), null))
        .containsExactly("engine_user_task_type");
  }

  @Test
  void thoseOfAQueue() {
    TaskFilter calls =
        new TaskFilter(null, "calls", null, null, false, false, TaskFilter.Postponed.NO, null);
    assertThat(indexesOf(query(null, null, calls), null)).containsExactly("engine_user_task_queue");
  }

  @Test
  void theDayOfSomebodyInATeam() {
    Teams.Day day =
        new Teams.Day(
            "agent1",
            false,
            List.of(new Teams.Lane("calls", "any"), new Teams.Lane("calls", "senior")));
    assertThat(indexesOf(query(null, null, TaskFilter.dayOf("agent1")), day))
        .containsExactly("engine_user_task_assignee", "engine_user_task_queue");
  }

  @Test
  void thoseOfABandAndAnAmount() {
    TaskFilter worth =
        new TaskFilter(
            null, null, "C", BigDecimal.TEN, false, false, TaskFilter.Postponed.NO, null);
    assertThat(indexesOf(query(null, null, worth), null)).containsExactly("engine_user_task_list");
  }

  @Test
  void thoseThatSleep() {
    TaskFilter asleep =
        new TaskFilter(null, null, null, null, false, false, TaskFilter.Postponed.ONLY, null);
    assertThat(indexesOf(query(null, null, asleep), null))
        .containsExactly("engine_user_task_asleep");
  }

  @Test
  void thoseOfAFewPayersAreFoundByTheirProcesses() {
    TaskFilter text =
        new TaskFilter(null, null, null, null, false, false, TaskFilter.Postponed.NO, "P");
    for (TaskLanes.Lane lane :
        new TaskLanes(query(null, null, text), List.of(1L, 2L), null, NOW).lanes()) {
      assertThat(lane.from()).contains("FORCE INDEX (engine_user_task_instance)");
      explain(lane, Set.of("process_subject_payer", "engine_user_task_instance", "PRIMARY"));
    }
  }

  private static TaskQuery query(
      @Nullable String assignee, @Nullable String type, TaskFilter filter) {
    return new TaskQuery("created", assignee, type, null, 0, 50, filter);
  }

  /** The indexes by which the lanes go, after looking that each reads no more than it shows. */
  private static Set<String> indexesOf(TaskQuery query, Teams.@Nullable Day day) {
    Set<String> indexes = new TreeSet<>();
    TaskLanes lanes = new TaskLanes(query, null, day, NOW);
    for (TaskLanes.Lane lane : lanes.lanes()) {
      String sql =
          "SELECT *"
              + lane.sql().replace("engine_user_task t", SIZED + " t")
              + " ORDER BY "
              + lanes.order()
              + " LIMIT "
              + PAGE;
      SERVER
          .database()
          .execute(
              (ConnectionCallback<@Nullable Void>)
                  connection -> {
                    try (Statement statement = connection.createStatement()) {
                      indexes.add(
                          keyOf(
                              connection.prepareStatement("EXPLAIN FORMAT=TRADITIONAL " + sql),
                              lane));
                      long before = HandlerReads.of(statement);
                      try (PreparedStatement select =
                              bound(connection.prepareStatement(sql), lane);
                          ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                          assertThat(rows.getString("state")).isEqualTo("created");
                        }
                      }
                      assertThat(HandlerReads.of(statement) - before).as(sql).isLessThan(8 * PAGE);
                    }
                    return null;
                  });
    }
    return indexes;
  }

  private static void explain(TaskLanes.Lane lane, Set<String> allowed) {
    SERVER
        .database()
        .query(
            "EXPLAIN FORMAT=TRADITIONAL SELECT t.user_task_key" + lane.sql(),
            rs -> {
              assertThat(rs.getString("key")).isIn(allowed);
            },
            lane.arguments().toArray());
  }

  private static String keyOf(PreparedStatement explain, TaskLanes.Lane lane) throws SQLException {
    try (PreparedStatement asked = bound(explain, lane);
        ResultSet plan = asked.executeQuery()) {
      assertThat(plan.next()).isTrue();
      assertThat(String.valueOf(plan.getString("Extra"))).doesNotContain("filesort", "temporary");
      return plan.getString("key");
    }
  }

  private static PreparedStatement bound(PreparedStatement statement, TaskLanes.Lane lane)
      throws SQLException {
    for (int i = 0; i < lane.arguments().size(); i++) {
      statement.setObject(i + 1, lane.arguments().get(i));
    }
    return statement;
  }
}
