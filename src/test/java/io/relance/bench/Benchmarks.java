package io.relance.bench;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.relance.support.Server;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints the figures of docs/benchmarks.md: {@code ./mvnw -q -Pbench test-compile exec:exec@bench},
 * and with {@code -Dbench.parts=starts,tasks} only those parts.
 */
public final class Benchmarks {

  static final LocalDate TODAY = LocalDate.of(2026, 3, 3);
  private static final String CLOCK = "2026-03-03T09:00:00Z";
  static final Map<String, String> NOTHING_SCHEDULED =
      Map.of("relance.collection.interval", "10d", "relance.collection.initial-delay", "10d");
  private static final List<String> TABLE = new ArrayList<>();

  private Benchmarks() {}

  public static void main(String[] args) {
    int code = 1;
    try {
      run(args);
      code = 0;
    } catch (Exception failed) {
      failed.printStackTrace();
    }
    System.exit(code); // the threads of clients and of mail would keep it alive
  }

  private static void run(String[] args) throws Exception {
    List<String> wanted = List.of(args[0].split(","));
    System.setProperty("java.net.preferIPv4Stack", "true");
    if (wanted.contains("starts")) {
      starts();
    }
    if (wanted.contains("reminders")) {
      reminders();
    }
    if (wanted.contains("imports")) {
      imports();
    }
    if (wanted.contains("tasks")) {
      TasksBenchmark.run();
    }
    if (wanted.contains("pages")) {
      PagesBenchmark.run();
    }
    if (wanted.contains("flow")) {
      FlowBenchmark.run(Long.getLong("bench.events", 10_000_000));
    }
    if (wanted.contains("screen")) {
      FlowBenchmark.screen();
    }
    if (wanted.contains("spans")) {
      FiguresBenchmark.imports();
    }
    if (wanted.contains("figures")) {
      FiguresBenchmark.run();
    }
    if (wanted.contains("predictions")) {
      FiguresBenchmark.predictions();
    }
    if (wanted.contains("trial")) {
      TrialBenchmark.run();
    }
    if (wanted.contains("warm")) {
      warm();
    }
    System.out.println("\n| what | figure |\n|---|---|");
    TABLE.forEach(System.out::println);
  }

  static void row(String what, String figure, Object... values) {
    String line = "| " + what + " | " + String.format(Locale.ROOT, figure, values) + " |";
    TABLE.add(line);
    System.out.println(line);
  }

  // ---- 1. starts

  private static void starts() throws Exception {
    int count = 1_500;
    try (Server server =
        server(
            "bench-starts", with(NOTHING_SCHEDULED, "relance.engine.workers-enabled", "false"))) {
      BareEngine bare = new BareEngine(server);
      bare.deployCreatedModel();
      bare.publish("invoice-overdue", 10_000_000, 500); // warms the engine up
      bare.create(11_000_000, 500);
      List<Double> toCreated = new ArrayList<>();
      List<Double> toPublished = new ArrayList<>();
      for (int round = 1; round <= 7; round++) {
        double created = bare.create(11_000_000 + round * 100_000, count);
        double published = bare.publish("invoice-overdue", 10_000_000 + round * 100_000, count);
        importLedger(server, "S" + round, count, 1, 20);
        long before = instances(server, "invoice-collection", "active");
        long begin = System.nanoTime();
        server.post("/api/v1/collections/start", "").expect(200);
        await(() -> server.count("SELECT COUNT(*) FROM engine_outbox") == 0);
        double ours = count / seconds(begin);
        await(() -> instances(server, "invoice-collection", "active") >= before + count);
        toCreated.add(ours / created);
        toPublished.add(ours / published);
        row(
            "starts, round " + round,
            "%.0f/s from rows in MySQL; bare engine %.0f/s by create-instance, %.0f/s by message; ratio %.2f and %.2f",
            ours,
            created,
            published,
            ours / created,
            ours / published);
      }
      row(
          "**starts against the bare engine**",
          "median ratio **%.2f** to its start message, %.2f to create-instance on a copy of the model",
          median(toPublished),
          median(toCreated));
      bare.close();
    }
  }

  // ---- 2. reminders

  private static void reminders() throws Exception {
    int count = 1_000;
    GreenMail sink = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    sink.start();
    Map<String, String> mail =
        Map.of(
            "spring.mail.host",
            "127.0.0.1",
            "spring.mail.port",
            "" + sink.getSmtp().getPort(),
            "relance.mail.mode",
            "external",
            "relance.demo.enabled",
            "true",
            "relance.outreach.gather",
            "0s");
    try (Server server = server("bench-reminders", with(mail, NOTHING_SCHEDULED))) {
      BareEngine bare = new BareEngine(server);
      bare.openNoopNotices();
      noop(server, bare, 200);
      remind(server, bare, "W", 200);
      List<Double> ratios = new ArrayList<>();
      for (int round = 1; round <= 3; round++) {
        double noop = noop(server, bare, count);
        double ours = remind(server, bare, "R" + round, count);
        ratios.add(ours / noop);
        row(
            "reminders, round " + round,
            "%.0f/s through facts, text, SMTP and record; no-op workers on the same model %.0f/s; ratio %.2f",
            ours,
            noop,
            ours / noop);
      }
      row("**reminders against no-op workers**", "median ratio **%.2f**", median(ratios));
      bare.close();
    }
    sink.stop();
  }

  private static double noop(Server server, BareEngine bare, int count) throws Exception {
    long before = instances(server, BareEngine.NOOP, "completed");
    long begin = System.nanoTime();
    bare.publishNoopNotices(20_000_000 + before, count);
    await(() -> instances(server, BareEngine.NOOP, "completed") >= before + count);
    return count / seconds(begin);
  }

  /** Asks for a reminder of every invoice that has none yet, and waits until all are sent. */
  private static double remind(Server server, BareEngine bare, String prefix, int count)
      throws Exception {
    importLedger(server, prefix, count, 1, 20);
    long sentBefore = server.count("SELECT COUNT(*) FROM notice WHERE state = 'sent'");
    long completedBefore = instances(server, "payer-notice", "completed");
    server
        .database()
        .update(
            "INSERT INTO notice_request (payer_id, invoice_id, channel, tone, source, state, requested_at)"
                + " SELECT i.payer_id, i.id, 'email', 'courteous', CONCAT('bench-', i.id), 'requested', NOW(6) FROM invoice i"
                + " LEFT JOIN notice_request r ON r.invoice_id = i.id WHERE r.id IS NULL");
    List<Long> payers =
        server
            .database()
            .queryForList(
                "SELECT payer_id FROM notice_request WHERE state = 'requested' ORDER BY payer_id",
                Long.class);
    long begin = System.nanoTime();
    bare.publishNotices(payers);
    await(
        () ->
            server.count("SELECT COUNT(*) FROM notice WHERE state = 'sent'") >= sentBefore + count
                && instances(server, "payer-notice", "completed") >= completedBefore + count);
    return count / seconds(begin);
  }

  // ---- 3. imports

  private static void imports() throws Exception {
    for (int count : new int[] {100_000, 1_000_000}) {
      try (Server server = server("bench-imports", NOTHING_SCHEDULED)) {
        Path file = ledgerFile("M", count, 10, -30);
        double load = loadData(server, file, count);
        AtomicLong peak = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Thread watch = Thread.ofPlatform().start(() -> watchHeap(server, peak, done));
        long begin = System.nanoTime();
        server.importLedger(Files.readAllBytes(file), Map.of()).expect(200);
        double rate = count / seconds(begin);
        begin = System.nanoTime();
        server.importLedger(Files.readAllBytes(file), Map.of()).expect(200);
        double again = count / seconds(begin);
        done.set(true);
        watch.join();
        row(
            String.format(Locale.ROOT, "import of %,d rows", count),
            "%,.0f rows/s (%.0f µs a row), the same file again %,.0f rows/s; LOAD DATA into one table %,.0f rows/s; ratio %.2f; peak heap %d MB of 512",
            rate,
            1e6 / rate,
            again,
            load,
            rate / load,
            peak.get() >> 20);
        Files.delete(file);
      }
    }
  }

  private static void watchHeap(Server server, AtomicLong peak, AtomicBoolean done) {
    while (!done.get()) {
      try {
        double used =
            server
                .get("/actuator/metrics/jvm.memory.used?tag=area:heap")
                .json()
                .path("measurements")
                .get(0)
                .path("value")
                .asDouble();
        peak.accumulateAndGet((long) used, Math::max);
        Thread.sleep(300);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException busy) {
        // the next reading will do
      }
    }
  }

  private static double loadData(Server server, Path file, int count) throws SQLException {
    String url =
        "jdbc:mysql://127.0.0.1:"
            + server.setting("relance.database.port")
            + "/relance?allowLoadLocalInfile=true";
    try (Connection connection = DriverManager.getConnection(url, "relance", secret(server));
        Statement sql = connection.createStatement()) {
      sql.execute("DROP TABLE IF EXISTS bench_load");
      sql.execute(
          "CREATE TABLE bench_load (customer_id VARCHAR(60), customer_name VARCHAR(200), email VARCHAR(254), invoice_number VARCHAR(60),"
              + " issue_date DATE, due_date DATE, amount DECIMAL(19,4), currency CHAR(3), KEY (invoice_number))");
      long begin = System.nanoTime();
      sql.execute(
          "LOAD DATA LOCAL INFILE '"
              + file
              + "' INTO TABLE bench_load FIELDS TERMINATED BY ',' IGNORE 1 LINES");
      double rate = count / seconds(begin);
      sql.execute("DROP TABLE bench_load");
      return rate;
    }
  }

  // ---- 5. warm start

  private static void warm() throws Exception {
    System.clearProperty("relance.test.optimise"); // the start that a newcomer sees
    Server server = server("bench-warm", Map.of());
    server.stop();
    long begin = System.nanoTime();
    server.launch();
    await(
        () -> {
          try {
            return server.get("/login", null).status() == 200;
          } catch (RuntimeException notYet) {
            return false;
          }
        });
    double page = seconds(begin);
    server.awaitReady();
    double ready = seconds(begin);
    row("warm start", "first page after **%.1f s**, engine ready after %.1f s", page, ready);
    row(
        "resident memory",
        "application %d MB, broker %d MB, database %d MB",
        rss(server.pid()),
        rss(server.children("StandaloneBroker").getFirst().pid()),
        rss(server.children("mariadbd").getFirst().pid()));
    server.close();
  }

  private static long rss(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(l -> l.startsWith("VmRSS"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  // ---- common

  static Server server(String name, Map<String, String> settings) {
    return Server.fresh(name, with(settings, "relance.clock.start", CLOCK));
  }

  static Map<String, String> with(Map<String, String> settings, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(more);
    return all;
  }

  static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(name, value);
    return all;
  }

  static void importLedger(Server server, String prefix, int count, int perPayer, int dueDaysAgo)
      throws IOException {
    Path file = ledgerFile(prefix, count, perPayer, dueDaysAgo);
    server.importLedger(Files.readAllBytes(file), Map.of()).expect(200);
    Files.delete(file);
  }

  private static Path ledgerFile(String prefix, int count, int perPayer, int dueDaysAgo)
      throws IOException {
    Path file = Files.createTempFile("relance-bench", ".csv");
    LocalDate due = TODAY.minusDays(dueDaysAgo);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(
          "customer_id,customer_name,email,invoice_number,issue_date,due_date,amount,currency\n");
      for (int i = 0; i < count; i++) {
        int payer = i / perPayer;
        out.write(
            prefix
                + payer
                + ",Payer "
                + payer
                + ","
                + prefix
                + payer
                + "@payers.example,"
                + prefix
                + "-"
                + i
                + ","
                + due.minusDays(30)
                + ","
                + due
                + ","
                + (100 + i % 900)
                + ".50,EUR\n");
      }
    }
    return file;
  }

  private static long instances(Server server, String process, String state) {
    return server.count(
        "SELECT COUNT(*) FROM engine_instance WHERE bpmn_process_id = ? AND state = ?",
        process,
        state);
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + 600_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it did not come to that in ten minutes");
      }
      Thread.sleep(50);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static String secret(Server server) {
    try {
      return Files.readString(server.home().resolve("secrets/database")).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
