package io.relance.charges;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of rates, terms and waivers, and the payments of an invoice. */
@Component
class ChargeStore {

  /** A part of an invoice that was paid or credited on a day; negative if it was taken back. */
  record Allocated(String kind, Money amount, LocalDate on) {

    /** Whether the ledger file said so, of a payment or of a corrected amount. */
    boolean isToldByLedger() {
      return kind.equals("ledger");
    }

    Allocated less(Money by) {
      return new Allocated(kind, amount.minus(by), on);
    }

    /** Whether it was credited rather than paid. */
    boolean isCredit() {
      return kind.equals("credit-note") || kind.equals("discount");
    }
  }

  /** Who does without an invoice's charges, and why. */
  record Waiver(String actor, String reason) {}

  private final JdbcTemplate jdbc;

  ChargeStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  List<RateRow> rates() {
    return jdbc.query(
        "SELECT series, valid_from, percent, source, actor, noted_at FROM reference_rate ORDER BY series, valid_from DESC",
        (rs, n) ->
            new RateRow(
                RateSeries.of(rs.getString(1)),
                Sql.requiredDate(rs, "valid_from"),
                plain(rs.getBigDecimal(3)),
                rs.getString(4),
                rs.getString(5),
                Sql.requiredInstant(rs, "noted_at")));
  }

  void keep(RateRow row) {
    jdbc.update(
        "INSERT INTO reference_rate (series, valid_from, percent, source, actor, noted_at) VALUES (?,?,?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE percent = VALUES(percent), source = VALUES(source), actor = VALUES(actor), noted_at = VALUES(noted_at)",
        row.series().word(),
        row.halfYear(),
        row.percent(),
        row.source(),
        row.actor(),
        Sql.timestamp(row.notedAt()));
  }

  Optional<ChargeTerms> terms(long creditorId) {
    return jdbc
        .query(
            "SELECT regime, contract_percent, indemnity, indemnity_currency, british_fixed FROM charge_terms WHERE creditor_id = ?",
            (rs, n) -> {
              BigDecimal percent = rs.getBigDecimal(2);
              BigDecimal indemnity = rs.getBigDecimal(3);
              return new ChargeTerms(
                  Regime.of(rs.getString(1)),
                  percent == null ? null : plain(percent),
                  indemnity == null ? null : Money.of(indemnity, rs.getString(4)),
                  rs.getBoolean(5));
            },
            creditorId)
        .stream()
        .findFirst();
  }

  void keep(long creditorId, ChargeTerms terms, Actor actor, Instant now) {
    Money indemnity = terms.indemnity();
    jdbc.update(
        """
        INSERT INTO charge_terms (creditor_id, regime, contract_percent, indemnity, indemnity_currency, british_fixed, actor, changed_at)
        VALUES (?,?,?,?,?,?,?,?)
        ON DUPLICATE KEY UPDATE regime = VALUES(regime), contract_percent = VALUES(contract_percent), indemnity = VALUES(indemnity),
          indemnity_currency = VALUES(indemnity_currency), british_fixed = VALUES(british_fixed), actor = VALUES(actor), changed_at = VALUES(changed_at)
        """,
        creditorId,
        terms.regime().word(),
        terms.contractPercent(),
        indemnity == null ? null : indemnity.amount(),
        indemnity == null ? null : indemnity.currencyCode(),
        terms.britishFixed(),
        actor.name(),
        Sql.timestamp(now));
  }

  /** Without zeros at its end, and not as a power of ten. */
  private static BigDecimal plain(BigDecimal percent) {
    BigDecimal stripped = percent.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** In the order of their days. */
  List<Allocated> allocationsOf(long invoiceId) {
    return jdbc.query(
        "SELECT kind, amount, currency, booked_on FROM allocation WHERE invoice_id = ? ORDER BY booked_on, id",
        (rs, n) ->
            new Allocated(
                rs.getString(1),
                Money.of(rs.getBigDecimal(2), rs.getString(3)),
                Sql.requiredDate(rs, "booked_on")),
        invoiceId);
  }

  @Nullable Waiver waiverOf(long invoiceId) {
    return jdbc
        .query(
            "SELECT actor, reason FROM charge_waiver WHERE invoice_id = ?",
            (rs, n) -> new Waiver(rs.getString(1), rs.getString(2)),
            invoiceId)
        .stream()
        .findFirst()
        .orElse(null);
  }

  void waive(long invoiceId, String reason, Actor actor, Instant now) {
    jdbc.update(
        "INSERT INTO charge_waiver (invoice_id, reason, actor, waived_at) VALUES (?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE reason = VALUES(reason), actor = VALUES(actor), waived_at = VALUES(waived_at)",
        invoiceId,
        reason,
        actor.name(),
        Sql.timestamp(now));
  }

  boolean claimAgain(long invoiceId) {
    return jdbc.update("DELETE FROM charge_waiver WHERE invoice_id = ?", invoiceId) > 0;
  }
}
