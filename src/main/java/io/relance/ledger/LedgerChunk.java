package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings a chunk of rows into the ledger: two look-ups, then only what is new or different is
 * written, in batches.
 */
@Component
class LedgerChunk {

  private record PayerRow(
      long id,
      String number,
      String name,
      @Nullable String country,
      @Nullable String language,
      @Nullable String segment,
      @Nullable LocalDate since,
      @Nullable String email,
      @Nullable String phone) {

    /** What the file leaves out stays as it is known. */
    PayerRow with(LedgerRow row) {
      return new PayerRow(
          id,
          number,
          row.payerName(),
          row.country() == null ? country : row.country(),
          row.language() == null ? language : row.language(),
          row.segment() == null ? segment : row.segment(),
          row.customerSince() == null ? since : row.customerSince(),
          row.email() == null ? email : row.email(),
          row.phone() == null ? phone : row.phone());
    }
  }

  private final JdbcTemplate jdbc;
  private final Balances balances;
  private final InstantSource clock;

  LedgerChunk(JdbcTemplate jdbc, Balances balances, InstantSource clock) {
    this.jdbc = jdbc;
    this.balances = balances;
    this.clock = clock;
  }

  /** To be called in a transaction. */
  ImportReport take(Creditor creditor, List<LedgerRow> rows, LocalDate on, Actor actor) {
    ImportReport report = new ImportReport();
    Map<String, Long> payers = takePayers(creditor.key(), rows, report);
    Map<String, Invoice> known = knownInvoices(creditor.key(), rows);
    List<LedgerRow> fresh = new ArrayList<>();
    List<LedgerRow> changed = new ArrayList<>();
    Set<Long> payersTouched = new LinkedHashSet<>();
    for (LedgerRow row : rows) {
      Invoice invoice = known.get(key(row.number()));
      long payerId = Objects.requireNonNull(payers.get(key(row.payerNumber())));
      if (invoice == null) {
        fresh.add(row);
        payersTouched.add(payerId);
      } else if (invoice.payerId() != payerId) {
        report.reject(
            row.line(),
            "customer_id",
            "invoice " + row.number() + " belongs to another customer already");
      } else if (!invoice.currency().equals(row.amount().currencyCode())) {
        report.reject(
            row.line(),
            "currency",
            "invoice " + row.number() + " is known in " + invoice.currency());
      } else if (isSame(invoice, row)) {
        report.unchanged++;
      } else {
        changed.add(row);
        payersTouched.add(payerId);
      }
    }
    insert(creditor.key(), fresh, payers, on);
    report.created += fresh.size();
    if (!changed.isEmpty()) {
      balances.lock(
          changed.stream()
              .map(r -> Objects.requireNonNull(payers.get(key(r.payerNumber()))))
              .toList());
      changed.forEach(
          row -> update(Objects.requireNonNull(known.get(key(row.number()))), row, on, actor));
      report.updated += changed.size();
    }
    payersWithCredit(payersTouched).forEach(payerId -> balances.setOffCredits(payerId, on, actor));
    return report;
  }

  /** The database compares numbers without regard to case and trailing blanks; so do we. */
  private static String key(String number) {
    return number.strip().toLowerCase(java.util.Locale.ROOT);
  }

  private Map<String, Long> takePayers(long creditorId, List<LedgerRow> rows, ImportReport report) {
    Map<String, LedgerRow> wanted = new LinkedHashMap<>();
    rows.forEach(row -> wanted.put(key(row.payerNumber()), row));
    Map<String, PayerRow> known = knownPayers(creditorId, wanted.values());
    List<LedgerRow> fresh = new ArrayList<>();
    List<PayerRow> changed = new ArrayList<>();
    for (LedgerRow row : wanted.values()) {
      PayerRow before = known.get(key(row.payerNumber()));
      if (before == null) {
        fresh.add(row);
      } else if (!before.with(row).equals(before)) {
        changed.add(before.with(row));
      }
    }
    Timestamp now = Sql.timestamp(clock.instant());
    jdbc.batchUpdate(
        "INSERT INTO payer (creditor_id, number, name, country, language, segment, customer_since, email, phone, created_at,"
            + " updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        fresh.stream()
            .map(
                r ->
                    new @Nullable Object[] {
                      creditorId,
                      r.payerNumber(),
                      r.payerName(),
                      r.country(),
                      r.language(),
                      r.segment(),
                      r.customerSince(),
                      r.email(),
                      r.phone(),
                      now,
                      now
                    })
            .toList());
    jdbc.batchUpdate(
        "UPDATE payer SET name = ?, country = ?, language = ?, segment = ?, customer_since = ?, email = ?, phone = ?,"
            + " updated_at = ? WHERE id = ?",
        changed.stream()
            .map(
                p ->
                    new @Nullable Object[] {
                      p.name(),
                      p.country(),
                      p.language(),
                      p.segment(),
                      p.since(),
                      p.email(),
                      p.phone(),
                      now,
                      p.id()
                    })
            .toList());
    report.customersCreated += fresh.size();
    report.customersUpdated += changed.size();
    Map<String, Long> ids = new LinkedHashMap<>();
    known.forEach((number, payer) -> ids.put(number, payer.id()));
    if (!fresh.isEmpty()) {
      knownPayers(creditorId, fresh).forEach((number, payer) -> ids.put(number, payer.id()));
    }
    return ids;
  }

  private Map<String, PayerRow> knownPayers(long creditorId, Collection<LedgerRow> rows) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(creditorId);
    rows.forEach(r -> arguments.add(r.payerNumber()));
    Map<String, PayerRow> known = new LinkedHashMap<>();
    jdbc.query(
        "SELECT id, number, name, country, language, segment, customer_since, email, phone FROM payer"
            + " WHERE creditor_id = ? AND number IN ("
            + Sql.marks(rows.size())
            + ")",
        rs -> {
          PayerRow payer =
              new PayerRow(
                  rs.getLong(1),
                  rs.getString(2),
                  rs.getString(3),
                  rs.getString(4),
                  rs.getString(5),
                  rs.getString(6),
                  Sql.date(rs, "customer_since"),
                  rs.getString(8),
                  rs.getString(9));
          known.put(key(payer.number()), payer);
        },
        arguments.toArray());
    return known;
  }

  private Map<String, Invoice> knownInvoices(long creditorId, List<LedgerRow> rows) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(creditorId);
    rows.forEach(r -> arguments.add(r.number()));
    Map<String, Invoice> known = new LinkedHashMap<>();
    jdbc.query(
        "SELECT id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount, currency, disputed,"
            + " settled_on, outcome FROM invoice WHERE creditor_id = ? AND number IN ("
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
                  Sql.date(rs, "settled_on"),
                  rs.getString("outcome"));
          known.put(key(invoice.number()), invoice);
        },
        arguments.toArray());
    return known;
  }

  private static boolean isSame(Invoice invoice, LedgerRow row) {
    Money told = row.told();
    return invoice.issueDate().equals(row.issueDate())
        && invoice.dueDate().equals(row.dueDate())
        && invoice.disputed() == row.disputed()
        && invoice.amount().compareTo(row.amount().amount()) == 0
        && (told == null || invoice.toldOpenAmount().compareTo(told.amount()) == 0);
  }

  private void insert(
      long creditorId, List<LedgerRow> rows, Map<String, Long> payers, LocalDate on) {
    Timestamp now = Sql.timestamp(clock.instant());
    jdbc.batchUpdate(
        "INSERT INTO invoice (creditor_id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount,"
            + " currency, disputed, settled_on, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        rows.stream()
            .map(
                r -> {
                  Money open = r.told() == null ? r.amount() : r.told();
                  LocalDate settled =
                      !open.isZero() ? null : r.settledDate() == null ? on : r.settledDate();
                  return new @Nullable Object[] {
                    creditorId,
                    payers.get(key(r.payerNumber())),
                    r.number(),
                    r.issueDate(),
                    r.dueDate(),
                    r.amount().amount(),
                    open.amount(),
                    open.amount(),
                    r.amount().currencyCode(),
                    r.disputed(),
                    settled,
                    now,
                    now
                  };
                })
            .toList());
  }

  private void update(Invoice invoice, LedgerRow row, LocalDate on, Actor actor) {
    jdbc.update(
        "UPDATE invoice SET issue_date = ?, due_date = ?, amount = ?, disputed = ?, updated_at = ? WHERE id = ?",
        row.issueDate(),
        row.dueDate(),
        row.amount().amount(),
        row.disputed(),
        Sql.timestamp(clock.instant()),
        invoice.id());
    Money told = row.told();
    if (told == null) {
      // the file says nothing of what is open: a changed amount changes it by the difference
      Money difference = row.amount().minus(invoice.total());
      told =
          Money.of(invoice.toldOpenAmount().stripTrailingZeros(), invoice.currency())
              .plus(difference);
      if (!difference.isZero()) {
        balances.follow(invoice, told, on, actor);
      }
    } else if (told.amount().compareTo(invoice.toldOpenAmount()) != 0) {
      balances.follow(invoice, told, row.settledDate() == null ? on : row.settledDate(), actor);
    }
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
