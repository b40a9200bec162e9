package io.relance.bench;

import com.microsoft.playwright.Page;
import io.relance.support.AgentBrowser;
import io.relance.support.Server;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the figures of the processes cost: ten million element events of a year, rolled up while
 * they are measured, then the pages that show them, and the tables that keep them.
 */
final class FlowBenchmark {

  /** Events are numbered by their time: so many of them stand in the time of one case's begin. */
  private static final int SLOT = 64;

  private static final int PARTITION = 9;
  private static final long INSTANCES = 7_000_000_000L;
  private static final int SECONDS_A_CASE = 138;
  private static final int CASES_A_WEEK = 7 * 86_400 / SECONDS_A_CASE;
  private static final int PART = 10_000;
  private static final int LOADS = 20;

  /** Ids of payers and invoices: those that the database gives leave gaps. */
  private static final long FIRST_ID = 50_000_000;

  private final Server server;
  private final JdbcTemplate jdbc;
  private final long model;
  private final int cases;
  private final Instant begin;

  private FlowBenchmark(Server server, long events) {
    this.server = server;
    jdbc = server.database();
    model =
        server.count(
            "SELECT MAX(process_key) FROM engine_process WHERE bpmn_process_id = 'invoice-collection'");
    cases = (int) (events / 40); // of the last weeks, cases have fewer than 44
    begin = Instant.parse("2026-03-03T08:00:00Z").minusSeconds((long) cases * SECONDS_A_CASE);
  }

  /**
   * @param events about so many
   */
  static void run(long events) throws Exception {
    try (Server server = Benchmarks.server("bench-flow", Benchmarks.NOTHING_SCHEDULED)) {
      FlowBenchmark bench = new FlowBenchmark(server, events);
      bench.fillLedger();
      bench.fillEvents();
      bench.rollUp();
      bench.sizes();
      bench.views();
    }
  }

  private void fillLedger() {
    jdbc.execute("CREATE TABLE bench_n (n INT NOT NULL PRIMARY KEY)");
    for (int low = 0; low < PART; low += 1_000) {
      List<Object[]> numbers = new ArrayList<>();
      for (int i = low; i < low + 1_000; i++) {
        numbers.add(new Object[] {i});
      }
      jdbc.batchUpdate("INSERT INTO bench_n VALUES (?)", numbers);
    }
    String now = "'2026-03-03 09:00:00'";
    each(
        "INSERT INTO payer (id, creditor_id, number, name, segment, created_at, updated_at) SELECT "
            + FIRST_ID
            + " + %1$s, 1, CONCAT('F', %1$s), CONCAT('Payer ', %1$s),"
            + " ELT(1 + %1$s %% 4, 'retail', 'public', 'key-account', 'export'), "
            + now
            + ", "
            + now
            + " FROM bench_n WHERE %1$s < "
            + cases / 10);
    jdbc.update(
        "INSERT INTO payer_score (payer_id, as_of, score, band, reasons, facts, decision_version, computed_at)"
            + " SELECT id, '2025-01-01', 50, ELT(1 + id % 5, 'A', 'B', 'C', 'D', 'E'), '[]', '{}', 1, "
            + now
            + " FROM payer WHERE number LIKE 'F%'");
    String payer = FIRST_ID + " + %1$s DIV 10 %% " + Math.max(1, cases / 10);
    String begun =
        "'" + Timestamp.from(begin) + "' + INTERVAL %1$s * " + SECONDS_A_CASE + " SECOND";
    each(
        "INSERT INTO invoice (id, creditor_id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount, currency,"
            + " settled_on, created_at, updated_at) SELECT "
            + FIRST_ID
            + " + %1$s, 1, "
            + payer
            + ", CONCAT('F-', %1$s), DATE("
            + begun
            + ") - INTERVAL 35 DAY, DATE("
            + begun
            + ") - INTERVAL 5 DAY, 100 + %1$s %% 900, IF(%1$s %% 3 = 0, 100 + %1$s %% 900, 0), 0, 'EUR', IF(%1$s %% 3 = 0, NULL, DATE("
            + begun
            + ") + INTERVAL 1 + %1$s %% 40 DAY), "
            + now
            + ", "
            + now
            + " FROM bench_n WHERE %1$s < "
            + cases);
    long invoice = FIRST_ID;
    String instance = INSTANCES + " + %1$s * " + SLOT;
    each(
        "INSERT INTO engine_instance (process_instance_key, process_key, bpmn_process_id, version, partition_id, state, started_at) SELECT "
            + instance
            + ", "
            + model
            + ", 'invoice-collection', 1, "
            + PARTITION
            + ", 'active', "
            + begun
            + " FROM bench_n WHERE %1$s < "
            + cases);
    each(
        "INSERT INTO process_subject (process_instance_key, payer_id, invoice_id) SELECT "
            + instance
            + ", "
            + payer
            + ", "
            + invoice
            + " + %1$s FROM bench_n WHERE %1$s < "
            + cases);
    each(
        "INSERT INTO collection_case (invoice_id, payer_id, live, state, process_instance_key, opened_at) SELECT "
            + invoice
            + " + %1$s, "
            + payer
            + ", 1, 'open', "
            + instance
            + ", "
            + begun
            + " FROM bench_n WHERE %1$s < "
            + cases);
  }

  /** A statement for each {@value #PART} cases; {@code %1$s} is the number of a case. */
  private void each(String sql) {
    for (int low = 0; low < cases; low += PART) {
      jdbc.update(sql.formatted("(n + " + low + ")"));
    }
  }

  private void fillEvents() {
    jdbc.execute(
        "CREATE TABLE bench_event (rounds INT, n INT, token INT, element VARCHAR(60), type VARCHAR(40), change_ VARCHAR(16), slots INT,"
            + " PRIMARY KEY (rounds, n))");
    for (int rounds = 1; rounds <= 4; rounds++) {
      template(rounds);
    }
    long began = System.nanoTime();
    for (int low = 0; low < cases; low += PART) {
      jdbc.update(
          """
          INSERT INTO engine_element_event (partition_id, position, process_instance_key, element_instance_key, process_key, element_id,
            element_type, intent, at)
          SELECT %1$d, (c.n + %2$d + t.slots) * %3$d + t.n, %4$d + (c.n + %2$d) * %3$d, %4$d + (c.n + %2$d) * %3$d + t.token, %5$d,
            t.element, t.type, t.change_, '%6$s' + INTERVAL (c.n + %2$d + t.slots) * %7$d SECOND
          FROM bench_n c JOIN bench_event t ON t.rounds = 1 + c.n %% 4 WHERE c.n + %2$d + t.slots < %8$d
          """
              .formatted(
                  PARTITION,
                  low,
                  SLOT,
                  INSTANCES,
                  model,
                  Timestamp.from(begin),
                  SECONDS_A_CASE,
                  cases));
      System.out.printf("%,d cases, %.0f s%n", low + PART, seconds(began));
    }
    jdbc.execute("ANALYZE TABLE engine_element_event");
  }

  /** A case of so many rounds, a week apart. */
  private void template(int rounds) {
    List<Object[]> events = new ArrayList<>();
    String[] acts = {"Task_SendEmail", "Task_SendEmail", "Task_RequestCall", "Task_SendLetter"};
    Template template = new Template(rounds, events);
    template.begins(0, "invoice-collection", "PROCESS", 0);
    template.passes("StartEvent_InvoiceOverdue", "START_EVENT", 0);
    template.passes("Task_OpenCase", "SERVICE_TASK", 0);
    template.passes("Gateway_CaseIsOurs", "EXCLUSIVE_GATEWAY", 0);
    for (int round = 0; round < rounds; round++) {
      int slot = round * CASES_A_WEEK;
      template.passes("Task_ReadSituation", "SERVICE_TASK", slot);
      template.passes("Task_DecideTreatment", "BUSINESS_RULE_TASK", slot);
      template.passes("Gateway_Treatment", "EXCLUSIVE_GATEWAY", slot);
      template.passes(acts[round], "SERVICE_TASK", slot);
      template.passes("Task_RecordStep", "SERVICE_TASK", slot);
      int timer = template.begins("Timer_WaitForNextStep", "INTERMEDIATE_CATCH_EVENT", slot);
      template.ends(
          timer, "Timer_WaitForNextStep", "INTERMEDIATE_CATCH_EVENT", slot + CASES_A_WEEK);
    }
    int slot = rounds * CASES_A_WEEK;
    template.passes("Task_CloseCase", "SERVICE_TASK", slot);
    template.passes("EndEvent_CaseEnded", "END_EVENT", slot);
    template.ends(0, "invoice-collection", "PROCESS", slot);
    jdbc.batchUpdate("INSERT INTO bench_event VALUES (?,?,?,?,?,?,?)", events);
  }

  private static final class Template {
    private final int rounds;
    private final List<Object[]> events;
    private int tokens;

    Template(int rounds, List<Object[]> events) {
      this.rounds = rounds;
      this.events = events;
    }

    int begins(String element, String type, int slot) {
      begins(++tokens, element, type, slot);
      return tokens;
    }

    void begins(int token, String element, String type, int slot) {
      events.add(new Object[] {rounds, events.size(), token, element, type, "activated", slot});
    }

    void ends(int token, String element, String type, int slot) {
      events.add(new Object[] {rounds, events.size(), token, element, type, "completed", slot});
    }

    void passes(String element, String type, int slot) {
      ends(begins(element, type, slot), element, type, slot);
    }
  }

  private void rollUp() throws Exception {
    long events =
        server.count("SELECT COUNT(*) FROM engine_element_event WHERE partition_id = ?", PARTITION);
    long last =
        server.count(
            "SELECT MAX(position) FROM engine_element_event WHERE partition_id = ?", PARTITION);
    long began = System.nanoTime();
    jdbc.update(
        "INSERT INTO engine_position (partition_id, position, updated_at) VALUES (?, ?, NOW(6))",
        PARTITION,
        last);
    long told = began;
    while (progress() < last) {
      Thread.sleep(500);
      if (seconds(told) > 30) {
        told = System.nanoTime();
        System.out.printf(
            "rolled up %.0f %% in %.0f s%n", 100.0 * progress() / last, seconds(began));
      }
      if (seconds(began) > 7_200) {
        throw new IllegalStateException("not rolled up in two hours; see " + server.log());
      }
    }
    Benchmarks.row(
        "roll-up of %,d element events of %,d cases".formatted(events, cases),
        "%,.0f events/s (%.0f s)",
        events / seconds(began),
        seconds(began));
    Benchmarks.await(() -> server.count("SELECT COUNT(*) FROM flow_case") >= cases);
    System.out.printf("all cases known after %.0f s%n", seconds(began));
  }

  private long progress() {
    return server.count(
        "SELECT COALESCE(MAX(position), 0) FROM flow_progress WHERE stream = ?",
        "events-" + PARTITION);
  }

  private void sizes() {
    for (String table :
        List.of(
            "engine_element_event",
            "flow_instance",
            "flow_case",
            "flow_visit",
            "flow_open",
            "flow_day",
            "flow_duration",
            "flow_repeat",
            "flow_pair",
            "flow_path")) {
      jdbc.queryForList("ANALYZE TABLE " + table);
      long bytes =
          server.count(
              "SELECT data_length + index_length FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?",
              table);
      Benchmarks.row(
          "table " + table,
          "%,d rows, %.1f MB, %,.0f bytes a case",
          server.count("SELECT COUNT(*) FROM " + table),
          bytes / 1e6,
          (double) bytes / cases);
    }
  }

  private void views() {
    String api = "/api/v1/processes/invoice-collection/";
    // the virtual machine reads the classes of the pages once; figures of another model do for that
    time(
        "GET versions/1/flow of a model without cases",
        () -> server.get("/api/v1/processes/payer-call/versions/1/flow", "manager").expect(200));
    for (String period :
        List.of("", "?from=2025-03-04", "?from=2025-03-04&segment=retail&band=C")) {
      for (String what :
          List.of("versions/1/flow", "funnel", "paths", "loops", "between", "outliers")) {
        time("GET " + what + period, () -> server.get(api + what + period, "manager").expect(200));
      }
    }
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.navigate(server.url() + "/flow/payer-call");
      page.waitForSelector("#heat[data-ready]");
      time(
          "heat map in Chromium until it is drawn, 90 days",
          () -> {
            page.navigate(server.url() + "/flow/invoice-collection");
            page.waitForSelector("#heat[data-ready]");
          });
      time(
          "who came to a step in a year, the newest 200, in Chromium",
          () ->
              page.navigate(
                  server.url()
                      + "/flow/invoice-collection/cases?element=Task_SendEmail&from=2025-03-04"));
      time(
          "page of ways in Chromium until it is loaded, 90 days",
          () -> page.navigate(server.url() + "/flow/invoice-collection/paths"));
    }
  }

  private static void time(String what, Runnable load) {
    double[] millis = new double[LOADS];
    for (int i = 0; i < LOADS; i++) {
      long began = System.nanoTime();
      load.run();
      millis[i] = 1_000 * seconds(began);
    }
    double first = millis[0];
    Arrays.sort(millis);
    Benchmarks.row(
        what,
        "first %.0f ms, median %.0f ms, slowest %.0f ms",
        first,
        millis[LOADS / 2],
        millis[LOADS - 1]);
  }

  /** From an agent's answer until the step is in the figures that a manager asks for. */
  static void screen() throws Exception {
    int calls = 60;
    try (Server server = Benchmarks.server("bench-screen", Map.of())) {
      StringBuilder csv =
          new StringBuilder(
              "customer_id,customer_name,phone,country,invoice_number,issue_date,due_date,amount,currency\n");
      for (int i = 0; i < calls; i++) {
        csv.append(
            "C%1$d,Payer %1$d,+33 1 00 00 00 00,FR,C-%1$d,2026-01-20,2026-02-20,%2$d.00,EUR%n"
                .formatted(i, 100 + i));
      }
      server
          .importLedger(csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of())
          .expect(200);
      server.post("/api/v1/collections/start", "").expect(200);
      String open =
          "SELECT COUNT(*) FROM engine_user_task WHERE element_id = 'Task_CallPayer' AND state = 'created'";
      Benchmarks.await(() -> server.count(open) == calls);
      List<Long> tasks =
          server
              .database()
              .queryForList(
                  "SELECT user_task_key FROM engine_user_task WHERE element_id = 'Task_CallPayer' AND state = 'created'",
                  Long.class);
      List<Double> seconds = new ArrayList<>();
      long done = 0;
      for (long task : tasks) {
        long began = System.nanoTime();
        server
            .post(
                "/api/v1/tasks/" + task + "/complete",
                "{\"variables\":{\"callOutcome\":\"no-answer\"}}",
                "agent")
            .expect(204);
        long expected = ++done;
        Benchmarks.await(() -> completed(server) >= expected);
        seconds.add(seconds(began));
      }
      List<Double> sorted = seconds.stream().sorted().toList();
      Benchmarks.row(
          "from an agent's answer to the completed step in the heat map's figures, %d times"
              .formatted(calls),
          "median %.1f s, p95 %.1f s, slowest %.1f s",
          sorted.get(calls / 2),
          sorted.get((int) Math.ceil(0.95 * calls) - 1),
          sorted.getLast());
    }
  }

  private static long completed(Server server) {
    return server
        .get("/api/v1/processes/payer-call/versions/1/flow", "manager")
        .expect(200)
        .json()
        .path("elements")
        .valueStream()
        .filter(element -> element.path("id").asString().equals("Task_CallPayer"))
        .mapToLong(element -> element.path("completed").asLong())
        .sum();
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
