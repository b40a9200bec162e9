package io.relance.bench;

import com.microsoft.playwright.Page;
import io.relance.support.AgentBrowser;
import io.relance.support.Server;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The manager's figures over a million invoices: the first answer of a server that has just
 * started, and what keeping each day's open amounts adds to an import.
 */
final class FiguresBenchmark {

  private static final int INVOICES = 1_000_000;
  private static final int SEED = 20_000;
  private static final int IMPORTED = 100_000;
  private static final int CHUNK = 1_000;
  private static final int READS = 7;
  private static final int STARTS = 2;

  private static final String FIRST_PAINT =
      "() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntriesByName('first-contentful-paint')[0].startTime))"
          + ".observe({ type: 'paint', buffered: true }))";

  private static final List<String> FIGURES =
      List.of(
          "/api/v1/analytics/aged-balance",
          "/api/v1/analytics/aged-balance?asOf=" + Benchmarks.TODAY.minusMonths(6),
          "/api/v1/analytics/dso",
          "/api/v1/analytics/group",
          "/api/v1/analytics/aged-balance?segment=S3");

  private FiguresBenchmark() {}

  static void run() throws Exception {
    try (Server server = idle()) {
      Benchmarks.importLedger(server, "F", SEED, 1, -20);
      fill(server);
      for (int open : new int[] {10, 100}) {
        open(server, open);
        String what = ", 1,000,000 invoices, %d %% of them open".formatted(open);
        firsts(server, what);
        for (String path : FIGURES) {
          read(server, path, what);
        }
        paint(server, what);
      }
    }
  }

  private static Server idle() throws Exception {
    return Benchmarks.server(
        "bench-figures",
        Benchmarks.with(
            Benchmarks.NOTHING_SCHEDULED,
            Map.of(
                "relance.engine.workers-enabled",
                "false",
                "relance.scoring.interval",
                "10d",
                "relance.analytics.day-interval",
                "10d")));
  }

  /**
   * The invoices behind a prediction: each open one is asked for, by a model that the scoring after
   * a start trained on the paid ones.
   */
  static void predictions() throws Exception {
    try (Server server = idle()) {
      Benchmarks.importLedger(server, "F", SEED, 1, -20);
      fill(server);
      var jdbc = server.database();
      jdbc.update("DELETE FROM pay_date_model");
      server.stop();
      server.start();
      String trained = "SELECT COUNT(*) FROM pay_date_model WHERE parameters IS NOT NULL";
      Benchmarks.await(() -> server.count(trained) > 0);
      jdbc.update("UPDATE pay_date_model SET as_of = as_of - INTERVAL 2 DAY");
      LocalDate monday = Benchmarks.TODAY.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
      for (int percent : new int[] {1, 10, 100}) {
        jdbc.update(
            "UPDATE invoice SET open_amount = amount, settled_on = NULL WHERE id % 100 < ?",
            percent);
        jdbc.execute("ANALYZE TABLE invoice");
        read(
            server,
            "/api/v1/analytics/predictions/items?currency=EUR&week=" + monday,
            ", 1,000,000 invoices, %d %% of them open".formatted(percent));
      }
    }
  }

  /** The seed is doubled until there are enough; issued over two years, in two currencies. */
  private static void fill(Server server) throws Exception {
    var jdbc = server.database();
    Benchmarks.await(() -> answers(server)); // the machine may be busy with the start
    jdbc.update("UPDATE payer SET segment = CONCAT('S', id % 10)");
    int round = 0;
    for (long have = SEED; have < INVOICES; have = server.count("SELECT COUNT(*) FROM invoice")) {
      round++;
      String issued =
          "'%s' - INTERVAL ((id * 7 + %d) %% 730) DAY".formatted(Benchmarks.TODAY, 100 * round);
      jdbc.update(
          "INSERT INTO invoice (creditor_id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount, currency,"
              + " settled_on, created_at, updated_at) SELECT creditor_id, payer_id, CONCAT('G%d-', id), %s, %s + INTERVAL 30 DAY,"
                  .formatted(round, issued, issued)
              + " amount, 0, 0, IF(id % 7 = 0, 'USD', 'EUR'), LEAST("
              + issued
              + " + INTERVAL 40 DAY, '"
              + Benchmarks.TODAY
              + "'), created_at, updated_at FROM invoice LIMIT "
              + (INVOICES - have));
    }
  }

  private static boolean answers(Server server) {
    try {
      return server.count("SELECT COUNT(*) FROM invoice") == SEED;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  /**
   * So many of a hundred are open today; each of the others was for forty days. The figures read
   * what is open from the days that are kept of it, and of the invoices what was billed.
   */
  private static void open(Server server, int percent) {
    var jdbc = server.database();
    jdbc.execute("TRUNCATE TABLE open_span");
    jdbc.update(
        "INSERT INTO open_span (invoice_id, from_day, to_day, creditor_id, currency, open_amount, issue_date, due_date)"
            + " SELECT id, issue_date, IF(id % 100 < ?, '9999-12-31', issue_date + INTERVAL 40 DAY), creditor_id, currency, amount,"
            + " issue_date, due_date FROM invoice",
        percent);
    jdbc.execute("ANALYZE TABLE open_span, invoice, payer");
  }

  /** The first answer of a process and of a database that have just started. */
  private static void firsts(Server server, String what) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      server.stop();
      server.start();
      millis.add(ask(server, FIGURES.getFirst()));
    }
    tell("first GET " + FIGURES.getFirst() + " after a start" + what, millis);
  }

  private static void read(Server server, String path, String what) {
    List<Double> millis = new ArrayList<>();
    for (int i = -1; i < READS; i++) {
      double took = ask(server, path);
      if (i >= 0) {
        millis.add(took);
      }
    }
    tell("GET " + path + what, millis);
  }

  private static double ask(Server server, String path) {
    long begin = System.nanoTime();
    server.get(path, "manager").expect(200);
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void paint(Server server, String what) {
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.setDefaultNavigationTimeout(180_000);
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < READS; i++) {
        page.navigate(server.url() + "/figures");
        millis.add(((Number) page.evaluate(FIRST_PAINT)).doubleValue());
      }
      double first = millis.removeFirst();
      Benchmarks.row("first paint of /figures, the first time" + what, "%.0f ms", first);
      tell("first paint of /figures" + what, millis);
    }
  }

  private static void tell(String what, List<Double> millis) {
    Benchmarks.row(
        what,
        "median **%.0f ms**, slowest of %d %.0f ms",
        Benchmarks.median(millis),
        millis.size(),
        millis.stream().mapToDouble(m -> m).max().orElseThrow());
  }

  /**
   * An import, and in the same run what its statements for the open amounts take, a chunk at a time
   * and each in a commit of its own: at most that is what they add.
   */
  static void imports() throws Exception {
    try (Server server = Benchmarks.server("bench-figures", Benchmarks.NOTHING_SCHEDULED)) {
      Benchmarks.importLedger(server, "W", IMPORTED / 5, 10, -30); // warms up
      List<Double> ratios = new ArrayList<>();
      for (int round = 1; round <= 3; round++) {
        String prefix = "R" + round + "x";
        long begin = System.nanoTime();
        Benchmarks.importLedger(server, prefix, IMPORTED, 10, -30);
        double all = (System.nanoTime() - begin) / 1e9;
        double spans = spans(server, prefix);
        ratios.add((all - spans) / all);
        Benchmarks.row(
            "import of %,d rows, round %d".formatted(IMPORTED, round),
            "%.1f s, of which at most %.1f s keep each day's open amounts",
            all,
            spans);
      }
      Benchmarks.row(
          "**speed of an import that keeps each day's open amounts, against one without**",
          "median **%.2f**",
          Benchmarks.median(ratios));
    }
  }

  private static double spans(Server server, String prefix) {
    var jdbc = server.database();
    jdbc.execute("DROP TABLE IF EXISTS open_span_again");
    jdbc.execute("CREATE TABLE open_span_again LIKE open_span");
    jdbc.update("INSERT INTO open_span_again SELECT * FROM open_span"); // its index is as large
    jdbc.update(
        "DELETE s FROM open_span_again s JOIN invoice i ON i.id = s.invoice_id WHERE i.number LIKE ?",
        prefix + "%");
    LocalDate day = Benchmarks.TODAY;
    long nanos = 0;
    for (int from = 0; from < IMPORTED; from += CHUNK) {
      List<Object> values = new ArrayList<>(List.of(day));
      for (int i = from; i < from + CHUNK; i++) {
        values.add(prefix + "-" + i);
      }
      String known =
          " FROM invoice WHERE creditor_id = 1 AND number IN ("
              + String.join(",", java.util.Collections.nCopies(CHUNK, "?"))
              + ")";
      Object[] all = values.toArray();
      long begin = System.nanoTime();
      jdbc.update(
          "INSERT INTO open_span_again (invoice_id, from_day, to_day, creditor_id, currency, open_amount, issue_date, due_date)"
              + " SELECT id, issue_date, LEAST(COALESCE(settled_on, ?), '2026-01-01'), creditor_id, currency, amount, issue_date, due_date"
              + known
              + " AND open_amount <> amount",
          all);
      jdbc.update(
          "INSERT INTO open_span_again (invoice_id, from_day, to_day, creditor_id, currency, open_amount, issue_date, due_date)"
              + " SELECT id, LEAST(issue_date, ?), '9999-12-31', creditor_id, currency, open_amount, issue_date, due_date"
              + known
              + " AND open_amount <> 0",
          all);
      nanos += System.nanoTime() - begin;
    }
    jdbc.execute("DROP TABLE open_span_again");
    return nanos / 1e9;
  }
}
