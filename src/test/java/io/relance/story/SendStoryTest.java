package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.PayerFixture.Item;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import io.relance.support.SmtpGate.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What can go wrong between Relance and the mail server, and what the payer then gets. */
class SendStoryTest {

  private final Server server = SharedServer.get();

  @BeforeEach
  void inTheSendingWindow() {
    SharedServer.beginOnAMonday();
  }

  @AfterEach
  void noMoreTrouble() {
    SharedServer.gate().release();
  }

  /**
   * The payment comes while the message is in the mail server's hands: it waits for the lock, is
   * booked right after, and nothing more is sent.
   */
  @Test
  void aPaymentDuringTheSendIsBookedAfterItAndEndsEverything() throws Exception {
    PayerFixture payer = aPayer(server);
    SharedServer.gate().make(Trouble.HOLD_THE_ANSWER, payer.email());
    payer.owes(1, "120.00", "EUR", 4);
    SharedServer.gate().awaitTaken();
    CompletableFuture<?> payment =
        CompletableFuture.supplyAsync(() -> payer.pays(1, "120.00", "EUR"));
    await().atMost(Duration.ofSeconds(5)).until(() -> server.waitingForPayers() > 0);
    assertThat(payment).isNotDone();
    SharedServer.gate().release();
    payment.get(30, TimeUnit.SECONDS);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
    server.advance("P12D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(noticeStates(payer)).isEqualTo("sent");
  }

  /** While one worker waits for the mail server, the engine gives the same job to another. */
  @Test
  void aJobThatIsDeliveredTwiceSendsOnce() throws Exception {
    PayerFixture payer = aPayer(server);
    SharedServer.gate().make(Trouble.HOLD_THE_ANSWER, payer.email());
    payer.owes(1, "125.00", "EUR", 4);
    SharedServer.gate().awaitTaken();
    await().until(() -> sendJobs().size() == 1);
    server.giveOutAgain(sendJobs().getFirst());
    await().atMost(Duration.ofSeconds(6)).until(() -> server.waitingForPayers() > 0);
    SharedServer.gate().release();
    await().until(() -> sendJobs().isEmpty());
    assertThat(noticeStates(payer)).isEqualTo("sent");
    assertThat(payer.mails()).hasSize(1);
    server.advance("P1D");
    assertThat(payer.mails()).hasSize(1);
  }

  private List<Long> sendJobs() {
    return server
        .database()
        .queryForList(
            "SELECT job_key FROM engine_job WHERE type = 'outreach.send-notice'", Long.class);
  }

  /** The server took it, and its answer was lost: nobody can tell, so it is not sent again. */
  @Test
  void aLostAnswerIsUnknownAndNotSentAgain() {
    PayerFixture payer = aPayer(server);
    SharedServer.gate().make(Trouble.LOSE_THE_ANSWER, payer.email());
    payer.owes(1, "121.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> noticeStates(payer).equals("unknown"));
    server.advance("P2D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(noticeStates(payer)).isEqualTo("unknown");
    assertThat(payer.timeline(1)).contains("It is not known whether the notice left");
  }

  /**
   * The line broke before the message was handed over: it surely did not leave, so it goes again.
   */
  @Test
  void aLineThatBreaksEarlyIsTriedAgain() {
    PayerFixture payer = aPayer(server);
    SharedServer.gate().make(Trouble.BREAK_EARLY, payer.email());
    payer.owes(1, "122.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(60)).until(() -> noticeStates(payer).equals("sent"));
    assertThat(payer.mails()).hasSize(1);
  }

  /** A refused address is told, does not spin, and the next step goes out once it is mended. */
  @Test
  void aRefusedRecipientIsToldAndTheNextStepTriesAgain() {
    PayerFixture payer = aPayer(server);
    SharedServer.gate().make(Trouble.REFUSE, payer.email());
    payer.owes(1, "123.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> noticeStates(payer).equals("failed"));
    server.advance("P1D");
    assertThat(noticeStates(payer)).isEqualTo("failed");
    assertThat(payer.timeline(1)).contains("the mail server refuses it");
    SharedServer.gate().release();
    server.advance("P9D");
    assertThat(payer.mails()).hasSize(1);
  }

  @Test
  void fortyInvoicesMakeOneMessageWithAShortSubject() throws Exception {
    PayerFixture payer = aPayer(server);
    payer.owes(
        IntStream.rangeClosed(1, 40)
            .mapToObj(n -> Item.item(n, "10.00", "EUR", 4))
            .toArray(Item[]::new));
    await().atMost(Duration.ofSeconds(60)).until(() -> payer.mails().size() == 1);
    assertThat(payer.mails().getFirst().getSubject()).contains("and 37 more").hasSizeLessThan(120);
    assertThat(textOf(payer.mails().getFirst()))
        .contains(payer.invoice(1), payer.invoice(40), "400.00");
    server.advance("P1D");
    assertThat(payer.mails()).hasSize(1);
  }

  /** On a slow day one invoice's process asks when the others' message, which lists it, is out. */
  @Test
  void whatTheDaysMessageListedIsNotWrittenAgainWhenItIsAskedForLate() {
    PayerFixture payer =
        aPayer(server).owes(Item.item(1, "10.00", "EUR", 4), Item.item(2, "20.00", "EUR", 4));
    await().atMost(Duration.ofSeconds(60)).until(() -> payer.mails().size() == 1);
    assertThat(textOf(payer.mails().getFirst())).contains(payer.invoice(1), payer.invoice(2));
    await().atMost(Duration.ofSeconds(20)).until(() -> requestStates(payer).equals("sent,sent"));
    JdbcTemplate database = server.database();
    database.update(
        "UPDATE notice_request r JOIN invoice i ON i.id = r.invoice_id SET r.state = 'requested', r.notice_id = NULL WHERE i.number = ?",
        payer.invoice(2));
    long id =
        Objects.requireNonNull(
            database.queryForObject(
                "SELECT id FROM payer WHERE number = ?", Long.class, payer.number()));
    database.update(
        "INSERT INTO engine_outbox (message_name, correlation_key, message_id, ttl_millis, variables, created_at)"
            + " VALUES ('notice-requested', ?, ?, 60000, ?, NOW(6))",
        String.valueOf(id),
        "late-" + id,
        "{\"payerId\":" + id + "}");
    await().atMost(Duration.ofSeconds(40)).until(() -> requestStates(payer).equals("sent,sent"));
    server.advance("P1D");
    assertThat(payer.mails()).hasSize(1);
  }

  /** A message that the engine's client cannot take holds up no other. */
  @Test
  void aMalformedMessageInTheOutboxHoldsUpNothing() {
    server
        .database()
        .update(
            "INSERT INTO engine_outbox (message_name, correlation_key, message_id, ttl_millis, variables, created_at)"
                + " VALUES ('invoice-overdue', 'x', 'poison', 0, '{\"broken', NOW(6))");
    try {
      PayerFixture payer = aPayer(server).owes(1, "124.00", "EUR", 1);
      await().atMost(Duration.ofSeconds(40)).until(() -> payer.processes(1) == 1);
    } finally {
      server.database().update("DELETE FROM engine_outbox WHERE message_id = 'poison'");
    }
  }

  private String requestStates(PayerFixture payer) {
    return String.join(",", payer.states("notice_request"));
  }

  private String noticeStates(PayerFixture payer) {
    return String.join(
        ",",
        server
            .database()
            .queryForList(
                "SELECT n.state FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ? ORDER BY n.id",
                String.class,
                payer.number()));
  }
}
