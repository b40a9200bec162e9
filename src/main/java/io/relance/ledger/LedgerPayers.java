package io.relance.ledger;

import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings the payers of a chunk of rows into the ledger: one look-up, then only what is new or
 * different is written.
 */
@Component
class LedgerPayers {

  /**
   * @param owner the payer's id, or that of the one they were merged into
   * @param erased whether their data was erased: what a file says of old invoices brings none back
   */
  private record PayerRow(
      long id,
      long owner,
      boolean erased,
      String number,
      String name,
      @Nullable String country,
      @Nullable String timeZone,
      @Nullable String language,
      @Nullable String segment,
      @Nullable String accountOwner,
      @Nullable LocalDate since,
      @Nullable LocalDate einvoiceSince,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String postalAddress) {

    /** What the file leaves out stays as it is known. */
    PayerRow with(LedgerRow row) {
      return new PayerRow(
          id,
          owner,
          erased,
          number,
          row.payerName(),
          row.country() == null ? country : row.country(),
          row.timeZone() == null ? timeZone : row.timeZone(),
          row.language() == null ? language : row.language(),
          row.segment() == null ? segment : row.segment(),
          row.accountOwner() == null ? accountOwner : row.accountOwner(),
          row.customerSince() == null ? since : row.customerSince(),
          row.einvoiceSince() == null ? einvoiceSince : row.einvoiceSince(),
          row.email() == null ? email : row.email(),
          row.phone() == null ? phone : row.phone(),
          row.postalAddress() == null ? postalAddress : row.postalAddress());
    }
  }

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  LedgerPayers(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The ids of the payers by their numbers, a former number's leading to who is left. To be called
   * in a transaction.
   */
  Map<String, Long> take(long creditorId, List<LedgerRow> rows, ImportReport report) {
    Map<String, LedgerRow> wanted = new LinkedHashMap<>();
    rows.forEach(row -> wanted.put(row.payerNumber(), row));
    Map<String, PayerRow> known = knownPayers(creditorId, wanted.values());
    List<LedgerRow> fresh = new ArrayList<>();
    List<PayerRow> changed = new ArrayList<>();
    for (LedgerRow row : wanted.values()) {
      PayerRow before = known.get(row.payerNumber());
      if (before == null) {
        fresh.add(row);
      } else if (!before.erased() && !before.with(row).equals(before)) {
        changed.add(before.with(row));
      }
    }
    Timestamp now = Sql.timestamp(clock.instant());
    jdbc.batchUpdate(
        "INSERT INTO payer (creditor_id, number, name, country, time_zone, language, segment, account_owner, customer_since, einvoice_since, email, phone, postal_address,"
            + " created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        fresh.stream()
            .map(
                r ->
                    new @Nullable Object[] {
                      creditorId,
                      r.payerNumber(),
                      r.payerName(),
                      r.country(),
                      r.timeZone(),
                      r.language(),
                      r.segment(),
                      r.accountOwner(),
                      r.customerSince(),
                      r.einvoiceSince(),
                      r.email(),
                      r.phone(),
                      r.postalAddress(),
                      now,
                      now
                    })
            .toList());
    update(changed, now);
    report.customersCreated += fresh.size();
    report.customersUpdated += changed.size();
    Map<String, Long> ids = new LinkedHashMap<>();
    known.forEach((number, payer) -> ids.put(number, payer.owner()));
    if (!fresh.isEmpty()) {
      knownPayers(creditorId, fresh).forEach((number, payer) -> ids.put(number, payer.owner()));
    }
    return ids;
  }

  /**
   * What was read of these payers before their lock was had still leads to them.
   *
   * @throws PessimisticLockingFailureException if one was merged into another meanwhile: the chunk
   *     is to be taken again
   */
  void requireNotMerged(List<Long> payerIds) {
    if (payerIds.isEmpty()) {
      return;
    }
    Long merged =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM payer WHERE merged_into IS NOT NULL AND id IN ("
                + Sql.marks(payerIds.size())
                + ")",
            Long.class,
            payerIds.toArray());
    if (merged != null && merged > 0) {
      throw new PessimisticLockingFailureException("a payer was merged into another meanwhile");
    }
  }

  /**
   * Payers who were erased, and of whom a file brings something new, begin afresh with what it says
   * of them. To be called in a transaction.
   *
   * @param rows that are new or changed
   */
  void beginAfresh(long creditorId, Collection<LedgerRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Map<String, LedgerRow> wanted = new LinkedHashMap<>();
    rows.forEach(row -> wanted.put(row.payerNumber(), row));
    List<PayerRow> afresh =
        knownPayers(creditorId, wanted.values()).values().stream()
            .filter(PayerRow::erased)
            .map(payer -> payer.with(Objects.requireNonNull(wanted.get(payer.number()))))
            .toList();
    update(afresh, Sql.timestamp(clock.instant()));
    afresh.forEach(
        payer ->
            jdbc.update(
                // a former number's data is the survivor's, who has none of their own any more
                "UPDATE payer s JOIN payer f ON f.id = ? SET s.erased_at = NULL, s.erased_by = NULL, s.email = COALESCE(s.email, f.email),"
                    + " s.phone = COALESCE(s.phone, f.phone), s.postal_address = COALESCE(s.postal_address, f.postal_address)"
                    + " WHERE s.id IN (f.id, f.merged_into)",
                payer.id()));
  }

  private void update(List<PayerRow> changed, Timestamp now) {
    jdbc.batchUpdate(
        "UPDATE payer SET name = ?, country = ?, time_zone = ?, language = ?, segment = ?, account_owner = ?, customer_since = ?, einvoice_since = ?, email = ?, phone = ?, postal_address = ?,"
            + " updated_at = ? WHERE id = ?",
        changed.stream()
            .map(
                p ->
                    new @Nullable Object[] {
                      p.name(),
                      p.country(),
                      p.timeZone(),
                      p.language(),
                      p.segment(),
                      p.accountOwner(),
                      p.since(),
                      p.einvoiceSince(),
                      p.email(),
                      p.phone(),
                      p.postalAddress(),
                      now,
                      p.id()
                    })
            .toList());
  }

  private Map<String, PayerRow> knownPayers(long creditorId, Collection<LedgerRow> rows) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(creditorId);
    rows.forEach(r -> arguments.add(r.payerNumber()));
    Map<String, PayerRow> known = new LinkedHashMap<>();
    jdbc.query(
        "SELECT id, COALESCE(merged_into, id) AS owner, erased_at IS NOT NULL AS erased, number, name, country, time_zone, language, segment, account_owner, customer_since, einvoice_since,"
            + " email, phone, postal_address FROM payer"
            + " WHERE creditor_id = ? AND number IN ("
            + Sql.marks(rows.size())
            + ")",
        rs -> {
          PayerRow payer =
              new PayerRow(
                  rs.getLong(1),
                  rs.getLong(2),
                  rs.getBoolean("erased"),
                  rs.getString("number"),
                  rs.getString("name"),
                  rs.getString("country"),
                  rs.getString("time_zone"),
                  rs.getString("language"),
                  rs.getString("segment"),
                  rs.getString("account_owner"),
                  Sql.date(rs, "customer_since"),
                  Sql.date(rs, "einvoice_since"),
                  rs.getString("email"),
                  rs.getString("phone"),
                  rs.getString("postal_address"));
          known.put(payer.number(), payer);
        },
        arguments.toArray());
    return known;
  }
}
