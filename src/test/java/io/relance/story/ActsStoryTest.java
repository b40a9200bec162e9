package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Money that an agent takes, and undoing what was done by mistake. */
class ActsStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aPaymentThatIsTakenEndsTheCaseAndTakenBackTheCaseGoesOn() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    String body =
        "{\"amount\":80,\"means\":\"card\",\"reference\":\"T-1\",\"token\":\"%s\"}"
            .formatted(UUID.randomUUID());
    List.of(1, 2, 3, 4).parallelStream().forEach(click -> take(payer, body, 200));
    assertThat(take(payer, body, 200)).as("a double click").contains("\"earlier\":true");
    assertThat(take(payer, body.replace(":80,", ":70,"), 400)).contains("has booked 80.00 EUR");
    assertThat(payments(payer)).isEqualTo(1);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
    await().atMost(SOON).until(() -> payer.states("collection_case").equals(List.of("closed")));

    undo(payer, "payment-taken", "agent", 200);
    assertThat(payer.file(1).path("openAmount").asString()).isEqualTo("80.00");
    await()
        .atMost(SOON)
        .until(() -> payer.states("collection_case").equals(List.of("closed", "active")));
    await().atMost(SOON).until(() -> !payer.file(1).path("nextStepAt").isNull());
    assertThat(payer.mails()).as("nobody is reminded of the same twice").hasSize(1);
    assertThat(take(payer, body, 400)).as("the back button").contains("was taken back");
    assertThat(payer.timeline(1)).contains("taken back: payment T-1");
    server.advance("P8D");
    assertThat(payer.mails()).as("and the next step is the next one").hasSize(2);
    assertThat(payer.steps(1, "taken")).doesNotHaveDuplicates();
  }

  @Test
  void moneyGoesToTheOldestOrToWhatThePayerNames() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "100.00", "EUR", 5),
                item(2, "80.00", "EUR", 9),
                item(3, "70.00", "EUR", 20));
    payer.disputes(3, null);
    take(payer, "{\"amount\":120,\"means\":\"cash\"}", 200);
    assertThat(open(payer)).containsExactly("60.00", "0.00", "70.00");
    take(
        payer,
        "{\"amount\":70,\"means\":\"cash\",\"invoices\":[\"%s\"]}".formatted(payer.invoice(3)),
        200);
    assertThat(open(payer)).containsExactly("60.00", "0.00", "0.00");
    assertThat(payer.states("dispute")).contains("settled");
    undo(payer, "payment-taken", "agent", 200);
    assertThat(open(payer)).as("the latest one").containsExactly("60.00", "0.00", "70.00");
    assertThat(payer.states("dispute")).as("and what it ended").endsWith("open");
  }

  @Test
  void whatCannotBeMeantIsRefusedInClearWords() {
    PayerFixture payer = aPayer(server).owes(1, "100.00", "EUR", -20);
    PayerFixture other = aPayer(server).owes(1, "100.00", "EUR", -20);
    assertThat(refused(payer, "{\"amount\":1000,\"means\":\"cash\"}"))
        .contains("only 100.00 EUR is open of " + payer.invoice(1));
    assertThat(refused(payer, "{\"amount\":0,\"means\":\"cash\"}")).contains("more than nothing");
    assertThat(refused(payer, "{\"amount\":-5,\"means\":\"cash\"}")).contains("more than nothing");
    assertThat(refused(payer, "{\"amount\":1.234,\"means\":\"cash\"}")).contains("decimals");
    assertThat(refused(payer, "{\"amount\":1e999999999,\"means\":\"cash\"}")).contains("digits");
    assertThat(refused(payer, "{\"means\":\"cash\"}")).contains("amount is missing");
    assertThat(refused(payer, "{\"amount\":5}")).contains("means is missing");
    assertThat(refused(payer, "{\"amount\":5,\"means\":\"gold\"}")).contains("gold");
    assertThat(refused(payer, "{\"amount\":5,\"means\":\"cash\",\"currency\":\"USD\"}"))
        .contains("nothing is open in USD");
    assertThat(
            refused(
                payer,
                "{\"amount\":5,\"means\":\"cash\",\"on\":\"%s\"}"
                    .formatted(payer.today().plusDays(1))))
        .contains("a day to come");
    assertThat(
            refused(
                payer,
                "{\"amount\":5,\"means\":\"cash\",\"invoices\":[\"%s\"]}"
                    .formatted(other.invoice(1))))
        .contains("another customer");
    assertThat(refused(payer, "{\"amount\":5,\"means\":\"cheque\"}")).contains("as a promise");
    assertThat(refused(payer, "{\"amount\":5,\"means\":\"transfer\"}")).contains("as a promise");
    server.post(at(payer, "payments"), "{\"amount\":5,\"means\":\"cash\"}", "designer").expect(403);
    assertThat(payments(payer)).isZero();
    server
        .post(
            at(payer, "promises"),
            "{\"amount\":5,\"promisedFor\":\"%s\",\"invoices\":[\"%s\"]}"
                .formatted(payer.today().plusDays(3), payer.invoice(1)),
            "agent")
        .expect(204);
    assertThat(payer.states("payment_promise")).containsExactly("open");
  }

  @Test
  void aPromiseThatAMistakeSeemedToKeepRunsAgain() {
    PayerFixture payer = aPayer(server).owes(1, "90.00", "EUR", 5);
    payer.promises(1, 9);
    take(payer, "{\"amount\":90,\"means\":\"cash\"}", 200);
    assertThat(payer.states("payment_promise")).containsExactly("kept");
    undo(payer, "payment-taken", "agent", 200);
    assertThat(payer.states("payment_promise")).containsExactly("withdrawn", "open");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("promised");
    undo(payer, "promise", "agent", 400);
  }

  /** What was agreed is agreed anew; until then nobody is reminded. */
  @Test
  void aPlanThatAMistakeEndedIsLookedAtByAPerson() {
    PayerFixture payer = aPayer(server).owes(1, "200.00", "EUR", 1);
    server
        .post(
            at(payer, "plans"),
            "{\"count\":2,\"rhythm\":\"weekly\",\"firstOn\":\"%s\"}"
                .formatted(payer.today().plusDays(2)),
            "agent")
        .expect(201);
    await().atMost(SOON).until(() -> payer.states("payment_plan").equals(List.of("running")));
    take(payer, "{\"amount\":200,\"means\":\"card\"}", 200);
    assertThat(payer.states("payment_plan")).containsExactly("kept");
    undo(payer, "payment-taken", "agent", 200);
    assertThat(server.get(at(payer, "holds"), "agent").expect(200).body())
        .contains("agree it anew");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("suspended");
  }

  @Test
  void aPaymentOfAnEarlierDayIsTakenBackByAManager() {
    PayerFixture payer = aPayer(server).owes(1, "90.00", "EUR", -60);
    take(payer, "{\"amount\":40,\"means\":\"cash\"}", 200);
    server.advance("P1D");
    long act =
        server
            .database()
            .queryForObject(
                "SELECT t.id FROM timeline_entry t JOIN payer p ON p.id = t.payer_id WHERE p.number = ? AND t.kind = 'payment-taken'",
                Long.class,
                payer.number());
    String undo = at(payer, "acts/" + act + "/undo");
    assertThat(server.post(undo, "", "agent").expect(400).body()).contains("by a manager");
    server.post(undo, "", "designer").expect(403);
    server.post(undo, "", "manager").expect(200);
    assertThat(server.post(undo, "", "manager").expect(400).body())
        .contains("undone by manager already");
    assertThat(open(payer)).containsExactly("90.00");
    server.post(at(payer, "acts/999999999/undo"), "", "agent").expect(404);
  }

  /**
   * Whoever promised for another day, or disputes nothing, is not reminded because of our mistake.
   */
  @Test
  void thePromiseThatAMistakeHadReplacedRunsAgain() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    payer.promises(1, 9);
    payer.promises(1, 12);
    assertThat(payer.states("payment_promise")).containsExactlyInAnyOrder("replaced", "open");
    undo(payer, "promise", "agent", 200);
    assertThat(payer.states("payment_promise"))
        .containsExactlyInAnyOrder("withdrawn", "withdrawn", "open");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("promised");
    payer.disputes(1, null);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("disputed");
    undo(payer, "dispute", "agent", 200);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("promised");
  }

  @Test
  void holdsPromisesDisputesAndNotesAreUndone() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    payer.onHold(9);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("suspended");
    undo(payer, "hold", "agent", 200);
    assertThat(server.get(at(payer, "holds"), "agent").json()).isEmpty();

    payer.promises(1, 9);
    undo(payer, "promise", "agent", 200);
    assertThat(payer.states("payment_promise")).containsExactly("withdrawn");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("overdue");

    payer.disputes(1, null);
    undo(payer, "dispute", "agent", 200);
    assertThat(payer.states("dispute")).containsExactly("withdrawn");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM invoice WHERE number = ? AND (disputed OR was_disputed)",
                payer.invoice(1)))
        .as("counts for nothing")
        .isZero();

    server.post(at(payer, "notes"), "{\"text\":\"wrong customer\"}", "manager").expect(204);
    assertThat(undo(payer, "note", "agent", 400)).contains("only manager or a manager");
    undo(payer, "note", "manager", 200);
    assertThat(
            server
                .database()
                .queryForList(
                    "SELECT CONCAT(t.text, ' / ', COALESCE(t.undone_by, '')) FROM timeline_entry t JOIN payer p ON p.id = t.payer_id"
                        + " WHERE p.number = ? AND t.text LIKE '%wrong customer' ORDER BY t.id",
                    String.class, payer.number()))
        .containsExactly("Note: wrong customer / manager", "Undone: Note: wrong customer / ");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'undo' AND subject = ?",
                "customer " + payer.number()))
        .isEqualTo(4);
  }

  @Test
  void aMessageIsTakenBackUntilItHasLeft() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "80.00", "EUR", 5), item(2, "70.00", "EUR", 5));
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    String wanted = "{\"tone\":\"final\"}";
    server.post(at(payer, "messages"), wanted, "agent").expect(200); // waits for another day
    undo(payer, "message-wanted", "agent", 200);
    assertThat(payer.states("notice_request")).endsWith("dropped", "dropped");
    assertThat(payer.timeline(2)).contains("taken back by agent");
    server.advance("P1D");
    assertThat(payer.mails()).as("nothing of it went").hasSize(1);

    server.post(at(payer, "messages"), wanted, "agent").expect(200);
    await().atMost(SOON).until(() -> payer.mails().size() == 2);
    assertThat(undo(payer, "message-wanted", "agent", 400)).contains("has been sent");
    assertThat(act(payer, "message-wanted").path("against").asString()).contains("has been sent");
  }

  @Test
  void aQuestionWaitsForItsAnswerAndRemindersWithIt() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", -5);
    String ask =
        "{\"colleague\":\"manager\",\"question\":\"a discount?\",\"holdUntil\":\"%s\",\"token\":\"%s\"}"
            .formatted(payer.today().plusDays(9), UUID.randomUUID());
    String questions = at(payer, "questions");
    long id = server.post(questions, ask, "agent").expect(201).json().path("id").asLong();
    assertThat(server.post(questions, ask, "agent").expect(201).json().path("id").asLong())
        .isEqualTo(id);
    server.post(questions, ask.replace("manager", "nobody"), "agent").expect(400);
    server.post(questions, ask.replace("manager", "designer"), "agent").expect(400);
    server.post(questions, "{\"colleague\":\"manager\"}", "agent").expect(400);
    server.post(questions, "{\"question\":\"whom?\"}", "agent").expect(400);
    assertThat(texts("asked", "manager")).contains("a discount?");
    assertThat(texts("asked", "agent")).doesNotContain("a discount?");
    assertThat(server.get(at(payer, "holds"), "agent").json()).hasSize(1);

    String answer = questions + "/" + id + "/answer";
    assertThat(server.post(answer, "{\"answer\":\"me\"}", "agent").expect(400).body())
        .contains("asked this yourself");
    server.post(answer, "{\"answer\":\"no\"}", "manager").expect(204);
    server.post(answer, "{\"answer\":\"yes\"}", "manager").expect(400);
    assertThat(server.get(at(payer, "holds"), "agent").json()).isEmpty();
    assertThat(texts("answers", "agent")).contains("a discount?");
    assertThat(undo(payer, "question", "agent", 400)).contains("it is answered");
    server.post(questions + "/" + id + "/seen", "", "manager").expect(400);
    server.post(questions + "/" + id + "/seen", "", "agent").expect(204);
    assertThat(texts("answers", "agent")).doesNotContain("a discount?");

    String team = "{\"queues\":[],\"members\":[{\"login\":\"manager\",\"senior\":false}]}";
    server.put("/api/v1/teams/legal", team, "manager");
    server.post(questions, "{\"team\":\"legal\",\"question\":\"may we?\"}", "agent").expect(201);
    assertThat(texts("asked", "manager")).contains("may we?");
    undo(payer, "question", "agent", 200);
    assertThat(texts("asked", "manager")).doesNotContain("may we?");
    server.delete("/api/v1/teams/legal", "manager");
  }

  @Test
  void thePayersOfManyTasksAreWrittenToOnceEach() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "80.00", "EUR", 5), item(2, "70.00", "EUR", 5), item(3, "9.00", "EUR", 5));
    PayerFixture unreachable = aPayerWithoutAddress(server).owes(1, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    payer.disputes(1, null);
    payer.disputes(2, null);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 2);
    await().atMost(SOON).until(() -> unreachable.openTasks().size() == 1);
    String marked =
        "{\"act\":\"send\",\"tone\":\"final\",\"keys\":[%s,%s,%s]}"
            .formatted(
                payer.openTasks().get(0).path("key").asString(),
                unreachable.openTasks().get(0).path("key").asString(),
                payer.openTasks().get(1).path("key").asString());
    JsonNode report = server.post("/api/v1/tasks/bulk", marked, "agent").expect(200).json();
    assertThat(report.path("done").asInt()).isEqualTo(1);
    assertThat(report.path("problems")).hasSize(1);
    assertThat(report.at("/problems/0/task").asString()).contains(unreachable.number());
    assertThat(report.at("/problems/0/reason").asString()).contains("no address");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM notice_request r JOIN payer p ON p.id = r.payer_id WHERE p.number = ? AND r.source LIKE 'person-%'",
                payer.number()))
        .as("of the one invoice that may be asked for, once")
        .isEqualTo(1);
    server.post("/api/v1/tasks/bulk", marked.replace("final", "poem"), "agent").expect(400);
    server.advance("P1D");
    assertThat(payer.mails()).hasSize(2);
  }

  private List<String> texts(String what, String user) {
    return StreamSupport.stream(
            server.get("/api/v1/questions", user).expect(200).json().path(what).spliterator(),
            false)
        .map(q -> q.path("text").asString())
        .toList();
  }

  private String take(PayerFixture payer, String body, int status) {
    return server.post(at(payer, "payments"), body, "agent").expect(status).body();
  }

  private String refused(PayerFixture payer, String body) {
    return take(payer, body, 400);
  }

  private long payments(PayerFixture payer) {
    return server.count(
        "SELECT COUNT(*) FROM payment m JOIN payer p ON p.id = m.payer_id WHERE p.number = ?",
        payer.number());
  }

  private static String at(PayerFixture payer, String what) {
    return "/api/v1/customers/" + payer.number() + "/" + what;
  }

  private JsonNode act(PayerFixture payer, String kind) {
    return StreamSupport.stream(
            server.get(at(payer, "acts"), "agent").expect(200).json().spliterator(), false)
        .filter(a -> a.path("kind").asString().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private String undo(PayerFixture payer, String kind, String user, int status) {
    return server
        .post(at(payer, "acts/" + act(payer, kind).path("id").asLong() + "/undo"), "", user)
        .expect(status)
        .body();
  }

  private List<String> open(PayerFixture payer) {
    return server
        .database()
        .queryForList(
            "SELECT i.open_amount FROM invoice i JOIN payer p ON p.id = i.payer_id WHERE p.number = ? ORDER BY i.number",
            java.math.BigDecimal.class,
            payer.number())
        .stream()
        .map(amount -> amount.setScale(2).toPlainString())
        .toList();
  }
}
