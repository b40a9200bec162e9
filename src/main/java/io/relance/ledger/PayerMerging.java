package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.LockRetries;
import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes one payer of two customer numbers: everything that is kept of the one becomes the other's,
 * in one transaction that holds both. The old number stays known, and nothing brings the two apart
 * again.
 */
@Component
public class PayerMerging {

  private static final Logger log = LoggerFactory.getLogger(PayerMerging.class);

  /** So long after a merge what was on its way to the old payer is looked for. */
  private static final Duration LATE = Duration.ofHours(1);

  /** Columns of the payer that are taken over where the survivor has nothing. */
  private static final List<String> FILLED =
      List.of(
          "country",
          "time_zone",
          "language",
          "segment",
          "account_owner",
          "einvoice_since",
          "email",
          "phone",
          "postal_address");

  private final JdbcTemplate jdbc;
  private final List<PayerRows> rooms;
  private final Creditors creditors;
  private final Balances balances;
  private final TransactionTemplate transactions;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  PayerMerging(
      JdbcTemplate jdbc,
      List<PayerRows> rooms,
      Creditors creditors,
      Balances balances,
      TransactionTemplate transactions,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.rooms = rooms;
    this.creditors = creditors;
    this.balances = balances;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /**
   * How many rows of which tables would move.
   *
   * @throws IllegalArgumentException as {@link #merge}
   */
  public Map<String, Long> preview(Payer from, Payer into) {
    require(from, into);
    return counts(from.id());
  }

  /** Tables of which rows stay with the old number, and why. */
  public Map<String, String> kept() {
    Map<String, String> kept = new LinkedHashMap<>();
    rooms.forEach(room -> kept.putAll(room.kept()));
    return kept;
  }

  /**
   * Merges the one into the other; it cannot be undone.
   *
   * @return how many rows of which tables moved
   * @throws IllegalArgumentException if they are one already, or of two creditors
   */
  public Map<String, Long> merge(Payer from, Payer into, Actor actor) {
    require(from, into);
    return LockRetries.retrying(
        () ->
            Objects.requireNonNull(
                transactions.execute(
                    status ->
                        mergeLocked(
                            new PayerMerge(
                                from.id(), from.number(), into.id(), into.number(), actor)))));
  }

  private Map<String, Long> mergeLocked(PayerMerge merge) {
    balances.lock(List.of(merge.from(), merge.into()));
    Map<String, Long> counts = counts(merge.from());
    rooms.forEach(room -> room.prepare(merge));
    move(merge.from(), merge.into());
    fill(merge);
    Timestamp now = Sql.timestamp(clock.instant());
    jdbc.update(
        "UPDATE payer SET merged_into = ?, merged_at = ?, merged_by = ?, updated_at = ? WHERE id = ?",
        merge.into(),
        now,
        merge.actor().name(),
        now,
        merge.from());
    // whoever had given way to it before now leads to the survivor, too
    jdbc.update(
        "UPDATE payer SET merged_into = ? WHERE merged_into = ?", merge.into(), merge.from());
    events.publishEvent(merge);
    return counts;
  }

  private void move(long from, long into) {
    moved().forEach(table -> move(table, from, into));
  }

  private void move(String table, long from, long into) {
    jdbc.update("UPDATE " + table + " SET payer_id = ? WHERE payer_id = ?", into, from);
  }

  private List<String> moved() {
    return rooms.stream().flatMap(room -> room.moved().stream()).toList();
  }

  private Map<String, Long> counts(long payerId) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table : moved()) {
      counts.put(
          table,
          jdbc.queryForObject(
              "SELECT COUNT(*) FROM " + table + " WHERE payer_id = ?", Long.class, payerId));
    }
    return counts;
  }

  /** What is known of the survivor stays; what is not, the other one may have told. */
  private void fill(PayerMerge merge) {
    StringBuilder set = new StringBuilder();
    for (String column : FILLED) {
      set.append("s.%1$s = COALESCE(s.%1$s, f.%1$s), ".formatted(column));
    }
    jdbc.update(
        "UPDATE payer s JOIN payer f ON f.id = ? SET "
            + set
            + " s.customer_since = LEAST(COALESCE(s.customer_since, f.customer_since), COALESCE(f.customer_since, s.customer_since)),"
            + " s.updated_at = ? WHERE s.id = ?",
        merge.from(),
        Sql.timestamp(clock.instant()),
        merge.into());
    // where both run, what was owed before either is held
    jdbc.update(
        """
        UPDATE payer s JOIN payer f ON f.id = ? SET s.insolvent_since = GREATEST(s.insolvent_since, f.insolvent_since)
        WHERE s.id = ? AND s.insolvent_until IS NULL AND f.insolvent_until IS NULL
          AND s.insolvent_since IS NOT NULL AND f.insolvent_since IS NOT NULL
        """,
        merge.from(),
        merge.into());
    // the stricter one: whose proceedings run is not pressed for what was owed before
    jdbc.update(
        """
        UPDATE payer s JOIN payer f ON f.id = ? SET s.insolvent_since = f.insolvent_since, s.insolvent_until = f.insolvent_until
        WHERE s.id = ? AND f.insolvent_since IS NOT NULL
          AND (s.insolvent_since IS NULL OR (s.insolvent_until IS NOT NULL AND f.insolvent_until IS NULL))
        """,
        merge.from(),
        merge.into());
  }

  private void require(Payer from, Payer into) {
    if (from.id() == into.id()) {
      throw new IllegalArgumentException(
          "into is '"
              + into.number()
              + "', which is the same customer as "
              + from.number()
              + " already: there is nothing to merge");
    }
    for (Payer payer : List.of(from, into)) {
      if (isErased(payer.id())) {
        throw new IllegalArgumentException(
            "the personal data of customer "
                + payer.number()
                + " was erased: what is kept for accounting is not merged");
      }
    }
    if (from.creditorId() != into.creditorId()) {
      throw new IllegalArgumentException(
          "into is '%s', a customer of %s, and %s is one of %s: only customers of one creditor can be merged"
              .formatted(
                  into.number(),
                  nameOf(into.creditorId()),
                  from.number(),
                  nameOf(from.creditorId())));
    }
  }

  private boolean isErased(long payerId) {
    return !jdbc.queryForList(
            "SELECT id FROM payer WHERE id = ? AND erased_at IS NOT NULL", Long.class, payerId)
        .isEmpty();
  }

  private String nameOf(long creditorId) {
    return creditors.findById(creditorId).orElseThrow().name();
  }

  /**
   * Who read the old payer's id before the merge, and wrote it down after it without a lock, made a
   * row that nobody would see any more: it moves, too.
   */
  @Scheduled(
      fixedDelayString = "${relance.ledger.merged-sweep:60s}",
      initialDelayString = "${relance.ledger.merged-sweep:60s}")
  public void moveLate() {
    jdbc.query(
        "SELECT id, merged_into FROM payer WHERE merged_at > ? AND merged_into IS NOT NULL",
        rs -> {
          moveLate(rs.getLong(1), rs.getLong(2));
        },
        Sql.timestamp(clock.instant().minus(LATE)));
  }

  private void moveLate(long from, long into) {
    for (String table : moved()) {
      try {
        move(table, from, into);
      } catch (DuplicateKeyException known) {
        log.info("A row of {} stays with payer {}: payer {} has the same", table, from, into);
      }
    }
  }
}
