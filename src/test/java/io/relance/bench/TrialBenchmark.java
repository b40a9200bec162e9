package io.relance.bench;

import io.relance.support.Server;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How many of a hundred thousand open cases a draft of the treatment is tried on. */
final class TrialBenchmark {

  private static final int CASES = 100_000;
  private static final int ROUNDS = 3;

  private TrialBenchmark() {}

  static void run() throws Exception {
    try (Server server =
        Benchmarks.server(
            "bench-trial",
            Benchmarks.with(
                Benchmarks.NOTHING_SCHEDULED, Map.of("relance.engine.workers-enabled", "false")))) {
      Benchmarks.importLedger(server, "C", CASES, 4, 20);
      server
          .database()
          .update(
              "INSERT INTO collection_case (invoice_id, payer_id, live, state, process_instance_key, opened_at)"
                  + " SELECT id, payer_id, 1, 'open', ROW_NUMBER() OVER (ORDER BY id), NOW(6) FROM invoice");
      server.database().update("UPDATE payer SET segment = CONCAT('S', id % 10)");
      server.database().execute("ANALYZE TABLE collection_case, invoice, payer");
      String live =
          new String(
              server.download("/api/v1/studio/files/treatment.dmn?version=live", "designer"),
              StandardCharsets.UTF_8);
      server
          .exchange(
              "PUT",
              "/api/v1/studio/drafts/treatment.dmn?base=0&comment=x",
              "designer",
              "application/octet-stream",
              live.replaceFirst("\"key-account\"", "\"key-account\",\"S3\"")
                  .getBytes(StandardCharsets.UTF_8))
          .expect(200);
      for (int round = 1; round <= ROUNDS; round++) {
        long begin = System.nanoTime();
        JsonNode trial =
            server
                .get(
                    "/api/v1/studio/files/treatment.dmn/trial?decision=treatment&version=draft",
                    "designer")
                .expect(200)
                .json();
        Benchmarks.row(
            "trial of a draft on %,d open cases, round %d".formatted(CASES, round),
            "%,d asked in %.1f s; %,d of them changed, so %.1f to %.1f %% of all",
            trial.path("asked").asInt(),
            (System.nanoTime() - begin) / 1e9,
            trial.path("changed").asInt(),
            100 * trial.path("share").path("low").asDouble(),
            100 * trial.path("share").path("high").asDouble());
      }
    }
  }
}
