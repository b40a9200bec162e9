package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.kernel.Digests;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Letters are printed together, posted together, and each is posted once. */
class LetterBatchStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String BATCHES = "/api/v1/letters/batches";
  private static final Pattern INTEREST = Pattern.compile("interest up to [^:]+: ([0-9.]+)");

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  private PayerFixture writtenTo(String address) {
    PayerFixture payer =
        aPayerWithoutAddress(server).withPostalAddress(address).owes(1, "80.00", "EUR", 4);
    payer.awaitTask("Task_PostLetter");
    return payer;
  }

  private long letterOf(PayerFixture payer) {
    return server.count(
        "SELECT MAX(n.id) FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ? AND"
            + " n.channel = 'letter'",
        payer.number());
  }

  /** Makes batches and returns the one that the letter is in. */
  private long batchWith(long letter) {
    server.post(BATCHES, "", "agent").expect(201);
    return server.count(
        "SELECT COALESCE(MAX(batch_id), 0) FROM print_batch_item WHERE notice_id = ?", letter);
  }

  private JsonNode item(long batch, long letter) {
    for (JsonNode item :
        server.get(BATCHES + "/" + batch, "agent").expect(200).json().path("letters")) {
      if (item.path("noticeId").asLong() == letter) {
        return item;
      }
    }
    throw new AssertionError("batch " + batch + " has no letter " + letter);
  }

  private List<CSVRecord> manifest(long batch) throws IOException {
    String csv =
        new String(
            server.download(BATCHES + "/" + batch + "/manifest", "agent"), StandardCharsets.UTF_8);
    assertThat(csv).startsWith("\ufeff");
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new java.io.StringReader(csv.substring(1)))
        .getRecords();
  }

  private static CSVRecord rowOf(List<CSVRecord> rows, PayerFixture payer) {
    return rows.stream()
        .filter(r -> r.get("customer_id").equals(payer.number()))
        .findFirst()
        .orElseThrow();
  }

  private static String pages(byte[] pdf, int first, int last) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setStartPage(first);
      stripper.setEndPage(last);
      return stripper.getText(document);
    }
  }

  @Test
  void lettersAreMadePrintedAndPostedTogether() throws IOException {
    PayerFixture one = writtenTo("1 High Street, London W1");
    PayerFixture other = writtenTo("12 Long Street, =1+1 Łódź");
    assertThat(server.get("/api/v1/letters", "agent").body())
        .contains(one.number(), other.number());
    server.get("/api/v1/letters", "designer").expect(403);
    long batch = batchWith(letterOf(one));
    assertThat(batchWith(letterOf(other))).as("a letter is in one batch").isEqualTo(batch);

    byte[] pdf = server.download(BATCHES + "/" + batch + "/pdf", "agent");
    List<CSVRecord> rows = manifest(batch);
    int page = 1;
    for (CSVRecord row : rows) {
      assertThat(row.get("first_page")).isEqualTo("" + page);
      int last = page + Integer.parseInt(row.get("pages")) - 1;
      assertThat(pages(pdf, page, last)).contains(row.get("recipient"));
      byte[] part = server.download("/api/v1/messages/" + row.get("notice_id") + "/pdf", "agent");
      assertThat(Digests.sha256(part)).isEqualTo(row.get("sha256"));
      page = last + 1;
    }
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(page - 1);
    }
    CSVRecord row = rowOf(rows, other);
    assertThat(row.get("address_1")).isEqualTo("12 Long Street");
    assertThat(row.get("address_2")).as("no formula").isEqualTo("'=1+1 Łódź");
    assertThat(row.get("registered")).isEqualTo("no");
    int first = Integer.parseInt(row.get("first_page"));
    assertThat(pages(pdf, first, first)).contains(other.invoice(1), "12 Long Street", "=1+1 Łódź");

    JsonNode report =
        server.post(BATCHES + "/" + batch + "/posted", "", "agent").expect(200).json();
    assertThat(report.path("posted").asInt()).isGreaterThanOrEqualTo(2);
    for (PayerFixture payer : List.of(one, other)) {
      payer.awaitEnds("payer-letter", "EndEvent_LetterPosted");
      assertThat(payer.sent()).containsExactly("letter by post");
      assertThat(payer.timeline(1)).contains("posted by agent", "batch " + batch);
      assertThat(payer.openTasks()).isEmpty();
      assertThat(item(batch, letterOf(payer)).path("status").asString()).isEqualTo("POSTED");
    }
    assertThat(
            server
                .post(BATCHES + "/" + batch + "/posted", "", "agent")
                .json()
                .path("posted")
                .asInt())
        .as("a second time")
        .isZero();
  }

  @Test
  void whatIsNotTrueAnyMoreIsNotPrinted() throws IOException {
    PayerFixture stale = writtenTo("1 High Street, London W1");
    PayerFixture pays = writtenTo("2 High Street, London W1");
    long paid = letterOf(pays);
    long letter = letterOf(stale);
    server
        .database()
        .update("UPDATE notice_item SET open_amount = open_amount + 1 WHERE notice_id = ?", letter);
    JsonNode made = server.post(BATCHES, "", "agent").expect(201).json();
    assertThat(made.path("leftOut").toString())
        .contains("\"noticeId\":" + letter, "not so any more");
    assertThat(server.count("SELECT COUNT(*) FROM print_batch_item WHERE notice_id = ?", letter))
        .isZero();

    long batch = server.count("SELECT batch_id FROM print_batch_item WHERE notice_id = ?", paid);
    PayerFixture kept = writtenTo("3 High Street, London W1");
    assertThat(batchWith(letterOf(kept))).as("a batch is not added to").isNotEqualTo(batch);
    pays.pays(1, "80.00", "EUR");
    await()
        .atMost(SOON)
        .until(() -> item(batch, paid).path("status").asString().equals("TAKEN_BACK"));
    assertThat(item(batch, paid).path("note").asString()).contains("changed before it was posted");
    if (server.get(BATCHES + "/" + batch, "agent").json().path("batch").path("open").asInt() == 0) {
      server.get(BATCHES + "/" + batch + "/manifest", "agent").expect(400);
    } else {
      assertThat(manifest(batch).stream().map(r -> r.get("customer_id")))
          .doesNotContain(pays.number());
      byte[] pdf = server.download(BATCHES + "/" + batch + "/pdf", "agent");
      assertThat(pages(pdf, 1, 1000)).doesNotContain(pays.invoice(1));
    }
  }

  @Test
  void whatSomebodyElseHasInHandIsToldAndTheOthersGoOn() {
    PayerFixture taken = writtenTo("1 High Street, London W1");
    PayerFixture free = writtenTo("2 High Street, London W1");
    long batch = batchWith(letterOf(free));
    String key = taken.openTasks().get(0).path("key").asString();
    server.post("/api/v1/tasks/" + key + "/claim", "", "manager").expect(204);
    JsonNode report =
        server.post(BATCHES + "/" + batch + "/posted", "", "agent").expect(200).json();
    assertThat(report.path("problems").toString())
        .contains("\"noticeId\":" + letterOf(taken), "is with manager");
    free.awaitEnds("payer-letter", "EndEvent_LetterPosted");
    assertThat(taken.sent()).isEmpty();
    assertThat(item(batch, letterOf(taken)).path("note").asString()).contains("is with manager");

    server.delete(BATCHES + "/" + batch + "/letters/" + letterOf(free), "agent").expect(400);
    server.delete(BATCHES + "/" + batch + "/letters/" + letterOf(taken), "agent").expect(204);
    assertThat(batchWith(letterOf(taken))).isGreaterThan(batch);
  }

  @Test
  void aProviderGetsEachLetterOnce() throws IOException {
    PayerFixture one = writtenTo("1 High Street, London W1");
    PayerFixture other = writtenTo("2 High Street, London W1");
    long batch = batchWith(letterOf(one));
    String release = BATCHES + "/" + batch + "/release";
    String interrupted = keyOf(letterOf(other));
    handedOverAndNotNoted(batch, letterOf(other));
    server.post(release, "", "designer").expect(403);
    server.post(release, "", "agent").expect(200);
    for (PayerFixture payer : List.of(one, other)) {
      payer.awaitEnds("payer-letter", "EndEvent_LetterPosted");
      assertThat(payer.timeline(1)).contains("posted by agent");
      await()
          .atMost(SOON)
          .until(() -> item(batch, letterOf(payer)).path("status").asString().equals("POSTED"));
    }
    Path file = SharedServer.post().resolve(keyOf(letterOf(one)) + ".pdf");
    assertThat(Files.readAllBytes(file))
        .isEqualTo(server.download("/api/v1/messages/" + letterOf(one) + "/pdf", "agent"));
    assertThat(SharedServer.post().resolve(interrupted + ".pdf"))
        .as("it was fetched, and is not laid out a second time")
        .doesNotExist();
    assertThat(item(batch, letterOf(other)).path("submission").path("state").asString())
        .isEqualTo("submitted");
    server.post(release, "", "agent").expect(200);
    assertThat(SharedServer.post().resolve(interrupted + ".pdf")).doesNotExist();
  }

  /** The file was there and the print house fetched it; then we died, before the row said so. */
  private void handedOverAndNotNoted(long batch, long letter) throws IOException {
    Path ready = Files.createDirectories(SharedServer.post().resolve(".relance"));
    Files.writeString(ready.resolve(keyOf(letter) + ".begun"), keyOf(letter));
    server
        .database()
        .update(
            "INSERT INTO postal_submission (notice_id, batch_id, provider, state, released_by,"
                + " planned_at, changed_at) VALUES"
                + " (?,?,'folder','submitting','agent','2026-01-01','2026-01-01')",
            letter,
            batch);
  }

  private String keyOf(long letter) {
    return server
        .database()
        .queryForObject("SELECT message_id FROM notice WHERE id = ?", String.class, letter)
        .replaceAll("[<>]", "");
  }

  /** Formal notices are a batch of their own, and each is proved by a number. */
  @Test
  void aFormalNoticeIsPostedWithANumber() throws IOException {
    PayerFixture payer = aPayer(server).owes(9, "10.00", "EUR", -30);
    payer.pays(9, "40.00", "EUR"); // thirty too many
    payer.owes(1, "90.00", "EUR", 11);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    server.advance("P14D");
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(1) + "/handover", "{\"note\":\"no hope\"}", "agent")
        .expect(204);
    payer.awaitTask("Task_PostNotice");
    long letter = letterOf(payer);
    String text =
        server
            .database()
            .queryForObject("SELECT body_text FROM notice WHERE id = ?", String.class, letter);
    // interest is claimed if the rate of that half-year is known
    Matcher interest = INTEREST.matcher(text);
    BigDecimal claimed = interest.find() ? new BigDecimal(interest.group(1)) : BigDecimal.ZERO;
    assertThat(text)
        .contains("90.00", "-30.00", "Total to pay: 60.00", "recovery costs: 40.00")
        .contains("In all: " + new BigDecimal("100.00").add(claimed));
    long batch = batchWith(letter);
    assertThat(rowOf(manifest(batch), payer).get("registered")).isEqualTo("yes");
    JsonNode posted =
        server.post(BATCHES + "/" + batch + "/posted", "", "agent").expect(200).json();
    assertThat(posted.path("problems").toString())
        .contains("\"noticeId\":" + letter, "number of its posting");
    assertThat(payer.openTasks()).hasSize(1);

    unknownToTheProvider(batch, letter);
    JsonNode released =
        server.post(BATCHES + "/" + batch + "/release", "", "agent").expect(200).json();
    assertThat(released.path("problems").toString())
        .contains("\"noticeId\":" + letter, "nobody knows");
    assertThat(SharedServer.post().resolve(keyOf(letter) + ".pdf")).doesNotExist();
    String word = BATCHES + "/" + batch + "/letters/" + letter + "/word";
    server.put(word, "{\"taken\":true}", "agent").expect(400);
    server.put(word, "{\"taken\":false}", "agent").expect(204);
    server.put(word, "{\"taken\":false}", "agent").expect(400);
    server.post(BATCHES + "/" + batch + "/release", "", "agent").expect(200);
    assertThat(SharedServer.post().resolve(keyOf(letter) + ".pdf")).exists();
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM handover h JOIN invoice i ON i.id = h.invoice_id"
                            + " WHERE i.number = ? AND h.tracking = ?",
                        payer.invoice(1),
                        keyOf(letter))
                    == 1);
    assertThat(payer.openTasks()).isEmpty();
  }

  private void unknownToTheProvider(long batch, long letter) {
    server
        .database()
        .update(
            "INSERT INTO postal_submission (notice_id, batch_id, provider, state, released_by,"
                + " planned_at, changed_at) VALUES"
                + " (?,?,'folder','unknown','agent','2026-01-01','2026-01-01')",
            letter,
            batch);
  }

  @Test
  void onlyALetterHasAPage() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.sent().size() == 1);
    long mail =
        server.count(
            "SELECT n.id FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ?",
            payer.number());
    server.get("/api/v1/messages/" + mail + "/pdf", "agent").expect(404);
    server.get("/api/v1/messages/999999999/pdf", "agent").expect(404);
    server.get(BATCHES + "/999999999", "agent").expect(404);
  }
}
