package io.relance.casework;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Wakes the processes of cases whose facts changed: a credit, a part payment, a dispute, a promise,
 * a plan or a hold that begins or ends. The word says only that something changed; the process then
 * reads the facts. To be called in the transaction that changes them.
 */
@Component
public class CaseChanges {

  private static final String MESSAGE = "case-changed";

  /** Long enough for a process that is between two tokens, or an engine that is away a while. */
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private final EngineOutbox engine;
  private final JdbcTemplate jdbc;
  private final ApplicationEventPublisher events;

  CaseChanges(EngineOutbox engine, JdbcTemplate jdbc, ApplicationEventPublisher events) {
    this.engine = engine;
    this.jdbc = jdbc;
    this.events = events;
  }

  /** Wakes the case of an invoice, if one is live, and whatever else goes by the payer's facts. */
  public void ofInvoice(long invoiceId) {
    jdbc.query(
        "SELECT i.payer_id, c.id FROM invoice i LEFT JOIN collection_case c ON c.invoice_id = i.id AND c.live = 1 WHERE i.id = ?",
        rs -> {
          if (Sql.number(rs, "id") != null) {
            wake(List.of(invoiceId));
          }
          events.publishEvent(new PayerFactsChanged(rs.getLong(1)));
        },
        invoiceId);
  }

  /** Wakes all live cases of a payer. */
  public void ofPayer(long payerId) {
    wake(
        jdbc.queryForList(
            "SELECT invoice_id FROM collection_case WHERE payer_id = ? AND live = 1",
            Long.class,
            payerId));
    events.publishEvent(new PayerFactsChanged(payerId));
  }

  /** Wakes no case: for a change that the payer's only case concerned knows of by itself. */
  public void factsOf(long payerId) {
    events.publishEvent(new PayerFactsChanged(payerId));
  }

  private void wake(List<Long> invoiceIds) {
    engine.addAll(
        invoiceIds.stream()
            .map(
                id ->
                    new EngineOutbox.Message(
                        MESSAGE,
                        String.valueOf(id),
                        "changed-" + id + "-" + UUID.randomUUID(),
                        TIME_TO_LIVE,
                        "{}"))
            .toList());
  }
}
