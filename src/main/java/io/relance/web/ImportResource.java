package io.relance.web;

import io.relance.access.Audit;
import io.relance.cash.BankImport;
import io.relance.kernel.Actor;
import io.relance.ledger.ImportReport;
import io.relance.ledger.LedgerImport;
import io.relance.ledger.Uploads;
import io.relance.ledger.csv.ColumnMapping;
import io.relance.ledger.csv.FileRefused;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Ledger and bank files in. */
@RestController
@RequestMapping("/api/v1/imports")
class ImportResource {

  private final LedgerImport ledger;
  private final BankImport bank;
  private final Audit audit;
  private final boolean demo;

  ImportResource(
      LedgerImport ledger,
      BankImport bank,
      Audit audit,
      @Value("${relance.demo.enabled}") boolean demo) {
    this.ledger = ledger;
    this.bank = bank;
    this.audit = audit;
    this.demo = demo;
  }

  @PostMapping("/ledger")
  ImportReport.View ledger(
      @RequestParam MultipartFile file,
      @RequestParam(required = false) @Nullable String mapping,
      @RequestParam(required = false) @Nullable String asOf,
      @RequestParam(defaultValue = "false") boolean replay,
      @RequestParam(defaultValue = "default") String creditor,
      Principal principal) {
    LocalDate day = dateOf(asOf);
    if (replay && !demo) {
      throw new FileRefused("replay: later days arrive by themselves in the demo only");
    }
    if (replay && day == null) {
      throw new FileRefused("replay: it needs asOf, the day from which on things are to arrive");
    }
    String name = String.valueOf(file.getOriginalFilename());
    Actor actor = Actor.user(principal.getName());
    audit.record(actor, "import-ledger", "file " + name, "asOf " + day);
    return Uploads.with(
        file,
        path ->
            ledger.run(
                new LedgerImport.Request(
                    path, name, creditor, ColumnMapping.of(mapping), day, replay, actor)));
  }

  @PostMapping("/bank")
  BankImport.Report bank(
      @RequestParam MultipartFile file,
      @RequestParam(required = false) @Nullable String mapping,
      @RequestParam(defaultValue = "default") String creditor,
      Principal principal) {
    Actor actor = Actor.user(principal.getName());
    audit.record(actor, "import-bank", "file " + file.getOriginalFilename(), null);
    return Uploads.with(file, path -> bank.run(path, creditor, ColumnMapping.of(mapping), actor));
  }

  static @Nullable LocalDate dateOf(@Nullable String asOf) {
    try {
      return asOf == null || asOf.isBlank() ? null : LocalDate.parse(asOf.strip());
    } catch (DateTimeParseException bad) {
      throw new FileRefused("asOf: '" + asOf + "' is not a date of the form yyyy-MM-dd");
    }
  }
}
