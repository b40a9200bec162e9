package io.relance.ledger;

import java.util.ArrayList;
import java.util.List;

/** What an import did, as the API answers it. Not thread-safe: one import, one report. */
public final class ImportReport {

  /** So many errors are listed; beyond them they are only counted. */
  public static final int ERRORS_LISTED_MAX = 1_000;

  /** One bad row or field. */
  public record Problem(long line, String field, String message) {}

  /** Payers that were new or changed. */
  public record Customers(long created, long updated) {}

  /** What became of the invoices of the file. */
  public record Invoices(long created, long updated, long unchanged, long rejected, long leftOut) {}

  /** The answer. */
  public record View(
      long rows, Customers customers, Invoices invoices, long errorsTotal, List<Problem> errors) {}

  long rows;
  long customersCreated;
  long customersUpdated;
  long created;
  long updated;
  long unchanged;
  long rejected;
  long leftOut;
  private long errorsTotal;
  private final List<Problem> errors = new ArrayList<>();

  void reject(long line, String field, String message) {
    rejected++;
    errorsTotal++;
    if (errors.size() < ERRORS_LISTED_MAX) {
      errors.add(new Problem(line, field, message));
    }
  }

  /** Adds the counts of a chunk that was committed. */
  void add(ImportReport chunk) {
    customersCreated += chunk.customersCreated;
    customersUpdated += chunk.customersUpdated;
    created += chunk.created;
    updated += chunk.updated;
    unchanged += chunk.unchanged;
    rejected += chunk.rejected;
    errorsTotal += chunk.errorsTotal;
    for (Problem problem : chunk.errors) {
      if (errors.size() < ERRORS_LISTED_MAX) {
        errors.add(problem);
      }
    }
  }

  public View view() {
    return new View(
        rows,
        new Customers(customersCreated, customersUpdated),
        new Invoices(created, updated, unchanged, rejected, leftOut),
        errorsTotal,
        errors.stream().sorted(java.util.Comparator.comparingLong(Problem::line)).toList());
  }
}
