package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The last road: formal notice, a manager's decision, evidence; and all that leads back from it.
 */
class HandoverStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String POSTED =
      "{\"postingOutcome\":\"posted\",\"trackingNumber\":\"1A 2345\"}";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void whatNobodyPaysIsHandedOverWithEverythingThatWasTried() throws Exception {
    SharedServer.knowRates();
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 18);
    awaitTask(payer, "Task_CallPayer");
    payer.completes("{\"callOutcome\":\"refuses\",\"nonpaymentReason\":\"other\"}");
    server.advance("P8D"); // the last reminder
    assertThat(payer.steps(1, "taken")).containsExactly("call", "final-reminder");
    server.advance("P10D");
    awaitTask(payer, "Task_PostNotice");
    assertThat(payer.timeline(1)).contains("Handover proposed", "Formal notice written");
    assertThat(letterOf(payer))
        .contains("Formal notice to pay", payer.invoice(1), "900.00", "10 days")
        .contains("Late-payment interest up to ", "at 12.15 % a year, ")
        .contains("recovery costs: 40.00", "L441-10", "In all: 9");
    payer.refuses("{\"postingOutcome\":\"posted\"}");
    payer.completes(POSTED);
    server.advance("P10D");
    assertThat(payer.openTasks()).as("twelve business days are not over").isEmpty();
    assertThat(payer.mails()).as("no reminder meanwhile").hasSize(1);
    advanceToDecision(payer);
    awaitTask(payer, "Task_ApproveHandover");
    payer.managerCompletes(
        "{\"handoverOutcome\":\"approve\",\"handoverRoute\":\"court\",\"handoverNote\":\"no answer\"}");
    await().atMost(SOON).until(() -> payer.file(1).path("status").asString().equals("handed-over"));
    payer.awaitEnds("legal-handover", "EndEvent_HandedOver");
    server.get("/api/v1/invoices/" + payer.invoice(1) + "/evidence").expect(200);
    assertThat(handover(payer, 1).path("route").asString()).isEqualTo("court");
    proves(payer);
  }

  /** Every file is in the manifest, with its digest and its link of the chain. */
  private void proves(PayerFixture payer) throws IOException {
    Map<String, byte[]> files = evidenceOf(payer);
    assertThat(files.keySet()).contains("claim.txt", "timeline.csv", "amount.csv", "manifest.txt");
    assertThat(files.keySet().stream().filter(f -> f.endsWith("-letter-formal.txt"))).hasSize(1);
    assertThat(files.keySet().stream().filter(f -> f.endsWith("-email-final.txt"))).hasSize(1);
    String manifest = new String(files.remove("manifest.txt"), StandardCharsets.UTF_8);
    String link = "";
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String digest = sha256(file.getValue());
      link = sha256((link + digest).getBytes(StandardCharsets.UTF_8));
      assertThat(manifest).contains(file.getKey() + "  " + digest + "  " + link);
    }
    assertThat(new String(files.get("claim.txt"), StandardCharsets.UTF_8))
        .contains("1A 2345", "court", "no answer", "Asked before: 2 times");
    assertThat(new String(files.get("timeline.csv"), StandardCharsets.UTF_8))
        .contains("Call:", "E-mail (final)", "Letter (formal)");
  }

  @Test
  void whoWasNeverAskedIsNotTakenToCourt() {
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 36);
    await().atMost(SOON).until(() -> state(payer, 1).equals("too-early"));
    assertThat(payer.timeline(1)).contains("not asked often enough");
    await().atMost(SOON).until(() -> payer.mails().size() == 1); // it is asked once more
    assertThat(payer.openTasks()).isEmpty();
    PayerFixture nobody = aPayerWithoutAddress(server).owes(1, "900.00", "EUR", 36);
    awaitTask(nobody, "Task_CallPayer");
    nobody.awaitEnds("legal-handover", "EndEvent_TooEarlyCall");
    server.advance("P5D");
    awaitTask(payer, "Task_ReviewCase");
  }

  /** Two invoices on the same road: one is given back and forth, the other one paid. */
  @Test
  void everythingThatSettlesOrChangesTheInvoiceLeadsBack() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "90.00", "EUR", 11), item(2, "80.00", "EUR", 11));
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    String handover = "/api/v1/invoices/" + payer.invoice(1) + "/handover";
    server.post(handover, "{}", "agent").expect(400);
    server.post(handover, "{\"note\":\"x\"}", "designer").expect(403);
    server.delete(handover, "agent").expect(404);
    server.advance("P14D");
    assertThat(payer.mails()).hasSize(2);
    propose(payer, 2);
    propose(payer, 1);
    server.post(handover, "{\"note\":\"again\"}", "agent").expect(400);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 2);

    payer.pays(2, "80.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    assertThat(state(payer, 2)).isEqualTo("settled");

    payer.completes("{\"postingOutcome\":\"no-address\"}");
    await().atMost(SOON).until(() -> state(payer, 1).equals("no-address"));
    assertThat(payer.timeline(1)).contains("no postal address");
    awaitTask(payer, "Task_LookIntoSignal");
    payer.completes("{\"signalNote\":\"asked their bank\"}");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    server.advance("P11D"); // the plan proposes it, too
    awaitTask(payer, "Task_PostNotice");
    payer.completes("{\"postingOutcome\":\"no-address\"}");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    server.advance("P5D");
    awaitTask(payer, "Task_ReviewCase");
    payer.completes("{\"reviewOutcome\":\"hand-over\",\"reviewNote\":\"address found\"}");
    awaitTask(payer, "Task_PostNotice");
    payer.completes(POSTED);
    await()
        .atMost(SOON)
        .until(() -> waitsAt(payer, "legal-handover").equals("Timer_WaitForAnswer"));
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(1) + "/promise",
            "{\"promisedFor\":\"%s\"}".formatted(payer.today().plusDays(3)),
            "agent")
        .expect(204);
    await().atMost(SOON).until(() -> state(payer, 1).equals("interrupted"));

    server.advance("P8D"); // the promise is not kept
    propose(payer, 1); // the letter that was posted still counts
    await()
        .atMost(SOON)
        .until(() -> waitsAt(payer, "legal-handover").equals("Timer_WaitForAnswer"));
    assertThat(payer.openTasks()).isEmpty();
    advanceToDecision(payer);
    awaitTask(payer, "Task_ApproveHandover");
    payer.managerCompletes("{\"handoverOutcome\":\"refuse\",\"handoverNote\":\"too costly\"}");
    await().atMost(SOON).until(() -> state(payer, 1).equals("refused"));
    assertThat(payer.timeline(1)).contains("too costly", "On hold until");
    assertThat(payer.file(1).path("status").asString()).isNotEqualTo("handed-over");
  }

  /** The word of a proposal was lost, and comes when the invoice is promised. */
  @Test
  void whatIsPromisedMeanwhileIsNotBegun() {
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 2);
    await().atMost(SOON).until(() -> payer.processes(1) == 1);
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(1) + "/promise",
            "{\"promisedFor\":\"%s\"}".formatted(payer.today().plusDays(5)),
            "agent")
        .expect(204);
    server
        .post("/api/v1/invoices/" + payer.invoice(1) + "/handover", "{\"note\":\"x\"}")
        .expect(400);
    server
        .database()
        .update(
            "INSERT INTO handover (invoice_id, payer_id, live, state, proposed_by, source, opened_at)"
                + " SELECT id, payer_id, 1, 'open', 'system:test', CONCAT('test-', id), NOW() FROM invoice WHERE number = ?",
            payer.invoice(1));
    await().atMost(Duration.ofSeconds(90)).until(() -> state(payer, 1).equals("interrupted"));
    payer.awaitEnds("legal-handover", "EndEvent_NotWanted");
  }

  private void advanceToDecision(PayerFixture payer) {
    LocalDate decideOn = LocalDate.parse(handover(payer, 1).path("decideOn").asString());
    server.advance("P" + ChronoUnit.DAYS.between(payer.today(), decideOn) + "D");
  }

  private void propose(PayerFixture payer, int n) {
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(n) + "/handover",
            "{\"note\":\"no answer\"}",
            "agent")
        .expect(204);
  }

  private tools.jackson.databind.JsonNode handover(PayerFixture payer, int n) {
    return server.get("/api/v1/invoices/" + payer.invoice(n) + "/handover").expect(200).json();
  }

  private String state(PayerFixture payer, int n) {
    Server.Answer answer = server.get("/api/v1/invoices/" + payer.invoice(n) + "/handover");
    return answer.status() == 404 ? "" : answer.expect(200).json().path("state").asString();
  }

  private void awaitTask(PayerFixture payer, String type) {
    await()
        .atMost(SOON)
        .until(
            () ->
                payer.openTasks().size() == 1
                    && payer.openTasks().get(0).path("type").asString().equals(type));
  }

  private String letterOf(PayerFixture payer) {
    return server
        .database()
        .queryForObject(
            "SELECT n.body_text FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ? AND n.channel = 'letter'",
            String.class,
            payer.number());
  }

  private String waitsAt(PayerFixture payer, String model) {
    return String.join(
        ",",
        server
            .database()
            .queryForList(
                "SELECT t.element_id FROM engine_timer t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
                    + " JOIN payer p ON p.id = s.payer_id JOIN engine_instance e ON e.process_instance_key = t.process_instance_key"
                    + " WHERE p.number = ? AND e.bpmn_process_id = ?",
                String.class,
                payer.number(),
                model));
  }

  private Map<String, byte[]> evidenceOf(PayerFixture payer) throws IOException {
    byte[] zip =
        server
            .database()
            .queryForObject(
                "SELECT f.content FROM evidence_file f JOIN handover h ON h.id = f.handover_id JOIN invoice i ON i.id = h.invoice_id WHERE i.number = ?",
                byte[].class,
                payer.invoice(1));
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
