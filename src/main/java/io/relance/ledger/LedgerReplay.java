package io.relance.ledger;

import io.relance.kernel.Actor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * For demos and tests on past data: what a file says of days after its as-of date is kept, and
 * arrives as the clock passes those days, invoices before settlements.
 */
@Component
public class LedgerReplay {

  private static final int BATCH = 500;

  private record Kept(long id, LocalDate arrivesOn, LedgerRow row) {}

  private final JdbcTemplate jdbc;
  private final JsonMapper json;
  private final LedgerChunk chunks;
  private final Creditors creditors;
  private final TransactionTemplate transactions;

  LedgerReplay(
      JdbcTemplate jdbc,
      JsonMapper json,
      LedgerChunk chunks,
      Creditors creditors,
      TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.json = json;
    this.chunks = chunks;
    this.creditors = creditors;
    this.transactions = transactions;
  }

  static boolean tellsOfLater(LedgerRow row, LocalDate asOf) {
    LocalDate settled = row.settledDate();
    return row.issueDate().isAfter(asOf) || (settled != null && settled.isAfter(asOf));
  }

  void keep(long creditorId, List<LedgerRow> rows, LocalDate asOf) {
    List<Object[]> kept = new ArrayList<>();
    for (LedgerRow row : rows) {
      String text = json.writeValueAsString(row);
      if (row.issueDate().isAfter(asOf)) {
        kept.add(new Object[] {creditorId, row.issueDate(), "invoice", row.number(), text});
      }
      if (row.settledDate() != null && row.settledDate().isAfter(asOf)) {
        kept.add(new Object[] {creditorId, row.settledDate(), "settlement", row.number(), text});
      }
    }
    jdbc.batchUpdate(
        "INSERT IGNORE INTO ledger_replay (creditor_id, arrives_on, kind, invoice_number, row_json) VALUES (?,?,?,?,?)",
        kept);
  }

  /** Brings in everything that has arrived by then, a day at a time, and returns how much. */
  public int arriveUpTo(Instant now) {
    int arrived = 0;
    for (Creditor creditor : creditors.findAll()) {
      LocalDate day = creditor.calendar().dateOf(now);
      while (true) {
        List<Kept> due = due(creditor.key(), day);
        if (due.isEmpty()) {
          break;
        }
        transactions.executeWithoutResult(status -> arrive(creditor, due));
        arrived += due.size();
      }
    }
    return arrived;
  }

  private List<Kept> due(long creditorId, LocalDate day) {
    return jdbc.query(
        "SELECT id, arrives_on, row_json FROM ledger_replay WHERE done = FALSE AND arrives_on <= ? AND creditor_id = ?"
            + " ORDER BY arrives_on, kind, id LIMIT "
            + BATCH,
        (rs, n) ->
            new Kept(
                rs.getLong(1),
                rs.getObject(2, LocalDate.class),
                json.readValue(rs.getString(3), LedgerRow.class)),
        day,
        creditorId);
  }

  /**
   * To be called in a transaction: rows of one day together, in order, so that an invoice is there
   * before its payment.
   */
  private void arrive(Creditor creditor, List<Kept> due) {
    LocalDate day = due.getFirst().arrivesOn();
    List<Kept> today = due.stream().filter(k -> k.arrivesOn().equals(day)).toList();
    // an invoice that comes and is settled the same day is one row
    java.util.Map<String, LedgerRow> rows = new java.util.LinkedHashMap<>();
    today.forEach(k -> rows.put(k.row().number(), k.row().asOf(day)));
    chunks.take(creditor, List.copyOf(rows.values()), day, Actor.system("replay"));
    jdbc.batchUpdate(
        "UPDATE ledger_replay SET done = TRUE WHERE id = ?",
        today.stream().map(k -> new Object[] {k.id()}).toList());
  }
}
