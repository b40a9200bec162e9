package io.relance.casework.plans;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Invoice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of plans. */
@Component
class PlanStore {

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  PlanStore(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<PaymentPlan> find(long id) {
    return query("id = ?", id).stream().findFirst();
  }

  /** The newest first. */
  List<PaymentPlan> ofPayer(long payerId) {
    return query("payer_id = ? ORDER BY id DESC LIMIT 50", payerId);
  }

  Optional<PaymentPlan> liveOfInvoice(long invoiceId) {
    return query(
            "id = (SELECT plan_id FROM payment_plan_item WHERE invoice_id = ? AND live = 1)",
            invoiceId)
        .stream()
        .findFirst();
  }

  Optional<PaymentPlan> ofProcess(long processInstanceKey) {
    return query("process_instance_key = ?", processInstanceKey).stream().findFirst();
  }

  int brokenSince(long payerId, LocalDate day) {
    Integer broken =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM payment_plan WHERE payer_id = ? AND state = 'broken' AND ended_on >= ?",
            Integer.class,
            payerId,
            day);
    return broken == null ? 0 : broken;
  }

  private List<PaymentPlan> query(String where, Object argument) {
    return jdbc.query(
        "SELECT id, payer_id, total, currency, state, proposed_by, note, actor, tolerance_days, tolerance_percent, created_at,"
            + " ended_on FROM payment_plan WHERE "
            + where,
        (rs, n) -> {
          long id = rs.getLong(1);
          String currency = rs.getString(4);
          return new PaymentPlan(
              id,
              rs.getLong(2),
              Money.of(rs.getBigDecimal(3), currency),
              rs.getString(5),
              rs.getString(6),
              rs.getString(7),
              rs.getString(8),
              rs.getObject(9, Integer.class),
              rs.getObject(10, Integer.class),
              LocalDate.ofInstant(Sql.requiredInstant(rs, "created_at"), ZoneOffset.UTC),
              Sql.date(rs, "ended_on"),
              jdbc.queryForList(
                  "SELECT invoice_id FROM payment_plan_item WHERE plan_id = ? ORDER BY invoice_id",
                  Long.class,
                  id),
              new PlanProgress(
                  instalments(id, currency), received(id, currency), claimed(id, currency)));
        },
        argument);
  }

  private List<Instalment> instalments(long planId, String currency) {
    return jdbc.query(
        "SELECT number, due_on, amount FROM instalment WHERE plan_id = ? ORDER BY number",
        (rs, n) ->
            new Instalment(
                rs.getInt(1),
                Sql.requiredDate(rs, "due_on"),
                Money.of(rs.getBigDecimal(3), currency)),
        planId);
  }

  /**
   * The money that came in for its invoices since it was proposed, less what went back; a credit
   * note is none.
   */
  private Money received(long planId, String currency) {
    BigDecimal received =
        jdbc.queryForObject(
            """
            SELECT GREATEST(0, COALESCE(SUM(a.amount), 0)) FROM payment_plan_item p JOIN payment_plan n ON n.id = p.plan_id
            JOIN allocation a ON a.invoice_id = p.invoice_id
            WHERE p.plan_id = ? AND a.created_at >= n.created_at AND a.kind <> 'credit-note'
            """,
            BigDecimal.class,
            planId);
    return Money.of(received == null ? BigDecimal.ZERO : received, currency);
  }

  /** What may still be asked for of its invoices. */
  private Money claimed(long planId, String currency) {
    BigDecimal claimed =
        jdbc.queryForObject(
            """
            SELECT COALESCE(SUM(GREATEST(0, i.open_amount - COALESCE(i.disputed_amount, 0))), 0)
            FROM payment_plan_item p JOIN invoice i ON i.id = p.invoice_id WHERE p.plan_id = ?
            """,
            BigDecimal.class,
            planId);
    return Money.of(claimed == null ? BigDecimal.ZERO : claimed, currency);
  }

  /** The new plan's id; empty if this source proposed before. */
  Optional<Long> add(
      long payerId,
      Money total,
      List<Invoice> invoices,
      List<Instalment> instalments,
      String proposedBy,
      @Nullable String note,
      String source,
      Actor actor) {
    Instant now = clock.instant();
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO payment_plan
              (payer_id, total, currency, state, proposed_by, note, actor, source, announced_at, created_at)
            VALUES (?,?,?,'proposed',?,?,?,?,?,?)
            """,
            payerId,
            total.amount(),
            total.currencyCode(),
            proposedBy,
            Sql.fit(note, 800),
            actor.name(),
            source,
            Sql.timestamp(now),
            Sql.timestamp(now));
    if (added == 0) {
      return Optional.empty();
    }
    long id =
        jdbc.queryForList("SELECT id FROM payment_plan WHERE source = ?", Long.class, source)
            .getFirst();
    jdbc.batchUpdate(
        "INSERT INTO payment_plan_item (plan_id, invoice_id, live, open_amount) VALUES (?,?,1,?)",
        invoices.stream().map(i -> new Object[] {id, i.id(), i.open().amount()}).toList());
    jdbc.batchUpdate(
        "INSERT INTO instalment (plan_id, number, due_on, amount) VALUES (?,?,?,?)",
        instalments.stream()
            .map(i -> new Object[] {id, i.number(), i.dueOn(), i.amount().amount()})
            .toList());
    return Optional.of(id);
  }

  void heldBy(long id, long processInstanceKey) {
    jdbc.update(
        "UPDATE payment_plan SET process_instance_key = ? WHERE id = ?", processInstanceKey, id);
  }

  /** True if it was only proposed until now. */
  boolean start(long id, int toleranceDays, int tolerancePercent, Actor actor, LocalDate on) {
    return jdbc.update(
            "UPDATE payment_plan SET state = 'running', tolerance_days = ?, tolerance_percent = ?, decided_by = ?, decided_on = ?"
                + " WHERE id = ? AND state = 'proposed'",
            toleranceDays,
            tolerancePercent,
            actor.name(),
            on,
            id)
        == 1;
  }

  void reminded(long id, int number, LocalDate on) {
    jdbc.update(
        "UPDATE instalment SET reminded_on = COALESCE(reminded_on, ?) WHERE plan_id = ? AND number = ?",
        on,
        id,
        number);
  }

  /** True if it was live until now. */
  boolean end(long id, String state, LocalDate on) {
    int ended =
        jdbc.update(
            "UPDATE payment_plan SET state = ?, ended_on = ? WHERE id = ? AND state IN ('proposed','running')",
            state,
            on,
            id);
    jdbc.update("UPDATE payment_plan_item SET live = NULL WHERE plan_id = ?", id);
    return ended == 1;
  }
}
