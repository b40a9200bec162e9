package io.relance.casework.disputes;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Invoice;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of disputes. */
@Component
class DisputeStore {

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  DisputeStore(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<Dispute> find(long id) {
    return query("id = ?", id).stream().findFirst();
  }

  Optional<Dispute> liveOf(long invoiceId) {
    return query("live = 1 AND invoice_id = ?", invoiceId).stream().findFirst();
  }

  private List<Dispute> query(String where, Object argument) {
    return jdbc.query(
        "SELECT id, invoice_id, payer_id, reason, amount, note, state, owner_group, deadline FROM dispute WHERE "
            + where,
        (rs, n) ->
            new Dispute(
                rs.getLong(1),
                rs.getLong(2),
                rs.getLong(3),
                rs.getString(4),
                rs.getBigDecimal(5),
                rs.getString(6),
                rs.getString(7),
                rs.getString(8),
                Sql.date(rs, "deadline")),
        argument);
  }

  /** The new row; empty if the invoice has a live dispute, or this source opened one before. */
  Optional<Dispute> add(
      Invoice invoice,
      String reason,
      @Nullable Money part,
      @Nullable String note,
      String source,
      Actor actor) {
    Instant now = clock.instant();
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO dispute (invoice_id, payer_id, live, reason, amount, note, state, opened_by, source, opened_at, announced_at)
            VALUES (?,?,1,?,?,?,'open',?,?,?,?)
            """,
            invoice.id(),
            invoice.payerId(),
            Sql.fit(reason, 40),
            part == null ? null : part.amount(),
            Sql.fit(note, 800),
            actor.name(),
            source,
            Sql.timestamp(now),
            Sql.timestamp(now));
    return added == 0 ? Optional.empty() : query("source = ?", source).stream().findFirst();
  }

  void assign(long id, String ownerGroup, LocalDate deadline) {
    jdbc.update(
        "UPDATE dispute SET owner_group = ?, deadline = ? WHERE id = ?", ownerGroup, deadline, id);
  }

  void escalate(long id, String ownerGroup) {
    jdbc.update(
        "UPDATE dispute SET escalated_at = COALESCE(escalated_at, ?), owner_group = ? WHERE id = ?",
        Sql.timestamp(clock.instant()),
        ownerGroup,
        id);
  }

  void heldBy(long id, long processInstanceKey) {
    jdbc.update("UPDATE dispute SET process_instance_key = ? WHERE id = ?", processInstanceKey, id);
  }

  /** True if it was live until now. */
  boolean close(long id, String state, @Nullable Money credited, Actor actor, LocalDate on) {
    return jdbc.update(
            "UPDATE dispute SET live = NULL, state = ?, credited = ?, decided_by = ?, decided_on = ? WHERE id = ? AND live = 1",
            state,
            credited == null ? null : credited.amount(),
            actor.name(),
            on,
            id)
        == 1;
  }

  /** The last dispute of an invoice that ended that day or later because it was settled. */
  Optional<Dispute> endedBySettlement(long invoiceId, LocalDate since) {
    return query(
            "id = (SELECT MAX(d.id) FROM dispute d WHERE d.invoice_id = ?) AND state = 'settled'",
            invoiceId)
        .stream()
        .filter(d -> isDecidedSince(d.id(), since))
        .findFirst();
  }

  private boolean isDecidedSince(long id, LocalDate since) {
    return !jdbc.queryForList(
            "SELECT id FROM dispute WHERE id = ? AND decided_on >= ?", Long.class, id, since)
        .isEmpty();
  }

  Instant openedAt(long disputeId) {
    return jdbc.query(
            "SELECT opened_at FROM dispute WHERE id = ?",
            (rs, n) -> Sql.requiredInstant(rs, "opened_at"),
            disputeId)
        .getFirst();
  }

  /** How many disputes an invoice ever had. */
  int countOf(long invoiceId) {
    Integer count =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM dispute WHERE invoice_id = ?", Integer.class, invoiceId);
    return count == null ? 0 : count;
  }

  /** Invoices that the ledger file calls disputed and nobody deals with. */
  List<Long> toldAndNotOpened() {
    return jdbc.queryForList(
        """
        SELECT i.id FROM invoice i LEFT JOIN dispute d ON d.invoice_id = i.id AND d.live = 1
        WHERE i.settled_on IS NULL AND i.disputed = TRUE AND i.outcome IS NULL AND i.amount > 0 AND d.id IS NULL LIMIT 500
        """,
        Long.class);
  }

  /** Live disputes of the whole invoice that the ledger file takes back. */
  List<Long> takenBack() {
    return jdbc.queryForList(
        """
        SELECT d.id FROM dispute d JOIN invoice i ON i.id = d.invoice_id
        WHERE d.live = 1 AND d.amount IS NULL AND i.disputed = FALSE LIMIT 500
        """,
        Long.class);
  }
}
