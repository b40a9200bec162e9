package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The ledger's file comes every night: it is followed, and takes back nothing that is known better.
 */
class LedgerFollowStoryTest {

  private static final String HEADER =
      "customer_id,customer_name,invoice_number,issue_date,due_date,amount,currency";
  private final Server server = SharedServer.get();
  private final PayerFixture payer = aPayer(server);

  @Test
  void whatAnAgentHeardStaysWhenTheFileSaysNothingOfDisputes() {
    nightly(HEADER, "100.00,EUR");
    server
        .database()
        .update("UPDATE invoice SET disputed = TRUE WHERE number = ?", payer.invoice(1));
    nightly(HEADER, "100.00,EUR");
    nightly(HEADER, "101.00,EUR");
    assertThat(disputed()).isTrue();
    nightly(HEADER + ",disputed", "101.00,EUR,no");
    assertThat(disputed()).as("the file said 'no' all along").isTrue();
    nightly(HEADER + ",disputed", "101.00,EUR,yes");
    nightly(HEADER + ",disputed", "101.00,EUR,no");
    assertThat(disputed()).as("the file took its own word back").isFalse();
  }

  @Test
  void aCorrectedAmountKeepsWhatWasPaid() {
    nightly(HEADER, "100.00,EUR");
    payer.pays(1, "60.00", "EUR");
    nightly(HEADER, "110.00,EUR");
    assertThat(open()).isEqualTo("50.00");
    payer.pays(1, "50.00", "EUR");
    assertThat(open()).isEqualTo("0.00");
    nightly(HEADER, "105.00,EUR");
    assertThat(open()).isEqualTo("0.00");
    nightly(HEADER, "120.00,EUR");
    assertThat(open()).isEqualTo("15.00");
  }

  @Test
  void anOlderFileTakesNoSettlementBack() {
    LocalDate today = payer.today();
    payer.owes(1, "70.00", "EUR", 1);
    payer.pays(1, "70.00", "EUR");
    String csv =
        HEADER
            + ",settled_date\n"
            + line("70.00,EUR," + today, today.minusDays(31), today.minusDays(1))
            + "\n";
    Map<String, String> asOfYesterday = Map.of("asOf", today.minusDays(1).toString());
    server.importLedger(csv.getBytes(StandardCharsets.UTF_8), asOfYesterday).expect(200);
    server.importLedger(csv.getBytes(StandardCharsets.UTF_8), asOfYesterday).expect(200);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
    assertThat(open()).isEqualTo("0.00");
  }

  /** The database's usual comparison knows neither case nor accents; an invoice number does. */
  @Test
  void numbersThatDifferInCaseOrAccentAreDifferentOnes() {
    String csv =
        HEADER
            + "\n%1$s-c,A,%1$s-x,2027-01-01,2027-01-31,1.00,EUR\n%1$s-C,B,%1$s-X,2027-01-01,2027-01-31,2.00,EUR\n"
                .formatted(payer.number())
            + "%1$s-e,C,%1$s-e,2027-01-01,2027-01-31,3.00,EUR\n%1$s-é,D,%1$s-é,2027-01-01,2027-01-31,4.00,EUR\n"
                .formatted(payer.number());
    JsonNode report =
        server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200).json();
    assertThat(report.path("invoices").path("created").asInt()).as(report.toString()).isEqualTo(4);
    assertThat(
            server
                .get("/api/v1/invoices/" + payer.number() + "-X")
                .json()
                .path("openAmount")
                .asString())
        .isEqualTo("2.00");
  }

  @Test
  void numbersWithASlashHaveAPlaceOfTheirOwn() {
    String number = payer.number() + "/2026/001";
    String csv =
        HEADER + "\n" + payer.number() + ",A," + number + ",2027-01-01,2027-01-31,1.00,EUR\n";
    server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
    assertThat(
            server
                .get("/api/v1/invoices/" + number.replace("/", "%2F"))
                .expect(200)
                .json()
                .path("number")
                .asString())
        .isEqualTo(number);
  }

  @Test
  void aHeaderThatEndsInDelimitersIsNoTrouble() {
    String csv =
        HEADER
            + ",,\n"
            + payer.number()
            + ",A,"
            + payer.invoice(1)
            + ",2027-01-01,2027-01-31,1.00,EUR,,\n";
    JsonNode report =
        server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200).json();
    assertThat(report.path("invoices").path("created").asInt()).as(report.toString()).isOne();
  }

  /**
   * Payers give the invoice's number as reference of each part payment; banks give "NOTPROVIDED".
   */
  @Test
  void partPaymentsOfOneReferenceAreAllBookedAndOnce() {
    payer.owes(1, "90.00", "EUR", -5);
    String csv =
        "date,amount,currency,reference,remittance\n%1$s,20.00,EUR,NOTPROVIDED,%2$s\n%1$s,20.00,EUR,NOTPROVIDED,%2$s\n%1$s,30.00,EUR,NOTPROVIDED,%2$s\n"
            .formatted(payer.today(), payer.invoice(1).toLowerCase(java.util.Locale.ROOT));
    JsonNode first = server.importBank(csv).expect(200).json();
    assertThat(first.path("matched").asInt()).as(first.toString()).isEqualTo(3);
    JsonNode again = server.importBank(csv).expect(200).json();
    assertThat(again.path("duplicates").asInt()).as(again.toString()).isEqualTo(3);
    assertThat(open()).isEqualTo("20.00");
  }

  /** A file that was read before a payment came, and written after it, does not undo it. */
  @Test
  void aFileAndAPaymentAtTheSameMomentLoseNothing() throws Exception {
    payer.owes(1, "100.00", "EUR", 2);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.processes(1) == 1);
    try (var lock =
            java.sql.DriverManager.getConnection(
                server.databaseUrl(), server.databaseUser(), server.databasePassword());
        var sql = lock.createStatement()) {
      lock.setAutoCommit(false);
      sql.executeQuery("SELECT id FROM payer WHERE number = '" + payer.number() + "' FOR UPDATE");
      var file =
          java.util.concurrent.CompletableFuture.runAsync(
              () -> {
                LocalDate due = payer.today().minusDays(2);
                String csv =
                    HEADER
                        + ",open_amount\n"
                        + line("100.00,EUR,80.00", due.minusDays(30), due)
                        + "\n";
                server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
              });
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  server.database().queryForList("SHOW FULL PROCESSLIST").stream()
                      .anyMatch(row -> String.valueOf(row.get("Info")).endsWith("FOR UPDATE")));
      sql.executeUpdate(
          "UPDATE invoice SET open_amount = 0, settled_on = CURRENT_DATE WHERE number = '"
              + payer.invoice(1)
              + "'");
      lock.commit();
      file.get(30, java.util.concurrent.TimeUnit.SECONDS);
    }
    assertThat(open()).isEqualTo("0.00");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
  }

  private void nightly(String header, String rest) {
    LocalDate due = LocalDate.of(2031, 3, 31);
    String csv = header + "\n" + line(rest, due.minusDays(30), due) + "\n";
    JsonNode report =
        server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200).json();
    assertThat(report.path("errors").size()).as(report.toString()).isZero();
  }

  private String line(String rest, LocalDate issued, LocalDate due) {
    return String.join(
        ",", payer.number(), "Story & Sons", payer.invoice(1), "" + issued, "" + due, rest);
  }

  private boolean disputed() {
    return server.count(
            "SELECT COUNT(*) FROM invoice WHERE number = ? AND disputed = TRUE", payer.invoice(1))
        == 1;
  }

  private String open() {
    return payer.file(1).path("openAmount").asString();
  }
}
