package io.relance.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Ledger files as they come: good rows are kept, bad ones told by line, field and reason, nothing
 * twice.
 */
class ImportStoryTest {

  private static final String HEADER =
      "customer_id,customer_name,invoice_number,issue_date,due_date,amount,currency\n";
  private final Server server = SharedServer.get();

  @Test
  void goodRowsStayAndBadOnesAreToldByLineFieldAndReason() {
    JsonNode report =
        imported(
            HEADER
                + "I1,Fine Ltd,I1-1,2027-01-01,2027-01-31,100.00,EUR\n"
                + "I1,Fine Ltd,I1-2,2027-01-01,2027-02-31,100.00,EUR\n"
                + "I1,Fine Ltd,I1-3,2027-01-01,2027-01-31,\"1.234,56\",EUR\n"
                + "I1,=cmd,I1-4,2027-01-01,2027-01-31,100.00,EUR\n"
                + "I1,Fine Ltd,I1-5,2027-01-01,2027-01-31,100.00,EURO\n"
                + "I1,Fine Ltd,I1-1,2027-01-01,2027-01-31,100.00,EUR\n"
                + "I1,Fine Ltd,I1-6,2027-02-01,2027-01-31,100.00,EUR\n"
                + "I1,Fine Ltd,,2027-01-01,2027-01-31,100.00,EUR\n"
                + "I1,Fine Ltd,I1-7,2027-01-01,2027-01-31,100.00,EUR,surplus\n"
                + "I1,Fine Ltd,I1-8,2027-01-01,2027-01-31,-40.00,EUR\n");
    assertThat(report.path("rows").asInt()).isEqualTo(10);
    assertThat(report.path("invoices").path("created").asInt()).isEqualTo(2);
    assertThat(report.path("invoices").path("rejected").asInt()).isEqualTo(8);
    assertThat(report.path("errors"))
        .extracting(e -> e.path("line").asInt() + " " + e.path("field").asString())
        .containsExactly(
            "3 due_date",
            "4 amount",
            "5 customer_name",
            "6 currency",
            "7 invoice_number",
            "8 due_date",
            "9 invoice_number",
            "10 ");
    // the credit note was set against the invoice
    assertThat(server.get("/api/v1/invoices/I1-1").json().path("openAmount").asString())
        .isEqualTo("60.00");
  }

  /** The command's exit code: 0 all taken, 1 some rejected, 2 nothing taken. */
  @Test
  void theCommandLineSendsAFileAndItsExitCodeTellsWhatBecameOfIt(@TempDir Path folder)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("ledger.csv"),
            HEADER + "CL1,Command Ltd,CL1-1,2027-01-01,2027-01-31,10.00,EUR\n");
    assertThat(command(file.toString())).startsWith("0 ").contains("\"created\":1");
    Files.writeString(file, HEADER + "CL1,Command Ltd,CL1-2,2027-01-01,never,10.00,EUR\n");
    assertThat(command(file.toString())).startsWith("1 ").contains("due_date");
    assertThat(command(folder.resolve("none.csv").toString()))
        .startsWith("2 ")
        .contains("cannot read", "usage:");
    assertThat(command(file.toString(), "--colour=red")).startsWith("2 ").contains("--colour");
  }

  private String command(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.relance.RelanceApplication",
                "import",
                "--url=" + server.url()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("RELANCE_USER", "manager", "RELANCE_PASSWORD", "manager"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said;
  }

  @Test
  void theSameFileAgainChangesNothing() {
    String csv =
        HEADER
            + "I2,Same Ltd,I2-1,2027-01-01,2027-01-31,10.00,EUR\nI2,Same Ltd,I2-2,2027-01-01,2027-01-31,-4.00,EUR\n";
    imported(csv);
    JsonNode again = imported(csv);
    assertThat(again.path("invoices").path("unchanged").asInt()).isEqualTo(2);
    assertThat(again.path("customers").toString()).isEqualTo("{\"created\":0,\"updated\":0}");
    assertThat(server.get("/api/v1/invoices/I2-1").json().path("openAmount").asString())
        .isEqualTo("6.00");
  }

  /** The ledger lags behind the bank: its old word does not undo a payment. */
  @Test
  void anOldFileDoesNotTakeAPaymentBack() {
    String csv =
        HEADER.replace("currency\n", "currency,open_amount\n")
            + "I3,Lag Ltd,I3-1,2027-01-01,2027-01-31,10.00,EUR,10.00\n";
    imported(csv);
    server
        .importBank(
            "date,amount,currency,reference,remittance\n2027-01-05,10.00,EUR,BANK-I3,payment I3-1\n")
        .expect(200);
    imported(csv);
    assertThat(server.get("/api/v1/invoices/I3-1").json().path("status").asString())
        .isEqualTo("paid");
    assertThat(
            server
                .importBank(
                    "date,amount,currency,reference,remittance\n2027-01-05,10.00,EUR,BANK-I3,payment I3-1\n")
                .json()
                .path("duplicates")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void semicolonsWindowsEncodingAndGermanFormatsAreRead() {
    String csv =
        "customer_id;customer_name;invoice_number;issue_date;due_date;amount;currency\nI4;Müller & Söhne;I4-1;01.02.2027;03.03.2027;1.234,56;EUR\n";
    JsonNode report =
        server
            .importLedger(
                csv.getBytes(Charset.forName("windows-1252")),
                Map.of("mapping", "{\"dateFormat\":\"dd.MM.yyyy\",\"decimal\":\",\"}"))
            .expect(200)
            .json();
    assertThat(report.path("invoices").path("created").asInt()).as(report.toString()).isEqualTo(1);
    assertThat(server.get("/api/v1/customers/I4").json().path("name").asString())
        .isEqualTo("Müller & Söhne");
    assertThat(server.get("/api/v1/invoices/I4-1").json().path("amount").asString())
        .isEqualTo("1234.56");
  }

  @Test
  void filesThatCannotBeReadAreRefusedWhole() {
    refused("", "the file is empty");
    refused("a,b\n1,2\n", "missing columns");
    refused("a,a\n1,2\n", "is there twice");
    server.importLedger("x".getBytes(StandardCharsets.UTF_16), Map.of()).expect(422);
    assertThat(
            server
                .importLedger(
                    (HEADER).getBytes(StandardCharsets.UTF_8), Map.of("mapping", "nonsense"))
                .expect(422)
                .body())
        .contains("no shipped mapping");
    assertThat(
            server
                .importLedger(
                    (HEADER).getBytes(StandardCharsets.UTF_8), Map.of("mapping", "{\"colums\":{}}"))
                .expect(422)
                .body())
        .contains("mapping");
    assertThat(
            server
                .importLedger(
                    (HEADER).getBytes(StandardCharsets.UTF_8), Map.of("asOf", "yesterday"))
                .expect(422)
                .body())
        .contains("asOf");
  }

  @Test
  void markupInNamesIsShownNotRun() {
    imported(HEADER + "I5,<script>alert(1)</script>,I5-1,2027-01-01,2027-01-31,10.00,EUR\n");
    assertThat(server.get("/api/v1/customers/I5").json().path("name").asString())
        .isEqualTo("<script>alert(1)</script>");
  }

  private void refused(String csv, String reason) {
    assertThat(
            server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(422).body())
        .contains("file-refused", reason);
  }

  private JsonNode imported(String csv) {
    return server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200).json();
  }
}
