package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds: until a day, nothing is asked of a payer for one invoice, or for all of them. A person
 * sets one, or what a payer said does.
 */
@Component
public class Holds {

  static final int DAYS_MAX = 366;

  /**
   * A hold that runs.
   *
   * @param kind {@code hold} by a person, {@code difficulty} announced by the payer, {@code
   *     paid-claim} when they say it is paid, {@code kept} by a decision at the end of the road,
   *     {@code reply} while nobody has read what they wrote
   * @param until the last day of it
   */
  public record Hold(
      long id,
      @Nullable Long invoiceId,
      String kind,
      String reason,
      LocalDate until,
      String actor) {}

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final Balances balances;
  private final CaseChanges changes;
  private final Timeline timeline;
  private final InstantSource clock;

  Holds(
      JdbcTemplate jdbc,
      Creditors creditors,
      Balances balances,
      CaseChanges changes,
      Timeline timeline,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.balances = balances;
    this.changes = changes;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * Begins a hold and tells the cases that it concerns.
   *
   * @param invoiceId of one invoice, or null for all of the payer's
   * @param source names what asks; the same source asks once
   * @throws IllegalArgumentException without a reason, or with an end that is past or more than a
   *     year ahead
   */
  @Transactional
  public void begin(
      long payerId,
      @Nullable Long invoiceId,
      String kind,
      @Nullable String reason,
      @Nullable LocalDate until,
      String source,
      Actor actor) {
    if (place(payerId, invoiceId, kind, reason, until, source, actor)) {
      tellCases(payerId, invoiceId);
    }
  }

  /**
   * As {@link #begin}, but said to nobody: for the process of the case itself, which goes on by
   * what it is answered. Returns false if the source had asked before.
   */
  @Transactional
  boolean place(
      long payerId,
      @Nullable Long invoiceId,
      String kind,
      @Nullable String reason,
      @Nullable LocalDate until,
      String source,
      Actor actor) {
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException("reason is missing: say why collection is to wait");
    }
    LocalDate today = today(payerId);
    if (until == null || until.isBefore(today) || until.isAfter(today.plusDays(DAYS_MAX))) {
      throw new IllegalArgumentException(
          "until is "
              + (until == null ? "missing" : until)
              + ": a hold ends between today and "
              + today.plusDays(DAYS_MAX));
    }
    balances.lock(
        List.of(payerId)); // a message that is leaving is either before the hold or sees it
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO collection_hold (payer_id, invoice_id, kind, reason, until_date, actor, source, created_at)
            VALUES (?,?,?,?,?,?,?,?)
            """,
            payerId,
            invoiceId,
            kind,
            Sql.fit(reason.strip(), 200),
            until,
            actor.name(),
            source,
            Sql.timestamp(clock.instant()));
    if (added > 0) {
      timeline.tell(
          payerId,
          invoiceId,
          "hold",
          actor,
          "On hold until " + until + ": " + reason.strip(),
          "hold-begun-" + source,
          null);
    }
    return added > 0;
  }

  /** Ends what holds an invoice, or (without one) the payer; false if nothing does. */
  @Transactional
  public boolean end(long payerId, @Nullable Long invoiceId, Actor actor) {
    return end(payerId, invoiceId, hold -> true, actor);
  }

  /** The same of holds of one kind: what others keep still stays so. */
  @Transactional
  public boolean endOfKind(long payerId, @Nullable Long invoiceId, String kind, Actor actor) {
    return end(payerId, invoiceId, hold -> hold.kind().equals(kind), actor);
  }

  /** The hold that this source began, while it runs. */
  public Optional<Hold> begunBy(long payerId, String source) {
    List<Long> ids =
        jdbc.queryForList(
            "SELECT id FROM collection_hold WHERE source = ? AND payer_id = ?",
            Long.class,
            source,
            payerId);
    return running(payerId, today(payerId)).stream().filter(h -> ids.contains(h.id())).findFirst();
  }

  /** Ends that hold alone; false if it does not run. */
  @Transactional
  public boolean endBegunBy(long payerId, String source, Actor actor) {
    balances.lock(List.of(payerId));
    return begunBy(payerId, source)
        .map(hold -> end(payerId, hold.invoiceId(), h -> h.id() == hold.id(), actor))
        .orElse(false);
  }

  private boolean end(long payerId, @Nullable Long invoiceId, Predicate<Hold> which, Actor actor) {
    LocalDate today = today(payerId);
    balances.lock(List.of(payerId));
    List<Hold> running =
        running(payerId, today).stream()
            .filter(h -> java.util.Objects.equals(h.invoiceId(), invoiceId))
            .filter(which)
            .toList();
    for (Hold hold : running) {
      jdbc.update(
          "UPDATE collection_hold SET ended_on = ?, ended_by = ? WHERE id = ?",
          today,
          actor.name(),
          hold.id());
      timeline.tell(
          payerId,
          invoiceId,
          "hold-ended",
          actor,
          "The hold ended: " + hold.reason(),
          "hold-ended-" + hold.id(),
          null);
    }
    if (!running.isEmpty()) {
      tellCases(payerId, invoiceId);
    }
    return !running.isEmpty();
  }

  private void tellCases(long payerId, @Nullable Long invoiceId) {
    if (invoiceId == null) {
      changes.ofPayer(payerId);
    } else {
      changes.ofInvoice(invoiceId);
    }
  }

  /** What holds this invoice on that day, the one that lasts longest. */
  Optional<Hold> of(long payerId, long invoiceId, LocalDate day) {
    return running(payerId, day).stream()
        .filter(h -> h.invoiceId() == null || h.invoiceId() == invoiceId)
        .findFirst();
  }

  /** All that run for a payer and their invoices, the longest first. */
  public List<Hold> running(long payerId, LocalDate day) {
    return jdbc.query(
        """
        SELECT id, invoice_id, kind, reason, until_date, actor FROM collection_hold
        WHERE payer_id = ? AND ended_on IS NULL AND until_date >= ? ORDER BY until_date DESC, id
        """,
        (rs, n) ->
            new Hold(
                rs.getLong(1),
                Sql.number(rs, "invoice_id"),
                rs.getString(3),
                rs.getString(4),
                Sql.requiredDate(rs, "until_date"),
                rs.getString(6)),
        payerId,
        day);
  }

  private LocalDate today(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow().calendar().dateOf(clock.instant());
  }
}
