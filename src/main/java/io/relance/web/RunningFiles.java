package io.relance.web;

import io.relance.designer.running.CaseJob;
import io.relance.designer.running.CaseJobs;
import io.relance.kernel.SpreadsheetText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What became of each case, as a file. */
@Component
class RunningFiles {

  private static final int ALL = 1_000_000;

  private final CaseJobs jobs;

  RunningFiles(CaseJobs jobs) {
    this.jobs = jobs;
  }

  /** UTF-8, comma, RFC 4180; headings are those of the API, whatever the reader's language. */
  ResponseEntity<byte[]> csv(CaseJob job) {
    StringBuilder text = new StringBuilder("\uFEFF"); // Excel takes UTF-8 for Latin without it
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(
          "case", "customer", "invoice", "element", "state", "tries", "reason", "engine", "at");
      for (CaseJob.Told told : jobs.cases(job.id(), null, ALL)) {
        CaseJob.Row row = told.row();
        csv.printRecord(
            row.processInstanceKey(),
            harmless(told.customer()),
            harmless(told.invoice()),
            harmless(row.elementId()),
            row.state(),
            row.tries(),
            harmless(row.advice()),
            harmless(row.said()),
            row.at() == null ? "" : row.at());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Downloads.file(
        text.toString().getBytes(StandardCharsets.UTF_8),
        job.kind() + "-" + job.id() + ".csv",
        MediaType.parseMediaType("text/csv;charset=UTF-8"),
        false);
  }

  private static String harmless(@Nullable String text) {
    return text == null ? "" : SpreadsheetText.harmless(text);
  }
}
