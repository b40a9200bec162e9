package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static io.relance.support.PayerFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The main job as its users tell it, on a real broker, a real database and a real mail server. */
class MainJobStoryTest {

  private final Server server = SharedServer.get();

  /** The stories begin in the sending window, on days that are the same whatever ran before. */
  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void anOverdueInvoiceIsRemindedOnceThoughTheSchedulerRunsAHundredTimes() throws Exception {
    PayerFixture payer = aPayer(server).owes(1, "240.50", "EUR", 4);
    try (var replicas = Executors.newFixedThreadPool(4)) {
      List<Callable<Server.Answer>> runs =
          java.util.Collections.nCopies(100, () -> server.post("/api/v1/collections/start", ""));
      for (Future<Server.Answer> run : replicas.invokeAll(runs)) {
        run.get().expect(200);
      }
    }
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size(), mails -> mails == 1);
    server.advance("PT2H");
    assertThat(payer.mails()).hasSize(1);
    assertThat(payer.processes(1)).isEqualTo(1);
    assertThat(payer.mails().getFirst().getSubject())
        .isEqualTo("A reminder: invoice " + payer.invoice(1));
    assertThat(textOf(payer.mails().getFirst())).contains(payer.invoice(1), "240.50", "EUR");
    assertThat(payer.timeline(1)).contains("Collection started", "E-mail (courteous)");
  }

  @Test
  void aPaymentBeforeTheStepStopsEverything() {
    PayerFixture payer = aPayer(server).owes(1, "100.00", "EUR", 1);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.processes(1) == 1);
    assertThat(payer.pays(1, "100.00", "EUR").path("matched").asInt()).isEqualTo(1);
    server.advance("P12D");
    assertThat(payer.mails()).isEmpty();
    assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM engine_instance e JOIN collection_case c USING (process_instance_key) JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ? AND e.state = 'active'",
                payer.invoice(1)))
        .isZero();
  }

  /** Between the decision and the send: the reminder is asked for, the notice still gathers. */
  @Test
  void aPaymentBetweenDecisionAndSendIsSeen() {
    PayerFixture payer = aPayer(server).owes(1, "77.00", "EUR", 5);
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM notice_request r JOIN invoice i ON i.id = r.invoice_id WHERE i.number = ? AND r.state = 'requested'",
                        payer.invoice(1))
                    == 1);
    payer.pays(1, "77.00", "EUR");
    server.advance("P3D");
    assertThat(payer.mails()).isEmpty();
    assertThat(payer.timeline(1)).contains("Not sent: settled");
  }

  @Test
  void aPaymentAfterTheSendEndsTheProcessAndNothingFollows() {
    PayerFixture payer = aPayer(server).owes(1, "88.00", "EUR", 5);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size() == 1);
    payer.pays(1, "88.00", "EUR");
    server.advance("P12D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(payer.openTasks()).isEmpty();
  }

  @Test
  void aPartialPaymentLeavesTheRestToBeRemindedOf() {
    PayerFixture payer = aPayer(server).owes(1, "300.00", "EUR", -2);
    payer.pays(1, "120.00", "EUR");
    assertThat(payer.file(1).path("openAmount").asString()).isEqualTo("180.00");
    server.advance("P7D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(textOf(payer.mails().getFirst()))
        .contains("180.00")
        .contains("remaining after part payment")
        .doesNotContain("300.00");
  }

  /**
   * Down for ten days over two due steps: the latest is taken, the other passed over, and one
   * message goes.
   */
  @Test
  void missedDaysAreCaughtUpByTheLatestStepAlone() {
    PayerFixture payer = aPayer(server).owes(1, "500.00", "EUR", 1);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.processes(1) == 1);
    server.jump("P11D");
    server.advance("P1D");
    assertThat(payer.steps(1, "skipped")).containsExactly("courteous-reminder");
    assertThat(payer.steps(1, "taken")).containsExactly("firm-reminder");
    assertThat(payer.mails()).hasSize(1);
    assertThat(payer.timeline(1)).contains("passed over");
  }

  @Test
  void theLastReminderSaysThatItIsTheLast() {
    PayerFixture payer = aPayer(server).owes(1, "640.00", "EUR", 26);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size() == 1);
    assertThat(textOf(payer.mails().getFirst())).contains(payer.invoice(1), "640.00");
    assertThat(payer.timeline(1)).contains("E-mail (final)");
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> payer.steps(1, "taken"), List.of("final-reminder")::equals);
  }

  @Test
  void aPayerWithSeveralOverdueInvoicesHearsOnceADayOfAllOfThem() throws Exception {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "10.00", "EUR", 12),
                item(2, "20.00", "EUR", 6),
                item(3, "30.00", "EUR", 4));
    server.advance("PT1H");
    assertThat(payer.mails()).hasSize(1);
    assertThat(textOf(payer.mails().getFirst()))
        .contains(payer.invoice(1), payer.invoice(2), payer.invoice(3), "60.00");
    assertThat(payer.mails().getFirst().getSubject())
        .startsWith("Please pay"); // the firmest of the three tones
    server.advance("P10D");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM (SELECT business_date FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ? GROUP BY business_date HAVING COUNT(*) > 1) d",
                payer.number()))
        .isZero();
  }

  /**
   * A stage follows from the invoice's own facts, so the others neither fall back nor leap ahead.
   */
  @Test
  void payingTheOldestOfFourLeavesTheOthersAtTheirSteps() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "1.00", "EUR", 9),
                item(2, "2.00", "EUR", 4),
                item(3, "3.00", "EUR", 4),
                item(4, "4.00", "EUR", 4));
    server.advance("PT1H");
    List<List<String>> before =
        java.util.stream.IntStream.rangeClosed(2, 4)
            .mapToObj(n -> payer.steps(n, "taken"))
            .toList();
    payer.pays(1, "1.00", "EUR");
    server.advance("P2D");
    for (int n = 2; n <= 4; n++) {
      assertThat(payer.steps(n, "taken")).hasSize(1).isEqualTo(before.get(n - 2));
      assertThat(payer.steps(n, "skipped")).isEmpty();
    }
    assertThat(payer.mails()).hasSize(1);
  }

  @Test
  void aCreditNoteThatZeroesTheAccountEndsTheCollection() {
    PayerFixture payer = aPayer(server).owes(1, "150.00", "EUR", 2);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.processes(1) == 1);
    payer.owes(2, "-150.00", "EUR", 0);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
    server.advance("P10D");
    assertThat(payer.mails()).isEmpty();
  }

  @Test
  void threeCurrenciesAreNeverAddedUp() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "100.00", "EUR", 5),
                item(2, "200.00", "USD", 5),
                item(3, "30000", "JPY", 5));
    server.advance("PT1H");
    assertThat(payer.mails()).hasSize(1);
    assertThat(textOf(payer.mails().getFirst()))
        .contains("100.00\u00a0EUR", "200.00\u00a0USD", "30,000\u00a0JPY")
        .doesNotContain("30,300");
    JsonNode customer = server.get("/api/v1/customers/" + payer.number()).json();
    assertThat(customer.path("overdueAmount").toString())
        .isEqualTo("{\"EUR\":\"100.00\",\"JPY\":\"30000\",\"USD\":\"200.00\"}");
  }

  @Test
  void aDisputedInvoiceIsNotRemindedOf() {
    PayerFixture payer = aPayer(server);
    payer.row(1, "90.00", "EUR", 5, "yes", "");
    server.advance("P8D");
    assertThat(payer.processes(1)).isEqualTo(1);
    assertThat(payer.mails()).isEmpty();
    assertThat(payer.timeline(1)).contains("No reminder while: disputed");
  }

  @Test
  void aReimportWithASettlementDateEndsTheCollection() {
    PayerFixture payer = aPayer(server).owes(1, "61.74", "EUR", 2);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.processes(1) == 1);
    payer.row(1, "61.74", "EUR", 2, "no", payer.today().toString());
    server.advance("P10D");
    assertThat(payer.mails()).isEmpty();
    assertThat(payer.file(1).path("settledOn").asString()).isNotEmpty();
  }

  @Test
  void whoHasNoAddressIsCalledAndTheClaimIsExclusive() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "450.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.openTasks().size() == 1);
    JsonNode task = payer.openTasks().get(0);
    String key = task.path("key").asString();
    assertThat(task.path("type").asString()).isEqualTo("Task_CallPayer");
    assertThat(task.path("name").asString()).isEqualTo("Call payer");
    assertThat(task.path("formId").asString()).isEqualTo("payer-call");
    assertThat(task.path("invoices").get(0).asString()).isEqualTo(payer.invoice(1));
    server.post("/api/v1/tasks/" + key + "/claim", "", "agent").expect(204);
    assertThat(server.post("/api/v1/tasks/" + key + "/claim", "", "manager").expect(409).body())
        .contains("task-taken", "agent");
    assertThat(
            server
                .post(
                    "/api/v1/tasks/" + key + "/complete",
                    "{\"variables\":{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\"}}",
                    "manager")
                .expect(409)
                .body())
        .contains("agent");
    server
        .post(
            "/api/v1/tasks/" + key + "/complete",
            "{\"variables\":{\"callOutcome\":\"sing\",\"nonpaymentReason\":\"other\"}}",
            "agent")
        .expect(422);
    server.post("/api/v1/tasks/" + key + "/complete", "{\"variables\":{}}", "agent").expect(422);
    String promised = payer.today().plusDays(5).toString();
    server
        .post(
            "/api/v1/tasks/" + key + "/complete",
            "{\"variables\":{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\",\"promisedFor\":\""
                + promised
                + "\",\"callNote\":\"=cmd|calc\"}}",
            "agent")
        .expect(204);
    server
        .post(
            "/api/v1/tasks/" + key + "/complete",
            "{\"variables\":{\"callOutcome\":\"refuses\",\"nonpaymentReason\":\"other\"}}",
            "agent")
        .expect(409);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> payer.timeline(1).contains("Promised to pay by " + promised));
    assertThat(payer.file(1).path("status").asString()).isEqualTo("promised");
    server.advance("P4D");
    assertThat(payer.openTasks()).isEmpty();
    server.advance("P8D");
    assertThat(payer.timeline(1)).contains("The promise to pay by " + promised + " was not kept");
  }

  /**
   * The mail server is away: tried again with back-off, then an incident that a person sees and
   * mends; sent once in the end.
   */
  @Test
  void aMailServerThatIsAwayEndsInAnIncidentAndLosesNothing() {
    PayerFixture payer = aPayer(server).owes(1, "66.00", "EUR", 5);
    SharedServer.mail().stop();
    try {
      await()
          .atMost(Duration.ofMinutes(4))
          .until(
              () ->
                  server
                      .get("/api/v1/incidents")
                      .body()
                      .contains("the mail server cannot be used now"));
    } finally {
      SharedServer.mail().start();
    }
    assertThat(payer.mails()).isEmpty();
    for (JsonNode incident : server.get("/api/v1/incidents").json()) {
      server
          .post("/api/v1/incidents/" + incident.path("key").asString() + "/retry", "")
          .expect(204);
    }
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size() == 1);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.get("/api/v1/incidents").json().isEmpty());
    server.advance("P1D");
    assertThat(payer.mails()).hasSize(1);
  }

  @Test
  void coverageAddsUpAndNamesExclusions() {
    PayerFixture payer = aPayer(server).owes(1, "10.00", "EUR", -3);
    server
        .put(
            "/api/v1/invoices/" + payer.invoice(1) + "/exclusion",
            "{\"reason\":\"the owner's brother\"}",
            "manager")
        .expect(204);
    server.advance("P6D");
    JsonNode coverage = server.get("/api/v1/analytics/coverage").json();
    assertThat(coverage.path("orphans").asLong()).isZero();
    assertThat(coverage.path("excluded").asLong()).isPositive();
    assertThat(
            coverage.path("withProcess").asLong()
                + coverage.path("starting").asLong()
                + coverage.path("excluded").asLong())
        .isEqualTo(coverage.path("overdue").asLong());
    assertThat(payer.processes(1)).isZero();
    assertThat(payer.mails()).isEmpty();
  }

  /**
   * Nobody answered, or asked to be called later: the call comes again, three times at the most.
   */
  @Test
  void aCallThatReachedNobodyComesAgain() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "460.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.openTasks().size() == 1);
    String day = payer.today().plusDays(2).toString();
    complete(payer, "{\"callOutcome\":\"call-back\",\"nonpaymentReason\":\"other\"}", 422);
    complete(
        payer,
        "{\"callOutcome\":\"call-back\",\"nonpaymentReason\":\"other\",\"callBackOn\":\"2999-01-01\"}",
        422);
    complete(
        payer,
        "{\"callOutcome\":\"call-back\",\"nonpaymentReason\":\"other\",\"callBackOn\":\"soon\"}",
        422);
    complete(
        payer,
        "{\"callOutcome\":\"call-back\",\"nonpaymentReason\":\"other\",\"callBackOn\":\""
            + day
            + "\"}",
        204);
    await().atMost(Duration.ofSeconds(20)).until(() -> payer.openTasks().isEmpty());
    server.advance("P4D");
    assertThat(payer.openTasks()).as("the second call").hasSize(1);
    complete(payer, "{\"callOutcome\":\"no-answer\"}", 204);
    server.advance("P4D");
    assertThat(payer.openTasks()).as("the third call").hasSize(1);
    assertThat(payer.openTasks().get(0).path("type").asString()).isEqualTo("Task_CallPayer");
  }

  private void complete(PayerFixture payer, String variables, int status) {
    String key = payer.openTasks().get(0).path("key").asString();
    server
        .post("/api/v1/tasks/" + key + "/complete", "{\"variables\":" + variables + "}", "agent")
        .expect(status);
  }

  /** The end of the road is a person's decision; "keep" brings it back on the day they named. */
  @Test
  void aCaseThatIsKeptComesBackToAPerson() {
    PayerFixture payer = aPayer(server).owes(1, "30.00", "EUR", 60);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.openTasks().size() == 1);
    assertThat(payer.openTasks().get(0).path("type").asString()).isEqualTo("Task_ReviewCase");
    String until = payer.today().plusDays(3).toString();
    complete(
        payer,
        "{\"reviewOutcome\":\"keep\",\"reviewNote\":\"they sell a house\",\"keepUntil\":\""
            + until
            + "\"}",
        204);
    await().atMost(Duration.ofSeconds(20)).until(() -> payer.openTasks().isEmpty());
    server.advance("P6D");
    assertThat(payer.openTasks()).hasSize(1);
    complete(payer, "{\"reviewOutcome\":\"written-off\",\"reviewNote\":\"insolvent\"}", 204);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> payer.timeline(1).contains("Collection ended"));
    assertThat(payer.mails()).isEmpty();
  }

  /** Somebody cancels a process in Operate: its case begins anew and repeats nothing. */
  @Test
  void aProcessThatIsCancelledFromOutsideIsMended() {
    PayerFixture payer = aPayer(server).owes(1, "480.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size() == 1);
    server.cancelProcess(
        server.count(
            "SELECT c.process_instance_key FROM collection_case c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ?",
            payer.invoice(1)));
    server.advance("PT1H");
    await().atMost(Duration.ofMinutes(2)).until(() -> payer.processes(1) == 2);
    server.advance("P1D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(server.get("/api/v1/analytics/coverage").json().path("orphans").asLong()).isZero();
    assertThat(payer.timeline(1)).contains("begins anew");
  }

  @Test
  void rightsAreByRole() {
    server.get("/api/v1/tasks", null).expect(401);
    server.post("/api/v1/clock", "{\"advance\":\"P1D\"}", "agent").expect(403);
    server.post("/api/v1/collections/start", "", "designer").expect(403);
    server.post("/api/v1/tasks/1/claim", "", "designer").expect(403);
    server.post("/api/v1/clock", "{\"advance\":\"-P1D\"}").expect(400);
    server.post("/api/v1/clock", "{\"advance\":\"soon\"}").expect(400);
    server.post("/api/v1/incidents/1/retry", "", "agent").expect(403);
    server.put("/api/v1/invoices/none/exclusion", "{\"reason\":\"x\"}", "agent").expect(403);
    server.post("/api/v1/imports/ledger", "", "agent").expect(403);
    server.post("/api/v1/imports/bank", "", "designer").expect(403);
    for (String page : List.of("/tasks", "/operations", "/imports", "/messages")) {
      assertThat(server.get(page, null).status()).as(page).isEqualTo(302);
    }
    server.get("/actuator/metrics", "manager").expect(403);
  }

  /** A browser adds credentials that it knows to whatever any page makes it send. */
  @Test
  void anotherSitesPageChangesNothing() {
    server.exchangeFrom("https://evil.example", "POST", "/api/v1/collections/start").expect(403);
    server.exchangeFrom(server.url(), "POST", "/api/v1/collections/start").expect(200);
  }
}
