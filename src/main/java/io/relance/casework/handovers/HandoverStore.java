package io.relance.casework.handovers;

import io.relance.kernel.Actor;
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

/** The rows of handovers. */
@Component
class HandoverStore {

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  HandoverStore(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<Handover> find(long id) {
    return query("id = ?", id).stream().findFirst();
  }

  Optional<Handover> liveOf(long invoiceId) {
    return query("live = 1 AND invoice_id = ?", invoiceId).stream().findFirst();
  }

  Optional<Handover> latestOf(long invoiceId) {
    return query("invoice_id = ? ORDER BY id DESC LIMIT 1", invoiceId).stream().findFirst();
  }

  List<Handover> liveOfPayer(long payerId) {
    return query("payer_id = ? AND live = 1", payerId);
  }

  Optional<Handover> ofProcess(long processInstanceKey) {
    return query("process_instance_key = ?", processInstanceKey).stream().findFirst();
  }

  /** The last one whose formal notice was posted on that day or later. */
  Optional<Handover> noticedSince(long invoiceId, LocalDate day) {
    return query(
            "invoice_id = ? AND posted_on >= ? ORDER BY posted_on DESC LIMIT 1", invoiceId, day)
        .stream()
        .findFirst();
  }

  private List<Handover> query(String where, Object... arguments) {
    return jdbc.query(
        "SELECT id, invoice_id, payer_id, state, notice_id, posted_on, tracking, decide_on, route, proposed_by, note FROM handover WHERE "
            + where,
        (rs, n) ->
            new Handover(
                rs.getLong(1),
                rs.getLong(2),
                rs.getLong(3),
                rs.getString(4),
                Sql.number(rs, "notice_id"),
                Sql.date(rs, "posted_on"),
                rs.getString(7),
                Sql.date(rs, "decide_on"),
                rs.getString(9),
                rs.getString(10),
                rs.getString(11)),
        arguments);
  }

  /** The new row; empty if the invoice has a live one, or this source proposed one before. */
  Optional<Handover> add(Invoice invoice, @Nullable String note, String source, Actor actor) {
    Instant now = clock.instant();
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO handover (invoice_id, payer_id, live, state, proposed_by, note, source, opened_at, announced_at)
            VALUES (?,?,1,'open',?,?,?,?,?)
            """,
            invoice.id(),
            invoice.payerId(),
            actor.name(),
            Sql.fit(note, 800),
            source,
            Sql.timestamp(now),
            Sql.timestamp(now));
    return added == 0 ? Optional.empty() : query("source = ?", source).stream().findFirst();
  }

  void heldBy(long id, long processInstanceKey) {
    jdbc.update(
        "UPDATE handover SET process_instance_key = ? WHERE id = ?", processInstanceKey, id);
  }

  void noticed(long id, long noticeId) {
    jdbc.update("UPDATE handover SET notice_id = ? WHERE id = ?", noticeId, id);
  }

  void posted(long id, LocalDate on, @Nullable String tracking, LocalDate decideOn) {
    jdbc.update(
        "UPDATE handover SET posted_on = ?, tracking = ?, decide_on = ? WHERE id = ?",
        on,
        Sql.fit(tracking, 60),
        decideOn,
        id);
  }

  void decided(long id, String route, @Nullable String note, Actor actor, LocalDate on) {
    jdbc.update(
        "UPDATE handover SET route = ?, note = ?, decided_by = ?, decided_on = ? WHERE id = ?",
        route,
        Sql.fit(note, 800),
        actor.name(),
        on,
        id);
  }

  /** True if it was live until now. */
  boolean close(long id, String state, Actor actor, LocalDate on) {
    return jdbc.update(
            "UPDATE handover SET live = NULL, state = ?, decided_by = COALESCE(decided_by, ?), decided_on = COALESCE(decided_on, ?) WHERE id = ? AND live = 1",
            state,
            actor.name(),
            on,
            id)
        == 1;
  }
}
