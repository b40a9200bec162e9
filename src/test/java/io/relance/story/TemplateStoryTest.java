package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What messages say: all that is open, in the payer's language, in the designer's words. */
class TemplateStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  /** Disputed, promised and later invoices are listed as such; what the payer has is deducted. */
  @Test
  void oneMessageListsAllThatIsOpenAndAsksForTheRest() {
    PayerFixture payer = aPayer(server).owes(9, "10.00", "EUR", -30);
    payer.pays(9, "25.00", "EUR"); // fifteen too many
    payer.owes(2, "50.00", "EUR", -1);
    payer.disputes(2, null);
    payer.owes(3, "70.00", "EUR", -1);
    payer.promises(3, 9);
    payer.owes(
        item(1, "100.00", "EUR", 5), item(4, "40.00", "EUR", -20), item(5, "-20.00", "EUR", 3));
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    String mail = textOf(payer.mails().getFirst());
    assertThat(mail)
        .contains(payer.invoice(1) + " · Due", "80.00", "remaining after part payment")
        .contains("not yet matched", "-15.00")
        .contains("Total to pay: 65.00")
        .contains(payer.invoice(2) + " · 50.00", "we are looking into what you told us")
        .contains(payer.invoice(3) + " · 70.00", "you promised it for")
        .contains(payer.invoice(4) + " · 40.00", "due on");
    assertThat(
            server
                .database()
                .queryForObject(
                    "SELECT payment_code FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ?",
                    String.class,
                    payer.number())
                .split("\n"))
        .as("what banking apps read")
        .startsWith("BCD", "002", "1", "SCT", "")
        .contains("FR7630006000011234567890189", "EUR65.00");
  }

  /** What the payer has with us comes up to what is overdue: they are not asked for anything. */
  @Test
  void whoseCreditCoversWhatIsOverdueIsNotReminded() {
    PayerFixture payer = aPayer(server).owes(9, "9.00", "EUR", -30);
    payer.pays(9, "70.00", "EUR");
    payer.owes(1, "60.00", "EUR", -2);
    server.advance("P7D");
    assertThat(payer.mails()).isEmpty();
    payer.owes(2, "30.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(textOf(payer.mails().getFirst()))
        .contains(payer.invoice(1), payer.invoice(2), "-61.00", "Total to pay: 29.00");
  }

  /**
   * The accountant matched the money elsewhere: the ledger says so, and it is not deducted again.
   */
  @Test
  void whatTheLedgerHasMatchedIsNotDeductedOnceMore() {
    PayerFixture payer = aPayer(server).owes(9, "9.00", "EUR", -30);
    payer.pays(9, "69.00", "EUR");
    payer.owes(1, "60.00", "EUR", -20);
    payer.row(1, "60.00", "EUR", -20, "no", payer.today().toString());
    payer.owes(2, "100.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(textOf(payer.mails().getFirst())).contains("Total to pay: 100.00");
  }

  @Test
  void whoSpeaksGermanIsWrittenToInGerman() {
    PayerFixture payer =
        aPayer(server).speaking("de").livingIn("DE", "").owes(1, "1200.50", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(textOf(payer.mails().getFirst()))
        .contains("Guten Tag", "1.200,50", payer.invoice(1), "Freundliche Grüße");
  }

  @Test
  void aDesignersWordsAreCheckedKeptAndUsed() {
    String at = "/api/v1/templates/nl/courteous/email";
    JsonNode shipped = server.get(at, "designer").expect(200).json();
    assertThat(shipped.path("version").asInt()).isZero();
    String words =
        shipped
            .path("source")
            .asString()
            .replace("Met vriendelijke groet", "Met een groet uit Lyon");
    assertThat(words).contains("uit Lyon");
    server.put(at, body(words, 0), "agent").expect(403);
    JsonNode refused =
        server.put(at, body(words + "\n{{secret}}", 0), "designer").expect(422).json();
    assertThat(refused.path("problems").get(0).path("text").asString())
        .contains("{{secret}} is not known here");
    server.put(at, body(words, 3), "designer").expect(400);
    int version =
        server.put(at, body(words, 0), "designer").expect(200).json().path("version").asInt();
    assertThat(version).isEqualTo(1);
    PayerFixture payer =
        aPayer(server).speaking("nl").livingIn("NL", "").owes(1, "80.00", "EUR", 5);
    JsonNode preview =
        server
            .post(
                at + "/preview",
                JSON.writeValueAsString(Map.of("source", words, "customer", payer.number())),
                "designer")
            .expect(200)
            .json();
    assertThat(preview.path("html").asString())
        .contains("uit Lyon", payer.invoice(1), "data:image/png;base64,");
    String trial =
        JSON.writeValueAsString(
            Map.of(
                "source",
                words,
                "customer",
                payer.number(),
                "to",
                "designer@atelier-moreau.example"));
    server.post(at + "/test", trial.replace("@", " at "), "designer").expect(400);
    server.post(at + "/test", trial.replace("atelier-moreau", "elsewhere"), "designer").expect(400);
    server.post(at + "/test", trial, "designer").expect(200);
    assertThat(SharedServer.mail().to("designer@atelier-moreau.example"))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.getSubject()).startsWith("[Test] ");
              assertThat(textOf(mail)).contains("uit Lyon", payer.invoice(1));
            });
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(textOf(payer.mails().getFirst())).contains("Met een groet uit Lyon");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ? AND n.template_version = 1",
                payer.number()))
        .isEqualTo(1);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'save-template' AND actor = 'designer' AND subject = 'template nl/courteous/email'"))
        .isEqualTo(1);
    server.delete(at + "?basedOn=1", "designer").expect(200);
    assertThat(server.get(at, "designer").json().path("source").asString())
        .isEqualTo(shipped.path("source").asString());
  }

  private static String body(String source, int basedOn) {
    return JSON.writeValueAsString(
        Map.of("source", source, "basedOn", basedOn, "note", "greeting"));
  }
}
