package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.LockRetries;
import io.relance.kernel.Sql;
import io.relance.ledger.csv.BadValue;
import io.relance.ledger.csv.ColumnMapping;
import io.relance.ledger.csv.CsvTable;
import io.relance.ledger.csv.Encodings;
import io.relance.ledger.csv.Values;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a ledger file in, a chunk at a time and a transaction a chunk: good rows stay, bad rows are
 * reported, the same file again changes nothing. Memory does not grow with the file but for some
 * fifty bytes an invoice number.
 */
@Component
public class LedgerImport {

  private static final Logger log = LoggerFactory.getLogger(LedgerImport.class);
  private static final int CHUNK = 1_000;
  private static final Set<String> REQUIRED =
      Set.of(
          "customer_id",
          "customer_name",
          "invoice_number",
          "issue_date",
          "due_date",
          "amount",
          "currency");

  /**
   * How a file is to be taken.
   *
   * @param asOf what was settled after that day is open, what was issued after it is left out
   * @param replay keep what the file says of later days, to arrive as the clock passes them
   */
  public record Request(
      Path file,
      String fileName,
      String creditor,
      ColumnMapping mapping,
      @Nullable LocalDate asOf,
      boolean replay,
      Actor actor) {}

  private final Creditors creditors;
  private final LedgerChunk chunks;
  private final LedgerReplay replay;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final JsonMapper json;

  LedgerImport(
      Creditors creditors,
      LedgerChunk chunks,
      LedgerReplay replay,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      InstantSource clock,
      JsonMapper json) {
    this.creditors = creditors;
    this.chunks = chunks;
    this.replay = replay;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.json = json;
  }

  /**
   * Imports the file.
   *
   * @throws io.relance.ledger.csv.FileRefused if it cannot be read as a whole; nothing was taken
   *     then
   */
  public ImportReport.View run(Request request) {
    Creditor creditor =
        creditors
            .findByCode(request.creditor())
            .orElseThrow(
                () ->
                    new io.relance.ledger.csv.FileRefused(
                        "there is no creditor '" + request.creditor() + "'"));
    ImportReport report = new ImportReport();
    Instant started = clock.instant();
    try (Reader reader = Encodings.open(request.file())) {
      CsvTable table = CsvTable.open(reader, request.mapping(), REQUIRED);
      read(table, creditor, request, report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ImportReport.View view = report.view();
    jdbc.update(
        "INSERT INTO ledger_import (file_name, actor, as_of, started_at, ended_at, report) VALUES (?,?,?,?,?,?)",
        Sql.fit(request.fileName(), 255),
        request.actor().name(),
        request.asOf(),
        Sql.timestamp(started),
        Sql.timestamp(clock.instant()),
        json.writeValueAsString(view));
    log.info("Imported {}: {} rows, invoices {}", request.fileName(), view.rows(), view.invoices());
    return view;
  }

  private void read(CsvTable table, Creditor creditor, Request request, ImportReport report)
      throws IOException {
    Values values = new Values(request.mapping().dateFormat(), request.mapping().decimal());
    boolean tellsOpen = table.has("settled_date") || table.has("open_amount");
    LocalDate today = creditor.calendar().dateOf(clock.instant());
    Set<Long> seen = new HashSet<>();
    List<LedgerRow> chunk = new ArrayList<>(CHUNK);
    List<LedgerRow> later = new ArrayList<>();
    table.read(
        row -> {
          report.rows++;
          LedgerRow good;
          try {
            good = LedgerRow.read(row, values, tellsOpen);
          } catch (BadValue bad) {
            report.reject(row.line(), bad.field(), String.valueOf(bad.getMessage()));
            return;
          }
          if (!seen.add(fingerprint(good.number()))) {
            report.reject(
                row.line(),
                "invoice_number",
                "'" + good.number() + "' stands on an earlier line of this file already");
            return;
          }
          LocalDate asOf = request.asOf();
          if (asOf != null) {
            if (request.replay() && LedgerReplay.tellsOfLater(good, asOf)) {
              later.add(good);
            }
            if (good.issueDate().isAfter(asOf)) {
              report.leftOut++;
              drain(later, creditor, asOf);
              return;
            }
            good = good.asOf(asOf);
          }
          chunk.add(good);
          if (chunk.size() == CHUNK) {
            take(creditor, chunk, asOf == null ? today : asOf, request.actor(), report);
            chunk.clear();
            if (asOf != null) {
              drain(later, creditor, asOf);
            }
          }
        },
        (line, problem) -> {
          report.rows++;
          report.reject(line, "", problem);
        });
    LocalDate asOf = request.asOf();
    take(creditor, chunk, asOf == null ? today : asOf, request.actor(), report);
    if (asOf != null && !later.isEmpty()) {
      replay.keep(creditor.key(), later, asOf);
    }
  }

  private void drain(List<LedgerRow> later, Creditor creditor, LocalDate asOf) {
    if (later.size() >= CHUNK) {
      replay.keep(creditor.key(), later, asOf);
      later.clear();
    }
  }

  private void take(
      Creditor creditor, List<LedgerRow> chunk, LocalDate on, Actor actor, ImportReport report) {
    if (chunk.isEmpty()) {
      return;
    }
    report.add(
        LockRetries.retrying(
            () ->
                Objects.requireNonNull(
                    transactions.execute(status -> chunks.take(creditor, chunk, on, actor)))));
  }

  /**
   * FNV-1a, 64 bits: among a million numbers two different ones meet with a chance of 3 in 100
   * million.
   */
  private static long fingerprint(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
