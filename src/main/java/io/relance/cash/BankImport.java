package io.relance.cash;

import io.relance.kernel.Actor;
import io.relance.kernel.Digests;
import io.relance.kernel.LockRetries;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.csv.BadValue;
import io.relance.ledger.csv.ColumnMapping;
import io.relance.ledger.csv.CsvTable;
import io.relance.ledger.csv.Encodings;
import io.relance.ledger.csv.FileRefused;
import io.relance.ledger.csv.Problems;
import io.relance.ledger.csv.Values;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes a bank file in CSV: {@code date, amount, currency, reference, remittance, debtor_name}.
 * Each entry is booked once, whatever its file is sent again, in a transaction of its own.
 */
@Component
public class BankImport {

  private static final Set<String> REQUIRED = Set.of("date", "amount", "currency", "reference");

  /**
   * What became of the entries.
   *
   * @param errors the first of the rejected lines
   */
  public record Report(
      long entries,
      long matched,
      long partial,
      long unmatched,
      long duplicates,
      long rejected,
      List<Problems.Problem> errors) {}

  /**
   * One line of money received.
   *
   * @param occurrence tells lines apart that are alike in everything: the first of them in its file
   *     is 1
   */
  public record Entry(
      LocalDate date,
      Money amount,
      String reference,
      @Nullable String remittance,
      @Nullable String debtorName,
      int occurrence) {

    Entry occurring(int times) {
      return new Entry(date, amount, reference, remittance, debtorName, times);
    }

    /**
     * What identifies the entry. Banks and payers use references again (an invoice number for each
     * of two part payments, "NOTPROVIDED"), so it takes the whole line to tell two entries apart.
     */
    public String key() {
      return Digests.sha256(
          date
              + "|"
              + amount
              + "|"
              + reference
              + "|"
              + Objects.toString(remittance, "")
              + "|"
              + Objects.toString(debtorName, "")
              + "|"
              + occurrence);
    }
  }

  private final Creditors creditors;
  private final Payments payments;

  BankImport(Creditors creditors, Payments payments) {
    this.creditors = creditors;
    this.payments = payments;
  }

  /**
   * Imports a file.
   *
   * @throws FileRefused if it cannot be read as a whole
   */
  public Report run(Path file, String creditorCode, ColumnMapping mapping, Actor actor) {
    Creditor creditor =
        creditors
            .findByCode(creditorCode)
            .orElseThrow(() -> new FileRefused("there is no creditor '" + creditorCode + "'"));
    Tally tally = new Tally();
    Values values = new Values(mapping.dateFormat(), mapping.decimal());
    try (Reader reader = Encodings.open(file)) {
      CsvTable.open(reader, mapping, REQUIRED)
          .read(
              row -> {
                tally.entries++;
                try {
                  Entry alike = read(row, values);
                  Entry entry = alike.occurring(tally.seen.merge(alike.key(), 1, Integer::sum));
                  tally.count(LockRetries.retrying(() -> payments.receive(creditor, entry, actor)));
                } catch (BadValue bad) {
                  tally.problems.add(row.line(), bad.field(), String.valueOf(bad.getMessage()));
                }
              },
              (line, problem) -> {
                tally.entries++;
                tally.problems.add(line, "", problem);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Report(
        tally.entries,
        tally.matched,
        tally.partial,
        tally.unmatched,
        tally.duplicates,
        tally.problems.total(),
        tally.problems.listed());
  }

  private static Entry read(CsvTable.Row row, Values values) {
    String currency = values.currency("currency", row.get("currency"));
    Money amount = values.amount("amount", row.get("amount"), currency);
    if (!amount.isPositive()) {
      throw new BadValue(
          "amount", amount.plain() + " is not money received; debits are not booked here");
    }
    return new Entry(
        values.date("date", row.get("date")),
        amount,
        values.text("reference", row.get("reference"), 180),
        values.optionalText("remittance", row.get("remittance"), 1000),
        values.optionalText("debtor_name", row.get("debtor_name"), 200),
        1);
  }

  private static final class Tally {
    private long entries;
    private long matched;
    private long partial;
    private long unmatched;
    private long duplicates;
    private final Problems problems = new Problems();
    private final Map<String, Integer> seen = new HashMap<>();

    void count(Payments.Outcome outcome) {
      switch (outcome) {
        case MATCHED -> matched++;
        case PARTIAL -> partial++;
        case UNMATCHED -> unmatched++;
        case DUPLICATE -> duplicates++;
      }
    }
  }
}
