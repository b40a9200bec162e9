package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Invoice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of promises: one a promise, and one for each invoice that it names. */
@Component
class PromiseStore {

  private static final String ALL_PROMISED =
      "payment_promise_id IN (SELECT a.id FROM payment_promise a WHERE a.amount IS NULL) AND ";

  record Row(
      long id,
      long payerId,
      LocalDate promisedFor,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      String state,
      Instant createdAt) {}

  private final JdbcTemplate jdbc;

  PromiseStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Its id, or null if that source has promised already. */
  @Nullable Long add(
      long payerId,
      LocalDate promisedFor,
      @Nullable Money amount,
      String source,
      Actor actor,
      Instant now) {
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO payment_promise (payer_id, promised_for, amount, currency, state, actor, source, announced_at, created_at)
            VALUES (?,?,?,?,'open',?,?,?,?)
            """,
            payerId,
            promisedFor,
            amount == null ? null : amount.amount(),
            amount == null ? null : amount.currencyCode(),
            actor.name(),
            source,
            Sql.timestamp(now),
            Sql.timestamp(now));
    return added == 0
        ? null
        : jdbc.queryForObject(
            "SELECT id FROM payment_promise WHERE source = ?", Long.class, source);
  }

  void addInvoice(
      long promiseId, Invoice invoice, LocalDate promisedFor, Actor actor, Instant now) {
    jdbc.update(
        """
        INSERT INTO promise (invoice_id, payer_id, promised_for, state, actor, element_instance_key, created_at, payment_promise_id)
        VALUES (?,?,?,'open',?,0,?,?)
        """,
        invoice.id(),
        invoice.payerId(),
        promisedFor,
        actor.name(),
        Sql.timestamp(now),
        promiseId);
  }

  /** What was promised of an invoice comes to a state; the promises that end with it. */
  List<Long> decide(String state, LocalDate today, long invoiceId) {
    return decideWhere(state, today, "invoice_id = ?", invoiceId);
  }

  /** As {@link #decide}, of what was promised for a day that is past. */
  List<Long> decidePast(String state, LocalDate today, long invoiceId) {
    return decideWhere(state, today, "invoice_id = ? AND promised_for < ?", invoiceId, today);
  }

  /** As {@link #decide}, of promises that name no amount. */
  List<Long> decideUnbounded(String state, LocalDate today, long invoiceId) {
    return decideWhere(state, today, ALL_PROMISED + "invoice_id = ?", invoiceId);
  }

  /** A promise comes to a state, with all of its invoices that ran. */
  void decidePromise(String state, LocalDate today, long promiseId) {
    jdbc.update(
        "UPDATE promise SET state = ?, decided_on = ? WHERE payment_promise_id = ? AND state = 'open'",
        state,
        today,
        promiseId);
    jdbc.update(
        "UPDATE payment_promise SET state = ?, decided_on = ? WHERE id = ? AND state = 'open'",
        state,
        today,
        promiseId);
  }

  /**
   * Rows of promises that run come to a state; promises that have no running row left follow, and
   * are returned.
   */
  private List<Long> decideWhere(String state, LocalDate today, String where, Object... arguments) {
    List<Long> touched =
        jdbc.queryForList(
            "SELECT DISTINCT payment_promise_id FROM promise WHERE state = 'open' AND payment_promise_id IS NOT NULL AND "
                + where,
            Long.class,
            arguments);
    List<Object> all = new ArrayList<>(List.of(state, today));
    all.addAll(List.of(arguments));
    jdbc.update(
        "UPDATE promise SET state = ?, decided_on = ? WHERE state = 'open' AND " + where,
        all.toArray());
    List<Long> ended = new ArrayList<>();
    for (long promiseId : touched) {
      int closed =
          jdbc.update(
              """
              UPDATE payment_promise SET state = ?, decided_on = ? WHERE id = ? AND state = 'open'
                AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.payment_promise_id = payment_promise.id AND p.state = 'open')
              """,
              state,
              today,
              promiseId);
      if (closed > 0) {
        ended.add(promiseId);
      }
    }
    return ended;
  }

  /** Promises of an amount that run for this invoice. */
  List<Row> runningWithAmount(long invoiceId) {
    return query(
        "id IN (SELECT p.payment_promise_id FROM promise p WHERE p.invoice_id = ? AND p.state = 'open')"
            + " AND amount IS NOT NULL AND state = 'open'",
        invoiceId);
  }

  List<Row> runningOf(long payerId) {
    return query("payer_id = ? AND state = 'open' ORDER BY promised_for", payerId);
  }

  /** What came in for its invoices since it was made. */
  BigDecimal received(Row row) {
    BigDecimal received =
        jdbc.queryForObject(
            """
            SELECT COALESCE(SUM(a.amount), 0) FROM allocation a JOIN promise p ON p.invoice_id = a.invoice_id
            WHERE p.payment_promise_id = ? AND a.created_at >= ? AND a.kind <> 'credit-note'
            """,
            BigDecimal.class,
            row.id(),
            Sql.timestamp(row.createdAt()));
    return received == null ? BigDecimal.ZERO : received;
  }

  /** The invoices of which it runs. */
  List<Long> invoicesOf(long promiseId) {
    return jdbc.queryForList(
        "SELECT invoice_id FROM promise WHERE payment_promise_id = ? AND state = 'open'",
        Long.class,
        promiseId);
  }

  /** Promises of this invoice that were kept on that day or later, the latest first. */
  List<Long> keptSince(long invoiceId, LocalDate day) {
    return jdbc.queryForList(
        "SELECT payment_promise_id FROM promise WHERE invoice_id = ? AND state = 'kept' AND decided_on >= ?"
            + " AND payment_promise_id IS NOT NULL ORDER BY id DESC",
        Long.class,
        invoiceId,
        day);
  }

  /** The last promise of this invoice, if another agreement took its place on that day or later. */
  Optional<Long> replacedSince(long invoiceId, LocalDate day) {
    return jdbc
        .queryForList(
            "SELECT payment_promise_id FROM promise WHERE invoice_id = ? AND state = 'replaced' AND decided_on >= ?"
                + " AND payment_promise_id IS NOT NULL ORDER BY id DESC LIMIT 1",
            Long.class,
            invoiceId,
            day)
        .stream()
        .findFirst();
  }

  /** All invoices that it named. */
  List<Long> namedBy(long promiseId) {
    return jdbc.queryForList(
        "SELECT invoice_id FROM promise WHERE payment_promise_id = ?", Long.class, promiseId);
  }

  /** It still runs, and so it does of this invoice again. */
  void runsAgain(long promiseId, long invoiceId) {
    jdbc.update(
        "UPDATE promise SET state = 'open', decided_on = NULL WHERE payment_promise_id = ? AND invoice_id = ?",
        promiseId,
        invoiceId);
  }

  /** What was called kept was not, or what was replaced was not after all. */
  void wasNotKept(long promiseId, String state, LocalDate today) {
    jdbc.update(
        "UPDATE promise SET state = ?, decided_on = ? WHERE payment_promise_id = ? AND state IN ('kept','replaced')",
        state,
        today,
        promiseId);
    jdbc.update(
        "UPDATE payment_promise SET state = ?, decided_on = ? WHERE id = ? AND state IN ('kept','replaced')",
        state,
        today,
        promiseId);
  }

  void takenBy(long promiseId, long processInstanceKey) {
    jdbc.update(
        "UPDATE payment_promise SET process_instance_key = ? WHERE id = ?",
        processInstanceKey,
        promiseId);
  }

  Row find(long promiseId) {
    return query("id = ?", promiseId).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no promise " + promiseId));
  }

  private List<Row> query(String where, Object argument) {
    return jdbc.query(
        "SELECT id, payer_id, promised_for, amount, currency, state, created_at FROM payment_promise WHERE "
            + where,
        (rs, n) ->
            new Row(
                rs.getLong(1),
                rs.getLong(2),
                Sql.requiredDate(rs, "promised_for"),
                rs.getBigDecimal(4),
                rs.getString(5),
                rs.getString(6),
                Sql.requiredInstant(rs, "created_at")),
        argument);
  }
}
