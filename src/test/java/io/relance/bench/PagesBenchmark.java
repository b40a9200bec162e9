package io.relance.bench;

import com.microsoft.playwright.Page;
import io.relance.support.AgentBrowser;
import io.relance.support.Server;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long an agent waits for their pages in a browser, with 100,000 open tasks in the list. */
final class PagesBenchmark {

  private static final int OPEN_TASKS = 100_000;
  private static final int CALLS = 60;
  private static final int LOADS = 20;
  private static final int CALM_READINGS = 20;
  private static final int INVOICES_OF_THE_LARGEST = 2_000;

  /** From the key that completes until the next task's form can be filled in. */
  private static final String TO_THE_NEXT =
      """
      () => new Promise((done) => {
        const before = document.getElementById('form').dataset.task;
        const begun = performance.now();
        const look = () => {
          const form = document.getElementById('form');
          if (form && form.dataset.task !== before && form.querySelector('.fjs-form input')) {
            setTimeout(() => done(performance.now() - begun)); // after it was painted
          } else {
            requestAnimationFrame(look);
          }
        };
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
        look();
      })
      """;

  private static final String FIRST_PAINT =
      "() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntriesByName('first-contentful-paint')[0].startTime))"
          + ".observe({ type: 'paint', buffered: true }))";

  private PagesBenchmark() {}

  static void run() throws Exception {
    try (Server server = Benchmarks.server("bench-pages", Benchmarks.NOTHING_SCHEDULED)) {
      Benchmarks.importLedger(server, "T", 1_000, 1, -20);
      subjects(server);
      TasksBenchmark.fillTasks(server, 0, OPEN_TASKS);
      // those that can be worked on come first
      server.database().update("UPDATE engine_user_task SET standing = standing + 1000000");
      server.importLedger(callable().getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
      server.post("/api/v1/collections/start", "").expect(200);
      Benchmarks.await(
          () ->
              server.count(
                      "SELECT COUNT(*) FROM engine_user_task WHERE element_id = 'Task_CallPayer' AND bpmn_process_id = 'payer-call'"
                          + " AND state = 'created' AND rank_at IS NOT NULL")
                  > CALLS);
      awaitQuiet(server);
      try (AgentBrowser browser = AgentBrowser.open(server.url())) {
        browser.logIn("agent");
        for (String list :
            List.of("/tasks", "/tasks?who=all", "/tasks?who=all&queue=calls&band=E")) {
          paint(browser.page(), server.url() + list, "work list " + list);
        }
        paint(browser.page(), server.url() + "/customers/C1", "payer's file, one invoice");
        paint(
            browser.page(),
            server.url() + "/customers/BIG",
            "payer's file, %,d invoices".formatted(INVOICES_OF_THE_LARGEST));
        completions(browser.page(), server.url());
      }
    }
  }

  /** What the cases of the largest payer bring is not what is measured. */
  private static void awaitQuiet(Server server) throws Exception {
    int[] calm = {0};
    Benchmarks.await(
        () -> {
          boolean busy =
              server.count(
                      "SELECT (SELECT COUNT(*) FROM engine_job WHERE state = 'open') + (SELECT COUNT(*) FROM engine_outbox)")
                  > 0;
          calm[0] = busy ? 0 : calm[0] + 1;
          return calm[0] >= CALM_READINGS;
        });
  }

  /** The payers of the many tasks, which no process asks for. */
  private static void subjects(Server server) {
    server
        .database()
        .update(
            "INSERT INTO process_subject (process_instance_key, payer_id, invoice_id)"
                + " SELECT ROW_NUMBER() OVER (ORDER BY id), payer_id, id FROM invoice");
  }

  /** Payers who can only be called, with debts so large that they come first; and one with many. */
  private static String callable() {
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,phone,country,invoice_number,issue_date,due_date,amount,currency\n");
    for (int i = 0; i <= CALLS + 1; i++) {
      csv.append(
          "C%d,Callable %d,+33 1 84 88 00 01,FR,C%d-1,%s,%s,900000.00,EUR\n"
              .formatted(i, i, i, due(40), due(8)));
    }
    for (int i = 0; i < INVOICES_OF_THE_LARGEST; i++) {
      csv.append(
          "BIG,Many Invoices,+33 1 84 88 00 02,FR,BIG-%d,%s,%s,%d.00,EUR\n"
              .formatted(i, due(60), due(i % 50), 10 + i));
    }
    return csv.toString();
  }

  private static String due(int daysAgo) {
    return Benchmarks.TODAY.minusDays(daysAgo).toString();
  }

  private static void paint(Page page, String url, String what) {
    List<Double> millis = new ArrayList<>();
    for (int i = -3; i < LOADS; i++) {
      page.navigate(url);
      double painted = ((Number) page.evaluate(FIRST_PAINT)).doubleValue();
      if (i >= 0) {
        millis.add(painted);
      }
    }
    Benchmarks.row(
        "first paint, " + what,
        "median %.0f ms, slowest of %d %.0f ms",
        Benchmarks.median(millis),
        LOADS,
        millis.stream().mapToDouble(m -> m).max().orElseThrow());
  }

  private static void completions(Page page, String url) {
    page.navigate(url + "/tasks");
    page.locator("[data-testid=task-open]").first().click();
    List<Double> millis = new ArrayList<>();
    for (int i = -5; i < CALLS - 10; i++) {
      page.waitForSelector("#form .fjs-form input");
      page.getByLabel("No answer", new Page.GetByLabelOptions().setExact(true)).check();
      page.waitForSelector("#form[data-ready]"); // no key completes what has just come up
      double waited = ((Number) page.evaluate(TO_THE_NEXT)).doubleValue();
      if (i >= 0) {
        millis.add(waited);
      }
    }
    Benchmarks.row(
        "from complete to the next task's form, %,d open tasks".formatted(OPEN_TASKS),
        "median %.0f ms, slowest of %d %.0f ms",
        Benchmarks.median(millis),
        millis.size(),
        millis.stream().mapToDouble(m -> m).max().orElseThrow());
  }
}
