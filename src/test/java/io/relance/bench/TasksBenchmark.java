package io.relance.bench;

import io.relance.support.Server;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long the lists of tasks take by the API, whatever waits in them. */
final class TasksBenchmark {

  private TasksBenchmark() {}

  static void run() throws Exception {
    try (Server server =
        Benchmarks.server(
            "bench-tasks",
            Benchmarks.with(
                Benchmarks.NOTHING_SCHEDULED, "relance.engine.workers-enabled", "false"))) {
      String token =
          server
              .post("/api/v1/tokens", "{\"name\":\"bench\"}")
              .expect(201)
              .json()
              .path("token")
              .asString();
      Benchmarks.importLedger(server, "T", 1_000, 1, 20);
      // a case of each invoice, for the payers and amounts that the list shows
      server
          .database()
          .update(
              "INSERT INTO collection_case (invoice_id, payer_id, live, state, process_instance_key, opened_at)"
                  + " SELECT id, payer_id, 1, 'open', ROW_NUMBER() OVER (ORDER BY id), NOW(6) FROM invoice");
      server
          .database()
          .update(
              "INSERT INTO process_subject (process_instance_key, payer_id, invoice_id)"
                  + " SELECT process_instance_key, payer_id, invoice_id FROM collection_case");
      server
          .put(
              "/api/v1/teams/bench",
              "{\"queues\":[\"calls\",\"disputes\"],\"members\":[{\"login\":\"admin\",\"senior\":true}]}",
              "admin")
          .expect(204);
      long made = 0;
      for (int count : new int[] {1_000, 100_000, 1_000_000}) {
        made = fillTasks(server, made, count);
        for (String list :
            List.of(
                "/api/v1/tasks",
                "/api/v1/tasks?day=true",
                "/api/v1/tasks?queue=calls",
                "/api/v1/tasks?band=E&minAmount=1000",
                "/api/v1/tasks?text=T1",
                "/api/v1/tasks/counts")) {
          double[] millis = timePages(server, token, list, 400);
          Benchmarks.row(
              String.format(Locale.ROOT, "GET %s, first page, %,d open tasks", list, count),
              "p50 %.1f ms, p99 %.1f ms",
              millis[millis.length / 2],
              millis[(int) (millis.length * 0.99)]);
        }
      }
    }
  }

  static long fillTasks(Server server, long from, int to) {
    var jdbc = server.database();
    long processKey =
        server.count(
            "SELECT MAX(process_key) FROM engine_process WHERE bpmn_process_id = 'invoice-collection'");
    for (long low = from; low < to; low += 10_000) {
      List<Object[]> rows = new ArrayList<>();
      for (long i = low; i < Math.min(to, low + 10_000); i++) {
        rows.add(
            new Object[] {i + 1, i + 1, 1 + i % 1_000, (int) (i % 100), 100 - (int) (i % 100)});
      }
      jdbc.execute(
          (java.sql.Connection connection) -> {
            connection.setAutoCommit(false);
            StringBuilder sql =
                new StringBuilder(
                    "INSERT INTO engine_user_task (user_task_key, element_instance_key, process_instance_key, process_key, bpmn_process_id,"
                        + " element_id, state, priority, created_at, urgency, standing, queue, skill, band, worth, rank_at) VALUES ");
            for (int i = 0; i < rows.size(); i++) {
              Object[] r = rows.get(i);
              sql.append(i == 0 ? "" : ",")
                  .append("(")
                  .append(r[0])
                  .append(',')
                  .append(r[1])
                  .append(',')
                  .append(r[2]);
              sql.append(",")
                  .append(processKey)
                  .append(",'invoice-collection','Task_CallPayer','created',")
                  .append(r[3])
                  .append(",NOW(6),")
                  .append(r[4])
                  .append(',')
                  .append((long) r[0] * 7_919 % 900_000)
                  .append((long) r[0] % 3 == 0 ? ",'disputes'" : ",'calls'")
                  .append((long) r[0] % 10 == 0 ? ",'senior','" : ",'any','")
                  .append("ABCDE".charAt((int) ((long) r[0] % 5)))
                  .append("',")
                  .append((long) r[0] % 20_000)
                  .append(",'2099-01-01')");
            }
            try (Statement statement = connection.createStatement()) {
              statement.executeUpdate(sql.toString());
            }
            connection.commit();
            return null;
          });
    }
    jdbc.update(
        "INSERT INTO engine_position (partition_id, position, open_tasks, updated_at) VALUES (99, 0, ?, NOW(6)) ON DUPLICATE KEY UPDATE open_tasks = VALUES(open_tasks)",
        to);
    jdbc.execute("ANALYZE TABLE engine_user_task");
    return to;
  }

  private static double[] timePages(Server server, String token, String list, int requests)
      throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(java.net.URI.create(server.url() + list))
              .header("Authorization", "Bearer " + token)
              .build();
      double[] millis = new double[requests];
      for (int i = -100; i < requests; i++) {
        long begin = System.nanoTime();
        var answer = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(answer.body());
        }
        if (i >= 0) {
          millis[i] = (System.nanoTime() - begin) / 1e6;
        }
      }
      Arrays.sort(millis);
      return millis;
    }
  }
}
