package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is said before an invoice is due: to new ones, to bad ones, to key accounts. */
class PreventionStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aNewCustomerIsAskedWhetherAllIsWellAndToldWhatIsDue() {
    PayerFixture payer = aPayer(server).owes(1, "300.00", "EUR", -29); // issued yesterday
    awaitBegun(payer, 1);
    server.advance("P2D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(subject(payer, 0)).isEqualTo("Your invoice " + payer.invoice(1));
    payer.owes(2, "70.00", "EUR", 3); // that one is late
    server.advance("P20D");
    assertThat(payer.timeline(1)).contains("Your account");
    MimeMessage statement =
        payer.mails().stream()
            .filter(mail -> subjectOf(mail).startsWith("Your account"))
            .findFirst()
            .orElseThrow();
    assertThat(textOf(statement))
        .contains(payer.invoice(1), "300.00", payer.invoice(2), "(was due)", "370.00");
    payer.awaitEnds("invoice-prevention", "EndEvent_Prevented");
    assertThat(payer.timeline(1)).contains("Before due: courtesy", "Before due: statement");
  }

  @Test
  void aBadRecordHearsAFirmWordFromTheBeginning() {
    PayerFixture payer = aPayer(server);
    for (int n = 10; n < 16; n++) {
      int dueDaysAgo = 40 * (n - 8);
      String settled = payer.today().minusDays(dueDaysAgo - 65).toString();
      payer.row(n, "500.00", "EUR", dueDaysAgo, "no", settled);
    }
    payer.owes(1, "300.00", "EUR", -8);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(subject(payer, 0)).isEqualTo("Please pay on the due day");
    payer.pays(1, "300.00", "EUR");
    server.advance("P9D");
    assertThat(payer.mails()).hasSize(1);
  }

  @Test
  void aKeyAccountIsVisitedWrittenToAndCalledByItsOwner() {
    PayerFixture payer = aPayer(server).asKeyAccountOf("agent").owes(1, "9000.00", "EUR", -14);
    JsonNode visit = awaitTask(payer, "Task_VisitKeyAccount");
    assertThat(visit.path("assignee").asString()).isEqualTo("agent");
    String entry =
        server
            .get("/api/v1/tasks/" + visit.path("key").asString() + "/visit.ics")
            .expect(200)
            .body();
    assertThat(entry)
        .contains("BEGIN:VEVENT", "SUMMARY:Visit Story & Sons", payer.invoice(1), "DURATION:PT60M");
    payer.refuses("{\"preventiveOutcome\":\"skipped\"}");
    payer.completes("{\"preventiveOutcome\":\"skipped\",\"preventiveNote\":\"they came to us\"}");
    await().atMost(SOON).until(() -> payer.timeline(1).contains("they came to us"));
    server.advance("P7D");
    assertThat(payer.mails()).hasSize(1);
    server.advance("P4D");
    assertThat(awaitTask(payer, "Task_CallKeyAccount").path("assignee").asString())
        .isEqualTo("agent");
    assertThat(
            server
                .get(
                    "/api/v1/tasks/"
                        + payer.openTasks().get(0).path("key").asString()
                        + "/visit.ics")
                .status())
        .isEqualTo(404);
    payer.completes(
        "{\"preventiveOutcome\":\"disputes\",\"preventiveReason\":\"price\",\"preventiveNote\":\"twice the offer\"}");
    await().atMost(SOON).until(() -> payer.file(1).path("status").asString().equals("disputed"));
    awaitTask(payer, "Task_SettleDispute");
  }

  @Test
  void whatIsPaidOrLateNeedsNoCallBeforeDue() {
    PayerFixture payer =
        aPayer(server)
            .asKeyAccountOf("")
            .owes(item(1, "900.00", "EUR", -3), item(2, "800.00", "EUR", -1));
    await().atMost(SOON).until(() -> payer.openTasks().size() == 2);
    payer.pays(1, "900.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    server.advance("P4D");
    assertThat(preventions(payer)).containsExactlyInAnyOrder("settled", "overdue");
    assertThat(payer.openTasks())
        .allSatisfy(
            task -> assertThat(task.path("type").asString()).isNotEqualTo("Task_CallKeyAccount"));
  }

  /** Late all the same: and when it is paid, thanked. */
  @Test
  void aKeyAccountThatWasCalledAndPaysIsThanked() {
    PayerFixture payer = aPayer(server).asKeyAccountOf("agent").owes(1, "900.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.mails().size() == 1); // the reminder
    payer.pays(1, "900.00", "EUR");
    server.advance("P2D");
    assertThat(payer.mails()).hasSize(2);
    assertThat(subject(payer, 1)).isEqualTo("Thank you: your payment has arrived");
    assertThat(textOf(payer.mails().get(1))).contains(payer.invoice(1)).doesNotContain("900");
    server.advance("P5D");
    assertThat(payer.mails()).hasSize(2);
  }

  @Test
  void whoIsOnHoldHearsNothingBeforeDueEither() {
    PayerFixture payer = aPayer(server).owes(1, "10.00", "EUR", -100);
    payer.onHold(60);
    payer.owes(2, "300.00", "EUR", -8);
    payer.awaitEnds("invoice-prevention", "EndEvent_NothingToPrevent");
    assertThat(payer.mails()).isEmpty();
  }

  @Test
  void whatTheOwnerDoesNotDoKeepsBackNothingElse() {
    PayerFixture payer =
        aPayer(server).asKeyAccountOf("nobody-who-can-log-in").owes(1, "9000.00", "EUR", -14);
    JsonNode visit = awaitTask(payer, "Task_VisitKeyAccount");
    assertThat(visit.path("assignee").isNull()).as("anybody may take it").isTrue();
    server.advance("P7D");
    assertThat(payer.openTasks()).isEmpty();
    assertThat(payer.timeline(1)).contains("Key account: not done in time");
    assertThat(payer.mails()).as("the statement").hasSize(1);
    PayerFixture other = aPayer(server).asKeyAccountOf("agent").owes(1, "900.00", "EUR", -4);
    awaitTask(other, "Task_CallKeyAccount");
    server.advance("P3D");
    assertThat(other.openTasks()).isEmpty();
    assertThat(other.timeline(1)).contains("Key account: not done in time");
    other.awaitEnds("invoice-prevention", "EndEvent_Prevented");
  }

  /** What the account says is kept like what is said in a call. */
  @Test
  void whoNamesALaterDayHasPromisedIt() {
    PayerFixture payer = aPayer(server).asKeyAccountOf("agent").owes(1, "900.00", "EUR", -3);
    awaitTask(payer, "Task_CallKeyAccount");
    String later =
        "{\"preventiveOutcome\":\"later\",\"expectedOn\":\"%s\",\"preventiveNote\":\"next run\""
            .formatted(payer.today().plusDays(8));
    payer.refuses(later + "}");
    payer.completes(later + ",\"nonpaymentReason\":\"payment-run\"}");
    await().atMost(SOON).until(() -> payer.states("payment_promise").contains("open"));
    server.advance("P5D");
    assertThat(payer.mails()).as("late, and promised").isEmpty();
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM payer_call c JOIN payer p ON p.id = c.payer_id WHERE p.number = ? AND c.nonpayment_reason = 'payment-run'",
                payer.number()))
        .isEqualTo(1);
  }

  @Test
  void aShortHoldDoesNotEndPrevention() {
    PayerFixture payer = aPayer(server).owes(1, "300.00", "EUR", -12);
    awaitBegun(payer, 1);
    payer.onHold(1);
    await().atMost(SOON).until(() -> preventions(payer).contains("held"));
    server.advance("P2D");
    server.advance("P4D");
    await().atMost(Duration.ofSeconds(90)).until(() -> preventions(payer).contains("done"));
    assertThat(payer.mails()).as("the statement").hasSize(1);
  }

  /** Two invoices that fall due one after the other are one matter. */
  @Test
  void oneStatementTellsOfAllThatFallsDueTheseDays() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "300.00", "EUR", -12), item(2, "70.00", "EUR", -14));
    awaitBegun(payer, 1);
    awaitBegun(payer, 2);
    for (int day = 0; day < 9; day++) {
      server.advance("P1D");
    }
    assertThat(payer.mails()).hasSize(1);
    assertThat(textOf(payer.mails().getFirst())).contains(payer.invoice(1), payer.invoice(2));
    assertThat(payer.states("notice_request")).containsExactly("sent", "sent");
  }

  private void awaitBegun(PayerFixture payer, int n) {
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM prevention p JOIN invoice i ON i.id = p.invoice_id WHERE i.number = ? AND p.process_instance_key IS NOT NULL",
                        payer.invoice(n))
                    == 1);
  }

  private java.util.List<String> preventions(PayerFixture payer) {
    return payer.states("prevention");
  }

  private JsonNode awaitTask(PayerFixture payer, String type) {
    await()
        .atMost(SOON)
        .until(
            () ->
                payer.openTasks().size() == 1
                    && payer.openTasks().get(0).path("type").asString().equals(type));
    return payer.openTasks().get(0);
  }

  private static String subject(PayerFixture payer, int n) {
    return subjectOf(payer.mails().get(n));
  }

  private static String subjectOf(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
