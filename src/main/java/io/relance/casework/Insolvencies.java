package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Insolvency proceedings of payers. From their opening on nobody may press for what was owed before
 * (code de commerce, articles L622-7 and L622-21, and the like elsewhere): every case of the payer
 * keeps still until somebody says that they are over.
 */
@Component
public class Insolvencies {

  private final JdbcTemplate jdbc;
  private final Payers payers;
  private final Creditors creditors;
  private final Balances balances;
  private final CaseChanges changes;
  private final Timeline timeline;
  private final InstantSource clock;

  Insolvencies(
      JdbcTemplate jdbc,
      Payers payers,
      Creditors creditors,
      Balances balances,
      CaseChanges changes,
      Timeline timeline,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.payers = payers;
    this.creditors = creditors;
    this.balances = balances;
    this.changes = changes;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * Notes that proceedings were opened, or corrects the day.
   *
   * @throws IllegalArgumentException if the day is missing or has not come yet
   */
  @Transactional
  public void opened(long payerId, @Nullable LocalDate since, @Nullable String note, Actor actor) {
    LocalDate today =
        creditors.findByPayer(payerId).orElseThrow().calendar().dateOf(clock.instant());
    if (since == null || since.isAfter(today)) {
      throw new IllegalArgumentException(
          "since is "
              + (since == null ? "missing" : since)
              + ": the day on which the proceedings were opened, today at the latest");
    }
    balances.lock(List.of(payerId)); // what is leaving is either before it or sees it
    Payer payer = payers.findById(payerId).orElseThrow();
    if (since.equals(payer.insolventSince())) {
      return;
    }
    keep(payerId, since);
    tell(payerId, actor, "Insolvent since " + since + TaskAnswers.noted(note));
  }

  /** Notes that they are over; false if none were known. */
  @Transactional
  public boolean ended(long payerId, Actor actor) {
    balances.lock(List.of(payerId));
    if (payers.findById(payerId).orElseThrow().insolventSince() == null) {
      return false;
    }
    keep(payerId, null);
    tell(payerId, actor, "The insolvency proceedings are over");
    return true;
  }

  private void keep(long payerId, @Nullable LocalDate since) {
    jdbc.update(
        "UPDATE payer SET insolvent_since = ?, updated_at = ? WHERE id = ?",
        since,
        Sql.timestamp(clock.instant()),
        payerId);
  }

  private void tell(long payerId, Actor actor, String words) {
    timeline.tell(
        payerId,
        null,
        "insolvency",
        actor,
        words,
        "insolvency-" + payerId + "-" + clock.instant().toEpochMilli(),
        null);
    changes.ofPayer(payerId);
  }
}
