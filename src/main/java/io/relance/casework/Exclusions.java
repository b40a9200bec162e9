package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Invoices that a person leaves out of collection, with a reason and, if they like, an end. */
@Component
public class Exclusions {

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Timeline timeline;
  private final InstantSource clock;

  Exclusions(JdbcTemplate jdbc, Invoices invoices, Timeline timeline, InstantSource clock) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** False if there is no such invoice. */
  @Transactional
  public boolean add(
      String invoiceNumber, @Nullable String reason, @Nullable LocalDate until, Actor actor) {
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException("reason is missing: say why the invoice is left out");
    }
    Optional<Invoice> found = invoices.findByNumber(invoiceNumber);
    found.ifPresent(
        invoice -> {
          jdbc.update(
              """
              INSERT INTO collection_exclusion (invoice_id, reason, until_date, actor, created_at) VALUES (?,?,?,?,?)
              ON DUPLICATE KEY UPDATE reason = VALUES(reason), until_date = VALUES(until_date), actor = VALUES(actor)
              """,
              invoice.id(),
              Sql.fit(reason, 200),
              until,
              actor.name(),
              Sql.timestamp(clock.instant()));
          timeline.tell(
              invoice.payerId(),
              invoice.id(),
              "excluded",
              actor,
              "Left out of collection" + (until == null ? "" : " until " + until) + ": " + reason,
              "excluded-" + invoice.id() + "-" + clock.instant().toEpochMilli(),
              null);
        });
    return found.isPresent();
  }

  public void remove(String invoiceNumber) {
    invoices
        .findByNumber(invoiceNumber)
        .ifPresent(
            invoice ->
                jdbc.update("DELETE FROM collection_exclusion WHERE invoice_id = ?", invoice.id()));
  }
}
