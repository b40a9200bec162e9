package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static io.relance.support.PayerFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.ledger.PaymentReferences;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two customer numbers turn out to be the same payer, in the middle of everything. */
class PayerMergeStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  /**
   * No process looks at such an invoice yet: nothing but what the test does waits for its payer.
   */
  private static final int FAR_FROM_DUE = -90;

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  /** A call and a reminder of each are under way, and one has promised to pay. */
  @Test
  void whatWasUnderWayForTwoGoesOnForOne() {
    PayerFixture left = aPayer(server).owes(1, "700.00", "EUR", 18);
    PayerFixture gone =
        aPayer(server).owes(item(1, "900.00", "EUR", 18), item(2, "300.00", "EUR", 18));
    left.awaitTask("Task_CallPayer");
    String callOfGone = gone.awaitTask("Task_CallPayer").path("key").asString();
    gone.promises(2, 3);
    server.jump("PT10H"); // in the evening nobody is written to
    left.owes(3, "70.00", "EUR", 5);
    gone.owes(3, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> left.states("notice_request").contains("requested"));
    await().atMost(SOON).until(() -> gone.states("notice_request").contains("requested"));
    long incidents = incidents();

    JsonNode merged = merge(gone, left, "manager").expect(200).json();
    assertThat(merged.path("moves").path("invoice").asInt()).isEqualTo(3);
    assertThat(merged.path("moves").path("payment_promise").asInt()).isEqualTo(1);
    for (String table : names(merged.path("moves"))) {
      assertThat(rowsOf(gone, table)).as(table).isZero();
    }

    gone.awaitEnds("payer-call", "EndEvent_CallDropped");
    await()
        .atMost(SOON)
        .until(
            () ->
                left.openTasks().size() == 1
                    && left.openTasks().get(0).path("invoices").size() == 2);
    assertThat(left.openTasks().get(0).path("invoices").toString())
        .as("one call about what both owe, without what is promised")
        .contains(left.invoice(1), gone.invoice(1));
    assertThat(gone.openTasks()).as("who looks by the old number finds the same task").hasSize(1);
    assertThat(gone.openTasks().get(0).path("key")).isEqualTo(left.openTasks().get(0).path("key"));
    assertThat(
            server
                .post("/api/v1/tasks/" + callOfGone + "/complete", "{\"variables\":{}}", "agent")
                .expect(409)
                .body())
        .contains("customer " + gone.number() + " was merged into " + left.number());

    server.advance("PT20H");
    await().atMost(SOON).until(() -> left.mails().size() == 1);
    assertThat(textOf(left.mails().getFirst())).contains(left.invoice(3), gone.invoice(3));
    assertThat(gone.mails()).as("nothing goes to the old number").isEmpty();

    gone.pays(2, "300.00", "EUR");
    await().atMost(SOON).until(() -> left.states("payment_promise").contains("kept"));
    server.advance("P2D");
    assertThat(left.openTasks()).hasSize(1);
    left.completes("{\"callOutcome\":\"refuses\",\"nonpaymentReason\":\"other\"}");
    await().atMost(SOON).until(() -> gone.timeline(1).contains("Call: refuses to pay"));
    assertThat(left.mails()).as("and nothing was said twice").hasSize(1);
    assertThat(incidents()).isEqualTo(incidents);
  }

  @Test
  void theOldNumberStaysKnown() {
    PayerFixture left = aPayer(server).owes(1, "70.00", "EUR", -20);
    PayerFixture gone = aPayer(server).owes(1, "81.50", "EUR", -20);
    server.put("/api/v1/customers/" + gone.number() + "/opt-outs/sms", "{}", "agent").expect(204);
    merge(gone, left, "manager").expect(200);

    JsonNode found = server.get("/api/v1/customers/" + gone.number()).expect(200).json();
    assertThat(found.path("id").asString()).isEqualTo(left.number());
    assertThat(found.path("openAmount").path("EUR").asString()).isEqualTo("151.50");
    assertThat(
            server
                .get("/api/v1/invoices?customer=" + gone.number())
                .expect(200)
                .json()
                .path("total")
                .asInt())
        .isEqualTo(2);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM contact_opt_out o JOIN payer p ON p.id = o.payer_id WHERE p.number = ? AND o.channel = 'sms'",
                left.number()))
        .as("the stricter wish holds")
        .isEqualTo(1);

    gone.owes(2, "55.00", "EUR", -20);
    gone.owes(2, "55.00", "EUR", -20);
    assertThat(gone.file(2).path("customerId").asString()).isEqualTo(left.number());
    Long id =
        server
            .database()
            .queryForObject("SELECT id FROM payer WHERE number = ?", Long.class, gone.number());
    String bank =
        "date,amount,currency,reference,remittance\n%s,81.50,EUR,TX-%s,%s\n"
            .formatted(gone.today(), gone.number(), PaymentReferences.ofPayer(id).value());
    assertThat(server.importBank(bank).expect(200).json().path("matched").asInt()).isEqualTo(1);
    assertThat(gone.file(1).path("status").asString()).isEqualTo("paid");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'merge-customer' AND subject = ? AND actor = 'manager'",
                "customer " + gone.number()))
        .isEqualTo(1);
  }

  @Test
  void whatIsNoMergeIsToldInWords() {
    PayerFixture left = aPayer(server).owes(1, "70.00", "EUR", -20);
    PayerFixture gone = aPayer(server).owes(1, "80.00", "EUR", -20);
    merge(gone, left, "agent").expect(403);
    merge(gone, left, "designer").expect(403);
    assertThat(merge(left, left, "manager").expect(400).body()).contains("nothing to merge");
    String path = "/api/v1/customers/" + gone.number() + "/merge";
    assertThat(server.post(path, "{}", "manager").expect(400).body()).contains("into is missing");
    assertThat(server.post(path, "{\"into\":\"nobody-here\"}", "manager").expect(404).body())
        .contains("nobody-here");
    server
        .database()
        .update(
            "INSERT INTO creditor (code, name, country, zone, currency, sender_name, sender_email, small_amount, large_amount)"
                + " VALUES ('elsewhere','Elsewhere SA','FR','Europe/Paris','EUR','Elsewhere','x@elsewhere.example',50,5000)");
    try {
      server
          .database()
          .update(
              "INSERT INTO payer (creditor_id, number, name, created_at, updated_at)"
                  + " SELECT id, 'of-elsewhere', 'Theirs', '2026-01-01', '2026-01-01' FROM creditor WHERE code = 'elsewhere'");
      assertThat(server.post(path, "{\"into\":\"of-elsewhere\"}", "manager").expect(400).body())
          .contains("Elsewhere SA", "only customers of one creditor");
    } finally {
      server.database().update("DELETE FROM payer WHERE number = 'of-elsewhere'");
      server.database().update("DELETE FROM creditor WHERE code = 'elsewhere'");
    }
    merge(gone, left, "manager").expect(200);
    assertThat(merge(gone, left, "manager").expect(400).body())
        .contains("was merged into " + left.number());
  }

  @Test
  void whoHadTheirMessageOfTheDayUnderEitherNumberGetsNoSecondOne() {
    PayerFixture left = aPayer(server).owes(1, "70.00", "EUR", 5);
    PayerFixture gone = aPayer(server).owes(1, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> left.mails().size() == 1);
    await().atMost(SOON).until(() -> gone.mails().size() == 1);
    merge(gone, left, "manager").expect(200);
    assertThat(left.sent()).hasSize(2);
    left.owes(2, "60.00", "EUR", 5);
    await().atMost(SOON).until(() -> left.states("notice_request").contains("requested"));
    server.advance("PT2H");
    assertThat(left.mails()).hasSize(1);
    server.advance("P1D");
    await().atMost(SOON).until(() -> left.mails().size() == 2);
    assertThat(textOf(left.mails().getLast())).contains(left.invoice(2), gone.invoice(1));
  }

  @Test
  void onePersonDecidesOnADifficultyThatBothAnnounced() {
    PayerFixture left = aPayerWithoutAddress(server).owes(1, "41.00", "EUR", 4);
    PayerFixture gone = aPayerWithoutAddress(server).owes(1, "42.00", "EUR", 4);
    String difficulty = "{\"callOutcome\":\"difficulty\",\"nonpaymentReason\":\"other\"}";
    for (PayerFixture payer : List.of(left, gone)) {
      payer.awaitTask("Task_CallPayer");
      payer.completes(difficulty);
      payer.awaitTask("Task_DecideDifficulty");
    }
    merge(gone, left, "manager").expect(200);
    await().atMost(SOON).until(() -> left.openTasks().size() == 1);
    left.completes("{\"difficultyOutcome\":\"resume\",\"difficultyNote\":\"new orders\"}");
    await().atMost(SOON).until(() -> left.states("payer_difficulty").contains("resumed"));
    assertThat(left.states("payer_difficulty")).containsExactlyInAnyOrder("merged", "resumed");
    await().atMost(SOON).until(() -> left.openTasks().isEmpty());
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM collection_hold h JOIN payer p ON p.id = h.payer_id WHERE p.number = ? AND h.ended_on IS NULL",
                left.number()))
        .as("both go on")
        .isZero();
  }

  /** Whoever adds a table of payers says what a merge makes of it. */
  @Test
  void everyTableOfPayersIsMovedOrKeptOnPurpose() {
    PayerFixture left = aPayer(server).owes(1, "70.00", "EUR", -20);
    PayerFixture gone = aPayer(server).owes(1, "80.00", "EUR", -20);
    JsonNode preview =
        server
            .get("/api/v1/customers/" + gone.number() + "/merge?into=" + left.number(), "manager")
            .expect(200)
            .json();
    List<String> known = new java.util.ArrayList<>(names(preview.path("moves")));
    known.addAll(names(preview.path("stays")));
    assertThat(known)
        .as("tables that an implementation of PayerRows names, and those that there are")
        .containsExactlyInAnyOrderElementsOf(
            server
                .database()
                .queryForList(
                    "SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'payer_id'",
                    String.class));
    assertThat(rowsOf(gone, "invoice")).as("a look moves nothing").isEqualTo(1);
  }

  /** A file has read whose an invoice is, and waits for the payer; the merge is first. */
  @Test
  void aFileThatComesInDuringTheMergeFollowsIt() throws Exception {
    PayerFixture gone = aPayer(server).owes(1, "900.00", "EUR", FAR_FROM_DUE);
    PayerFixture left = aPayer(server).owes(1, "700.00", "EUR", FAR_FROM_DUE);
    long goneId =
        server.count("SELECT id FROM payer WHERE number = ?", gone.number()); // the lower one
    CompletableFuture<Server.Answer> merged;
    CompletableFuture<PayerFixture> imported;
    try (Connection holder =
        DriverManager.getConnection(
            server.databaseUrl(), server.databaseUser(), server.databasePassword())) {
      holder.setAutoCommit(false);
      holder
          .createStatement()
          .executeQuery("SELECT id FROM payer WHERE id = " + goneId + " FOR UPDATE");
      merged = CompletableFuture.supplyAsync(() -> merge(gone, left, "manager"));
      await().atMost(SOON).until(() -> server.waitingForPayer(goneId) == 1);
      imported =
          CompletableFuture.supplyAsync(
              () ->
                  gone.owes(
                      item(1, "950.00", "EUR", FAR_FROM_DUE),
                      item(2, "40.00", "EUR", FAR_FROM_DUE)));
      await().atMost(SOON).until(() -> imported.isDone() || server.waitingForPayer(goneId) == 2);
      assertThat(imported).as("waits for the payer").isNotDone();
      holder.rollback();
    }
    merged.get(30, TimeUnit.SECONDS).expect(200);
    imported.get(30, TimeUnit.SECONDS);
    assertThat(rowsOf(gone, "invoice")).isZero();
    assertThat(rowsOf(left, "invoice")).isEqualTo(3);
    assertThat(server.count("SELECT amount FROM invoice WHERE number = ?", gone.invoice(1)))
        .isEqualTo(950);
  }

  private Server.Answer merge(PayerFixture from, PayerFixture into, String user) {
    return server.post(
        "/api/v1/customers/" + from.number() + "/merge",
        "{\"into\":\"%s\"}".formatted(into.number()),
        user);
  }

  private static List<String> names(JsonNode object) {
    return List.copyOf(object.propertyNames());
  }

  private long rowsOf(PayerFixture payer, String table) {
    return server.count(
        "SELECT COUNT(*) FROM " + table + " t JOIN payer p ON p.id = t.payer_id WHERE p.number = ?",
        payer.number());
  }

  private long incidents() {
    return server.count("SELECT COUNT(*) FROM engine_incident");
  }
}
