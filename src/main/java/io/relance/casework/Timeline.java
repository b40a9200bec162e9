package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What happened, with whom and when: written in the transaction of the event, and once an event.
 */
@Component
public class Timeline {

  /**
   * One line of it.
   *
   * @param undoneBy who took it back; null if it stands
   */
  public record Entry(
      Instant at,
      String kind,
      String actor,
      String text,
      @Nullable String link,
      @Nullable String invoice,
      @Nullable String undoneBy) {}

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  Timeline(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Adds an entry unless the event was told before.
   *
   * @param eventId names the event for all time, such as {@code notice-17-invoice-4}
   * @param link a page of ours that shows more, or null
   */
  public void tell(
      long payerId,
      @Nullable Long invoiceId,
      String kind,
      Actor actor,
      String text,
      String eventId,
      @Nullable String link) {
    jdbc.update(
        """
        INSERT IGNORE INTO timeline_entry (payer_id, invoice_id, at, kind, actor, text, link, event_id)
        VALUES (?,?,?,?,?,?,?,?)
        """,
        payerId,
        invoiceId,
        Sql.timestamp(clock.instant()),
        kind,
        actor.name(),
        Sql.fit(text, 1000),
        link,
        eventId);
  }

  /** Oldest first. */
  public List<Entry> ofInvoice(long invoiceId) {
    return read("t.invoice_id = ? ORDER BY t.at, t.id LIMIT 500", invoiceId);
  }

  /** Newest first. */
  public List<Entry> ofPayer(long payerId, int limit) {
    return read("t.payer_id = ? ORDER BY t.at DESC, t.id DESC LIMIT " + limit, payerId);
  }

  private List<Entry> read(String where, long id) {
    return jdbc.query(
        "SELECT t.at, t.kind, t.actor, t.text, t.link, i.number, t.undone_by FROM timeline_entry t LEFT JOIN invoice i ON i.id = t.invoice_id"
            + " WHERE "
            + where,
        (rs, n) ->
            new Entry(
                Sql.requiredInstant(rs, "at"),
                rs.getString("kind"),
                rs.getString("actor"),
                rs.getString("text"),
                rs.getString("link"),
                rs.getString("number"),
                rs.getString("undone_by")),
        id);
  }
}
