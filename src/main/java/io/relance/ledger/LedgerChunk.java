package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings a chunk of rows into the ledger: two look-ups, then only what is new or different is
 * written, in batches.
 */
@Component
class LedgerChunk {

  private final JdbcTemplate jdbc;
  private final LedgerPayers payers;
  private final LedgerCredits credits;
  private final Balances balances;
  private final OpenSpans spans;
  private final InstantSource clock;

  LedgerChunk(
      JdbcTemplate jdbc,
      LedgerPayers payers,
      LedgerCredits credits,
      Balances balances,
      OpenSpans spans,
      InstantSource clock) {
    this.credits = credits;
    this.jdbc = jdbc;
    this.payers = payers;
    this.balances = balances;
    this.spans = spans;
    this.clock = clock;
  }

  /**
   * Takes the rows in; numbers are unique among them. To be called in a transaction.
   *
   * @param on the day that the rows speak of
   */
  ImportReport take(Creditor creditor, List<LedgerRow> rows, LocalDate on, Actor actor) {
    ImportReport report = new ImportReport();
    Map<String, Long> payerIds = payers.take(creditor.key(), rows, report);
    Map<String, Invoice> known = knownInvoices(creditor.key(), rows);
    List<LedgerRow> fresh = new ArrayList<>();
    List<LedgerRow> changed = new ArrayList<>();
    Set<Long> payersTouched = new LinkedHashSet<>();
    Set<Long> notOwners = new LinkedHashSet<>();
    for (LedgerRow row : rows) {
      Invoice invoice = known.get(row.number());
      long payerId = Objects.requireNonNull(payerIds.get(row.payerNumber()));
      if (invoice == null) {
        fresh.add(row);
        payersTouched.add(payerId);
        warn(creditor, row, report);
      } else if (invoice.payerId() != payerId) {
        notOwners.add(payerId);
        report.reject(
            row.line(),
            "customer_id",
            "invoice " + row.number() + " belongs to another customer already");
      } else if (!invoice.currency().equals(row.amount().currencyCode())) {
        report.reject(
            row.line(),
            "currency",
            "invoice " + row.number() + " is known in " + invoice.currency());
      } else if (isSame(invoice, row, on)) {
        report.unchanged++;
      } else {
        changed.add(row);
        payersTouched.add(payerId);
        if (!invoice.dueDate().equals(row.dueDate())) {
          warn(creditor, row, report);
        }
      }
    }
    balances.lock(payersTouched);
    payers.requireNotMerged(Stream.concat(payersTouched.stream(), notOwners.stream()).toList());
    payers.beginAfresh(creditor.key(), Stream.concat(fresh.stream(), changed.stream()).toList());
    credits.follow(rows, payerIds);
    insert(creditor.key(), fresh, payerIds, on);
    spans.firstSeen(creditor.key(), fresh.stream().map(LedgerRow::number).toList(), on);
    report.created += fresh.size();
    report.updated += changed.size();
    update(creditor.key(), changed, on, actor);
    payersWithCredit(payersTouched).forEach(payerId -> balances.setOffCredits(payerId, on, actor));
    return report;
  }

  private static void warn(Creditor creditor, LedgerRow row, ImportReport report) {
    LegalTerms.against(creditor, row)
        .ifPresent(warning -> report.warn(row.line(), "due_date", warning));
  }

  private Map<String, Invoice> knownInvoices(long creditorId, List<LedgerRow> rows) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(creditorId);
    rows.forEach(r -> arguments.add(r.number()));
    Map<String, Invoice> known = new LinkedHashMap<>();
    jdbc.query(
        "SELECT id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount, currency, disputed, told_disputed,"
            + " disputed_amount, settled_on, outcome FROM invoice WHERE creditor_id = ? AND number IN ("
            + Sql.marks(rows.size())
            + ")",
        rs -> {
          Invoice invoice =
              new Invoice(
                  rs.getLong("id"),
                  creditorId,
                  rs.getLong("payer_id"),
                  rs.getString("number"),
                  Sql.requiredDate(rs, "issue_date"),
                  Sql.requiredDate(rs, "due_date"),
                  rs.getBigDecimal("amount"),
                  rs.getBigDecimal("open_amount"),
                  rs.getBigDecimal("told_open_amount"),
                  rs.getString("currency"),
                  rs.getBoolean("disputed"),
                  rs.getBoolean("told_disputed"),
                  rs.getBigDecimal("disputed_amount"),
                  Sql.date(rs, "settled_on"),
                  rs.getString("outcome"));
          known.put(invoice.number(), invoice);
        },
        arguments.toArray());
    return known;
  }

  private static boolean isSame(Invoice invoice, LedgerRow row, LocalDate on) {
    Money told = newWordOf(invoice, row, on);
    return invoice.issueDate().equals(row.issueDate())
        && invoice.dueDate().equals(row.dueDate())
        && (row.disputed() == null || invoice.toldDisputed() == row.disputed())
        && invoice.amount().compareTo(row.amount().amount()) == 0
        && (told == null || invoice.toldOpenAmount().compareTo(told.amount()) == 0);
  }

  /**
   * What the row says is open; null if it says nothing of it, or speaks of a day before the one on
   * which the invoice was settled: an old file takes nothing back.
   */
  private static @Nullable Money newWordOf(Invoice invoice, LedgerRow row, LocalDate on) {
    LocalDate settled = invoice.settledOn();
    return settled != null && settled.isAfter(on) ? null : row.told();
  }

  private void insert(
      long creditorId, List<LedgerRow> rows, Map<String, Long> payerIds, LocalDate on) {
    Timestamp now = Sql.timestamp(clock.instant());
    jdbc.batchUpdate(
        "INSERT INTO invoice (creditor_id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount,"
            + " currency, disputed, told_disputed, was_disputed, settled_on, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        rows.stream()
            .map(
                r -> {
                  Money open = r.told() == null ? r.amount() : r.told();
                  LocalDate settled =
                      !open.isZero() ? null : r.settledDate() == null ? on : r.settledDate();
                  return new @Nullable Object[] {
                    creditorId,
                    payerIds.get(r.payerNumber()),
                    r.number(),
                    r.issueDate(),
                    r.dueDate(),
                    r.amount().amount(),
                    open.amount(),
                    open.amount(),
                    r.amount().currencyCode(),
                    Boolean.TRUE.equals(r.disputed()),
                    Boolean.TRUE.equals(r.disputed()),
                    Boolean.TRUE.equals(r.disputed()),
                    settled,
                    now,
                    now
                  };
                })
            .toList());
  }

  /**
   * Follows what changed. The payers are locked by now, so the invoices are read again: a payment
   * may have come while we waited for the lock.
   */
  private void update(long creditorId, List<LedgerRow> changed, LocalDate on, Actor actor) {
    if (changed.isEmpty()) {
      return;
    }
    Map<String, Invoice> current = knownInvoices(creditorId, changed);
    LocalDate counts = spans.upToToday(creditorId, on);
    for (LedgerRow row : changed) {
      update(Objects.requireNonNull(current.get(row.number())), row, on, counts, actor);
    }
  }

  private void update(Invoice invoice, LedgerRow row, LocalDate on, LocalDate counts, Actor actor) {
    boolean toldDisputed = row.disputed() == null ? invoice.toldDisputed() : row.disputed();
    // the file's word counts when it changes: what an agent heard on the telephone stays
    boolean disputed = toldDisputed == invoice.toldDisputed() ? invoice.disputed() : toldDisputed;
    jdbc.update(
        "UPDATE invoice SET issue_date = ?, due_date = ?, amount = ?, disputed = ?, told_disputed = ?,"
            + " was_disputed = was_disputed OR ?, updated_at = ? WHERE id = ?",
        row.issueDate(),
        row.dueDate(),
        row.amount().amount(),
        disputed,
        toldDisputed,
        disputed,
        Sql.timestamp(clock.instant()),
        invoice.id());
    Money told = newWordOf(invoice, row, on);
    if (told == null) {
      balances.correct(invoice, row.amount(), on, counts, actor);
    } else if (told.amount().compareTo(invoice.toldOpenAmount()) != 0) {
      LocalDate settled = row.settledDate() == null ? on : row.settledDate();
      balances.follow(invoice, told, settled, counts, actor);
    }
    // new terms or a new amount leave what is open as it is, and still it is another span
    spans.follow(invoice.id(), counts);
  }

  private List<Long> payersWithCredit(Set<Long> payerIds) {
    if (payerIds.isEmpty()) {
      return List.of();
    }
    return jdbc.queryForList(
        "SELECT DISTINCT payer_id FROM invoice WHERE payer_id IN ("
            + Sql.marks(payerIds.size())
            + ") AND settled_on IS NULL AND open_amount < 0 ORDER BY payer_id",
        Long.class,
        payerIds.toArray());
  }
}
