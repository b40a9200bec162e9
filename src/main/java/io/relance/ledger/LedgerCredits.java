package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Follows the credit limits that a ledger file tells, when it tells another one than the last time:
 * what a person entered meanwhile stays.
 */
@Component
class LedgerCredits {

  private static final Actor FILE = Actor.system("ledger-file");

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  LedgerCredits(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * To be called in a transaction; of a former number, and of who was erased, nothing is taken. A
   * payer has one limit, also where their invoices of several currencies tell one in each: that of
   * the currency it was told in before, or else the first.
   */
  void follow(List<LedgerRow> rows, Map<String, Long> payerIds) {
    Map<Long, String> numbers = new LinkedHashMap<>();
    Map<Long, Map<String, Money>> limits = new HashMap<>();
    for (LedgerRow row : rows) {
      Long payerId = payerIds.get(row.payerNumber());
      if (row.creditLimit() != null && payerId != null) {
        numbers.put(payerId, row.payerNumber());
        limits
            .computeIfAbsent(payerId, id -> new LinkedHashMap<>())
            .put(row.creditLimit().currencyCode(), row.creditLimit());
      }
    }
    if (limits.isEmpty()) {
      return;
    }
    Object[] ids = limits.keySet().toArray();
    Map<Long, Money> told = lastTold(ids);
    jdbc.query(
        "SELECT id, number FROM payer WHERE erased_at IS NULL AND id IN ("
            + Sql.marks(ids.length)
            + ")",
        rs -> {
          long payerId = rs.getLong(1);
          Money before = told.get(payerId);
          Money limit = limitOf(Objects.requireNonNull(limits.get(payerId)), before);
          if (rs.getString(2).equals(numbers.get(payerId)) && !limit.equals(before)) {
            keep(payerId, limit);
          }
        },
        ids);
  }

  private static Money limitOf(Map<String, Money> byCurrency, @Nullable Money before) {
    Money same = before == null ? null : byCurrency.get(before.currencyCode());
    return same == null ? byCurrency.values().iterator().next() : same;
  }

  private Map<Long, Money> lastTold(Object... payerIds) {
    Map<Long, Money> told = new HashMap<>();
    jdbc.query(
        "SELECT payer_id, credit_limit, currency FROM payer_credit WHERE actor = '"
            + FILE.name()
            + "' AND credit_limit IS NOT NULL AND payer_id IN ("
            + Sql.marks(payerIds.length)
            + ") ORDER BY id",
        rs -> {
          told.put(rs.getLong(1), Money.of(rs.getBigDecimal(2), rs.getString(3)));
        },
        payerIds);
    return told;
  }

  /** Cover, rating and note stay as they are known. */
  private void keep(long payerId, Money limit) {
    Timestamp now = Sql.timestamp(clock.instant());
    int added =
        jdbc.update(
            """
            INSERT INTO payer_credit (payer_id, currency, credit_limit, cover, insurer, cover_until, rating, rating_source, rated_on,
              note, actor, noted_at)
            SELECT payer_id, currency, ?, cover, insurer, cover_until, rating, rating_source, rated_on, note, ?, ?
            FROM payer_credit WHERE payer_id = ? AND currency = ? ORDER BY id DESC LIMIT 1
            """,
            limit.amount(),
            FILE.name(),
            now,
            payerId,
            limit.currencyCode());
    if (added == 0) {
      jdbc.update(
          "INSERT INTO payer_credit (payer_id, currency, credit_limit, actor, noted_at) VALUES (?,?,?,?,?)",
          payerId,
          limit.currencyCode(),
          limit.amount(),
          FILE.name(),
          now);
    }
  }
}
