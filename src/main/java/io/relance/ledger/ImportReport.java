package io.relance.ledger;

import io.relance.ledger.csv.Problems;
import java.util.List;

/** What an import did, as the API answers it. Not thread-safe: one import, one report. */
public final class ImportReport {

  /** Payers that were new or changed. */
  public record Customers(long created, long updated) {}

  /** What became of the invoices of the file. */
  public record Invoices(long created, long updated, long unchanged, long rejected, long leftOut) {}

  /**
   * The answer.
   *
   * @param warnings of rows that were taken, and that their creditor may want to look at
   */
  public record View(
      long rows,
      Customers customers,
      Invoices invoices,
      long errorsTotal,
      List<Problems.Problem> errors,
      long warningsTotal,
      List<Problems.Problem> warnings) {}

  long rows;
  long customersCreated;
  long customersUpdated;
  long created;
  long updated;
  long unchanged;
  long leftOut;
  private final Problems problems = new Problems();
  private final Problems warnings = new Problems();

  void reject(long line, String field, String message) {
    problems.add(line, field, message);
  }

  void warn(long line, String field, String message) {
    warnings.add(line, field, message);
  }

  /** Adds the counts of a chunk that was committed. */
  void add(ImportReport chunk) {
    customersCreated += chunk.customersCreated;
    customersUpdated += chunk.customersUpdated;
    created += chunk.created;
    updated += chunk.updated;
    unchanged += chunk.unchanged;
    problems.addAll(chunk.problems);
    warnings.addAll(chunk.warnings);
  }

  public View view() {
    return new View(
        rows,
        new Customers(customersCreated, customersUpdated),
        new Invoices(created, updated, unchanged, problems.total(), leftOut),
        problems.total(),
        problems.listed(),
        warnings.total(),
        warnings.listed());
  }
}
