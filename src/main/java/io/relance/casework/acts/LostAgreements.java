package io.relance.casework.acts;

import io.relance.casework.Holds;
import io.relance.cash.TakenPayments;
import io.relance.ledger.Creditors;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A payment that settled everything ended the payment plan, or the talks about a difficulty. Where
 * it was a mistake, neither comes back by itself: what a payer is asked for is agreed with them. So
 * that nobody is reminded of what they had agreed, all waits some days for a person.
 */
@Component
class LostAgreements {

  private static final int DAYS_HELD = 7;

  private final JdbcTemplate jdbc;
  private final Holds holds;
  private final Creditors creditors;
  private final InstantSource clock;

  LostAgreements(JdbcTemplate jdbc, Holds holds, Creditors creditors, InstantSource clock) {
    this.jdbc = jdbc;
    this.holds = holds;
    this.creditors = creditors;
    this.clock = clock;
  }

  @EventListener
  void on(TakenPayments.Reversed reversed) {
    List<String> lost =
        jdbc.queryForList(
            """
            SELECT DISTINCT CONCAT('payment plan ', p.id) FROM payment_plan p JOIN payment_plan_item x ON x.plan_id = p.id
              JOIN invoice i ON i.id = x.invoice_id AND i.settled_on IS NULL
              WHERE p.payer_id = ? AND p.state = 'kept' AND p.ended_on >= ?
            UNION ALL SELECT 'decision about a difficulty' FROM payer_difficulty
              WHERE payer_id = ? AND state = 'settled' AND decided_on >= ?
            """,
            String.class,
            reversed.payerId(),
            reversed.on(),
            reversed.payerId(),
            reversed.on());
    if (!lost.isEmpty()) {
      LocalDate today =
          creditors
              .findByPayer(reversed.payerId())
              .orElseThrow()
              .calendar()
              .dateOf(clock.instant());
      holds.begin(
          reversed.payerId(),
          null,
          "hold",
          "a payment was taken back that had ended the "
              + String.join(" and the ", lost)
              + ": agree it anew",
          today.plusDays(DAYS_HELD),
          "reversed-" + reversed.paymentId(),
          reversed.actor());
    }
  }
}
