package io.relance.casework.prevention;

import io.relance.kernel.Sql;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of prevention. */
@Component
class PreventionStore {

  record Row(long id, long invoiceId, long payerId, String state) {

    boolean isOpen() {
      return state.equals("open");
    }
  }

  /** Of one that a hold keeps still. */
  static final String HELD = "held";

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  PreventionStore(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<Row> find(long id) {
    return query("id = ?", id).stream().findFirst();
  }

  List<Row> liveOfPayer(long payerId) {
    return query("payer_id = ? AND live = 1", payerId);
  }

  private List<Row> query(String where, Object... arguments) {
    return jdbc.query(
        "SELECT id, invoice_id, payer_id, state FROM prevention WHERE " + where,
        (rs, n) -> new Row(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getString(4)),
        arguments);
  }

  /** Invoices that are due soon and were not looked at, by their ids. */
  List<Row> dueSoon(long creditorId, LocalDate today, LocalDate by, long after, int max) {
    return notBegun(
        "i.due_date > ? AND i.due_date <= ? AND i.issue_date <= ?",
        max,
        creditorId,
        today,
        by,
        today,
        after);
  }

  /** Invoices that were issued a short while ago and were not looked at, by their ids. */
  List<Row> issuedLately(long creditorId, LocalDate today, LocalDate from, long after, int max) {
    return notBegun(
        "i.issue_date >= ? AND i.issue_date <= ? AND i.due_date > ?",
        max,
        creditorId,
        from,
        today,
        today,
        after);
  }

  private List<Row> notBegun(String dates, int max, Object... arguments) {
    return jdbc.query(
        """
        SELECT i.id, i.payer_id FROM invoice i LEFT JOIN prevention p ON p.invoice_id = i.id
        WHERE i.creditor_id = ? AND i.settled_on IS NULL AND %s AND i.open_amount > 0 AND i.outcome IS NULL
          AND i.disputed = FALSE AND i.id > ? AND p.id IS NULL
        ORDER BY i.id LIMIT %d
        """
            .formatted(dates, max),
        (rs, n) -> new Row(0, rs.getLong(1), rs.getLong(2), "open"),
        arguments);
  }

  /** Begins those that another replica did not begin meanwhile; they are announced later. */
  void begin(List<Row> rows) {
    jdbc.batchUpdate(
        "INSERT IGNORE INTO prevention (invoice_id, payer_id, live, state, opened_at) VALUES (?,?,1,'open',?)",
        rows.stream()
            .map(r -> new Object[] {r.invoiceId(), r.payerId(), Sql.timestamp(clock.instant())})
            .toList());
  }

  /** Live ones whose invoice is due or late by now. */
  List<Row> overdue(LocalDate today, int max) {
    return jdbc.query(
        "SELECT p.id, p.invoice_id, p.payer_id, p.state FROM prevention p JOIN invoice i ON i.id = p.invoice_id"
            + " WHERE p.live = 1 AND i.due_date < ? ORDER BY p.id LIMIT "
            + max,
        (rs, n) -> new Row(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getString(4)),
        today);
  }

  /** Those that a hold kept still that does not run any more, and whose invoice is not late yet. */
  List<Row> held(long creditorId, LocalDate today, long after, int max) {
    return jdbc.query(
        """
        SELECT p.id, p.invoice_id, p.payer_id, p.state FROM prevention p JOIN invoice i ON i.id = p.invoice_id
        WHERE p.state = ? AND p.id > ? AND i.creditor_id = ? AND i.settled_on IS NULL AND i.due_date >= ?
          AND NOT EXISTS (SELECT 1 FROM collection_hold h WHERE h.payer_id = p.payer_id AND h.ended_on IS NULL AND h.until_date >= ?
            AND (h.invoice_id IS NULL OR h.invoice_id = p.invoice_id))
        ORDER BY p.id LIMIT %d
        """
            .formatted(max),
        (rs, n) -> new Row(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getString(4)),
        HELD,
        after,
        creditorId,
        today,
        today);
  }

  /** A new process takes it. */
  void reopen(long id) {
    jdbc.update(
        "UPDATE prevention SET live = 1, state = 'open', process_instance_key = NULL, announced_at = NULL WHERE id = ? AND state = ?",
        id,
        HELD);
  }

  void heldBy(long id, long processInstanceKey) {
    jdbc.update(
        "UPDATE prevention SET process_instance_key = ? WHERE id = ?", processInstanceKey, id);
  }

  List<String> stepsOf(long id) {
    return jdbc.queryForList(
        "SELECT step FROM prevention_step WHERE prevention_id = ? ORDER BY recorded_at, step",
        String.class,
        id);
  }

  void record(long id, String step) {
    jdbc.update(
        "INSERT IGNORE INTO prevention_step (prevention_id, step, recorded_at) VALUES (?,?,?)",
        id,
        step,
        Sql.timestamp(clock.instant()));
  }

  /** True if it was live until now. */
  boolean close(long id, String state) {
    return jdbc.update(
            "UPDATE prevention SET live = NULL, state = ? WHERE id = ? AND live = 1", state, id)
        == 1;
  }
}
