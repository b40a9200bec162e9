package io.relance.ledger;

import io.relance.ledger.csv.Problems;
import java.util.List;

/** What an import did, as the API answers it. Not thread-safe: one import, one report. */
public final class ImportReport {

  /** Payers that were new or changed. */
  public record Customers(long created, long updated) {}

  /** What became of the invoices of the file. */
  public record Invoices(long created, long updated, long unchanged, long rejected, long leftOut) {}

  /** The answer. */
  public record View(
      long rows,
      Customers customers,
      Invoices invoices,
      long errorsTotal,
      List<Problems.Problem> errors) {}

  long rows;
  long customersCreated;
  long customersUpdated;
  long created;
  long updated;
  long unchanged;
  long leftOut;
  private final Problems problems = new Problems();

  void reject(long line, String field, String message) {
    problems.add(line, field, message);
  }

  /** Adds the counts of a chunk that was committed. */
  void add(ImportReport chunk) {
    customersCreated += chunk.customersCreated;
    customersUpdated += chunk.customersUpdated;
    created += chunk.created;
    updated += chunk.updated;
    unchanged += chunk.unchanged;
    problems.addAll(chunk.problems);
  }

  public View view() {
    return new View(
        rows,
        new Customers(customersCreated, customersUpdated),
        new Invoices(created, updated, unchanged, problems.total(), leftOut),
        problems.total(),
        problems.listed());
  }
}
