package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Words that come twice, or never: the facts decide. */
class LostWordStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  /** A manager writes it off while its case waits for the next step. */
  @Test
  void whatIsWrittenOffMeanwhileHasNothingLeftToCollect() {
    PayerFixture payer = aPayer(server).owes(1, "15.00", "EUR", 1);
    await().atMost(SOON).until(() -> payer.processes(1) == 1);
    String path = "/api/v1/invoices/" + payer.invoice(1) + "/conclusion";
    String writtenOff = "{\"outcome\":\"written-off\",\"note\":\"below the cost of a letter\"}";
    server.post(path, writtenOff, "agent").expect(403);
    server.post(path, "{\"outcome\":\"forgotten\",\"note\":\"x\"}", "manager").expect(400);
    server.post(path, "{\"outcome\":\"written-off\"}", "manager").expect(400);
    server.post(path, writtenOff, "manager").expect(204);
    server.post(path, writtenOff, "manager").expect(400);
    payer.awaitEnds("invoice-collection", "EndEvent_NothingLeft", "EndEvent_CaseEnded");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("written-off");
    server.advance("P7D");
    assertThat(payer.mails()).isEmpty();
  }

  /** The outbox says it again: the process that begins finds nothing to do. */
  @Test
  void aWordThatComesTwiceStartsNothing() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "25.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    payer.completes("{\"callOutcome\":\"difficulty\",\"nonpaymentReason\":\"other\"}");
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(1) + "/promise",
            "{\"promisedFor\":\"" + payer.today().plusDays(3) + "\"}",
            "agent")
        .expect(204);
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(1) + "/dispute", "{\"reason\":\"other\"}", "agent")
        .expect(204);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 2);
    payer.pays(1, "25.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    again(payer, "payment_promise", "promise", "promise-made");
    again(payer, "dispute", "dispute", "dispute-opened");
    again(payer, "payer_difficulty", "difficulty", "difficulty-announced");
    payer.awaitEnds("payment-promise", "EndEvent_PromiseSettled", "EndEvent_NoPromise");
    payer.awaitEnds("dispute", "EndEvent_DisputeEnded", "EndEvent_NoDispute");
    payer.awaitEnds("payer-difficulty", "EndEvent_DifficultyEnded", "EndEvent_NoDifficulty");
    long payerId = server.count("SELECT id FROM payer WHERE number = ?", payer.number());
    server.publish("notice-requested", String.valueOf(payerId), "{\"payerId\":" + payerId + "}");
    server.advance("PT1H");
    assertThat(payer.mails()).isEmpty();
  }

  /** All was down over the sending window: what was planned for it waits for the next one. */
  @Test
  void aNoticeWhoseHourWasMissedIsPlannedAnew() {
    moveToHour(20);
    PayerFixture payer = aPayer(server).owes(1, "45.00", "EUR", 4);
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM notice_request r JOIN payer p ON p.id = r.payer_id WHERE p.number = ? AND r.planned_for IS NOT NULL",
                        payer.number())
                    == 1);
    server.jump("P1D");
    assertThat(payer.mails()).as("in the evening").isEmpty();
    moveToHour(9);
    assertThat(payer.mails()).hasSize(1);
  }

  /** To that hour in Paris, today or tomorrow. */
  private void moveToHour(int hour) {
    ZonedDateTime now = server.now().atZone(ZoneId.of("Europe/Paris"));
    ZonedDateTime then = now.toLocalDate().atTime(hour, 0).atZone(now.getZone());
    server.advance(Duration.between(now, then.isAfter(now) ? then : then.plusDays(1)).toString());
  }

  private void again(PayerFixture payer, String table, String name, String message) {
    long id =
        server.count(
            "SELECT t.id FROM %s t JOIN payer p ON p.id = t.payer_id WHERE p.number = ?"
                .formatted(table),
            payer.number());
    long payerId = server.count("SELECT id FROM payer WHERE number = ?", payer.number());
    long invoiceId = server.count("SELECT id FROM invoice WHERE number = ?", payer.invoice(1));
    server.publish(
        message,
        String.valueOf(id),
        "{\"%sId\":%d,\"payerId\":%d,\"invoiceId\":%d}".formatted(name, id, payerId, invoiceId));
  }

  /** The engine was away for longer than the word that a promise is kept is good for. */
  @Test
  void aPromiseWhoseFulfilmentWasNotToldIsJudgedByTheFacts() {
    PayerFixture payer = aPayer(server).owes(1, "35.00", "EUR", 1);
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(1) + "/promise",
            "{\"promisedFor\":\"" + payer.today().plusDays(1) + "\"}",
            "agent")
        .expect(204);
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM engine_timer t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
                            + " JOIN payer p ON p.id = s.payer_id WHERE p.number = ? AND t.element_id = 'Timer_WaitForPromise'",
                        payer.number())
                    == 1);
    server
        .database()
        .update(
            "UPDATE payment_promise a JOIN payer p ON p.id = a.payer_id SET a.state = 'kept' WHERE p.number = ?",
            payer.number());
    server.advance("P7D");
    payer.awaitEnds("payment-promise", "EndEvent_PromiseKept");
  }
}
