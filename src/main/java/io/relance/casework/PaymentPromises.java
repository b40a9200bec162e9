package io.relance.casework;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.InvoiceConcluded;
import io.relance.ledger.Invoices;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What payers promise: a day and, if they name one, an amount, for one or several invoices. Each
 * promise has a process, which judges it when its days of grace are over.
 */
@Component
public class PaymentPromises {

  private static final String ALL_PROMISED =
      "payment_promise_id IN (SELECT a.id FROM payment_promise a WHERE a.amount IS NULL) AND ";
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private record Row(
      long id,
      long payerId,
      LocalDate promisedFor,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      String state,
      Instant createdAt) {}

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final Invoices invoiceRows;
  private final Balances balances;
  private final PromisePolicy policy;
  private final CaseChanges changes;
  private final Subjects subjects;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final InstantSource clock;

  PaymentPromises(
      JdbcTemplate jdbc,
      Creditors creditors,
      Invoices invoiceRows,
      Balances balances,
      PromisePolicy policy,
      CaseChanges changes,
      Subjects subjects,
      Timeline timeline,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.invoiceRows = invoiceRows;
    this.balances = balances;
    this.policy = policy;
    this.changes = changes;
    this.subjects = subjects;
    this.timeline = timeline;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  /**
   * Takes a promise down, in place of those that ran for the same invoices.
   *
   * @param asked those of them that are open still are promised
   * @param amount what is to come by then; null for all that is open of the invoices
   * @param source names what says so; the same source promises once
   * @throws IllegalArgumentException if the day is past, or later than promise-policy.dmn lets this
   *     payer promise, the amount is not positive, or nothing is open of the invoices any more
   */
  @Transactional
  public void make(
      long payerId,
      List<Invoice> asked,
      LocalDate promisedFor,
      @Nullable Money amount,
      String source,
      Actor actor) {
    LocalDate today = today(payerId);
    if (promisedFor.isBefore(today)) {
      throw new IllegalArgumentException(
          "promisedFor is " + promisedFor + ": a promise names a day from today on");
    }
    String against = policy.speaksAgainst(payerId, promisedFor);
    if (against != null) {
      throw new IllegalArgumentException("promisedFor is " + promisedFor + ": " + against);
    }
    if (amount != null && !amount.isPositive()) {
      throw new IllegalArgumentException("amount is " + amount + ": it must be positive");
    }
    balances.lock(List.of(payerId));
    List<Invoice> invoices = asked.stream().map(this::asItIs).filter(Invoice::isLive).toList();
    if (invoices.isEmpty()) {
      throw new IllegalArgumentException("a promise names at least one open invoice");
    }
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO payment_promise (payer_id, promised_for, amount, currency, state, actor, source, announced_at, created_at)
            VALUES (?,?,?,?,'open',?,?,?,?)
            """,
            payerId,
            promisedFor,
            amount == null ? null : amount.amount(),
            amount == null ? null : amount.currencyCode(),
            actor.name(),
            source,
            Sql.timestamp(clock.instant()),
            Sql.timestamp(clock.instant()));
    if (added == 0) {
      return;
    }
    Long id =
        jdbc.queryForObject("SELECT id FROM payment_promise WHERE source = ?", Long.class, source);
    java.util.Objects.requireNonNull(id);
    replace(invoices, today);
    for (Invoice invoice : invoices) {
      jdbc.update(
          """
          INSERT INTO promise (invoice_id, payer_id, promised_for, state, actor, element_instance_key, created_at, payment_promise_id)
          VALUES (?,?,?,'open',?,0,?,?)
          """,
          invoice.id(),
          payerId,
          promisedFor,
          actor.name(),
          Sql.timestamp(clock.instant()),
          id);
      timeline.tell(
          payerId,
          invoice.id(),
          "promise",
          actor,
          "Promised " + (amount == null ? "to pay" : amount.toString()) + " by " + promisedFor,
          "promise-" + id + "-" + invoice.id(),
          null);
      changes.ofInvoice(invoice.id());
    }
    announce(id, payerId, "promise-" + id);
  }

  private Invoice asItIs(Invoice read) {
    return invoiceRows.findById(read.id()).orElseThrow();
  }

  /** What speaks against a promise of that day, in words; null if nothing does. */
  public @Nullable String speaksAgainst(long payerId, LocalDate promisedFor) {
    return policy.speaksAgainst(payerId, promisedFor);
  }

  /**
   * What was promised of these invoices gives way to something that was agreed later, or to a
   * dispute. A promise whose day is past and that was not kept is broken all the same.
   */
  public void replace(List<Invoice> invoices, LocalDate today) {
    for (Invoice invoice : invoices) {
      decide("broken", today, "invoice_id = ? AND promised_for < ?", invoice.id(), today);
      decide("replaced", today, "invoice_id = ?", invoice.id());
    }
  }

  /** The invoice was written off or handed over: nobody waits for what was promised of it. */
  @EventListener
  void on(InvoiceConcluded concluded) {
    decide("replaced", today(concluded.payerId()), "invoice_id = ?", concluded.invoiceId());
  }

  /** Rows of promises that run come to a state; promises that have no running row left follow. */
  private void decide(String state, LocalDate today, String where, Object... arguments) {
    List<Long> touched =
        jdbc.queryForList(
            "SELECT DISTINCT payment_promise_id FROM promise WHERE state = 'open' AND payment_promise_id IS NOT NULL AND "
                + where,
            Long.class,
            arguments);
    List<Object> all = new ArrayList<>(List.of(state, today));
    all.addAll(List.of(arguments));
    jdbc.update(
        "UPDATE promise SET state = ?, decided_on = ? WHERE state = 'open' AND " + where,
        all.toArray());
    for (long promiseId : touched) {
      int closed =
          jdbc.update(
              """
              UPDATE payment_promise SET state = ?, decided_on = ? WHERE id = ? AND state = 'open'
                AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.payment_promise_id = payment_promise.id AND p.state = 'open')
              """,
              state,
              today,
              promiseId);
      if (closed > 0) {
        end(promiseId);
      }
    }
  }

  private void end(long promiseId) {
    engine.add(
        new EngineOutbox.Message(
            "promise-settled",
            String.valueOf(promiseId),
            "promise-settled-" + promiseId,
            TIME_TO_LIVE,
            "{}"));
  }

  private void announce(long promiseId, long payerId, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "promise-made",
            String.valueOf(promiseId),
            messageId,
            Duration.ZERO,
            "{\"promiseId\":" + promiseId + ",\"payerId\":" + payerId + "}"));
  }

  /** The invoice is settled: what was promised of it is kept. */
  void settled(long invoiceId, LocalDate on) {
    decide("kept", on, "invoice_id = ?", invoiceId);
  }

  /** Money came in for an invoice: a promised amount may have been reached. */
  void paid(long invoiceId, LocalDate today) {
    List<Row> running =
        query(
            "id IN (SELECT p.payment_promise_id FROM promise p WHERE p.invoice_id = ? AND p.state = 'open')"
                + " AND amount IS NOT NULL AND state = 'open'",
            invoiceId);
    running.stream()
        .filter(this::isReached)
        .forEach(row -> decide("kept", today, "payment_promise_id = ?", row.id()));
    if (!invoiceRows.findById(invoiceId).orElseThrow().claimed().isPositive()) {
      // what is left of it is disputed, and was not promised
      decide("kept", today, ALL_PROMISED + "invoice_id = ?", invoiceId);
    }
  }

  private boolean isReached(Row row) {
    if (row.amount() == null) {
      return invoicesOf(row.id()).stream()
          .map(id -> invoiceRows.findById(id).orElseThrow())
          .noneMatch(i -> i.claimed().isPositive());
    }
    BigDecimal received =
        jdbc.queryForObject(
            """
            SELECT COALESCE(SUM(a.amount), 0) FROM allocation a JOIN promise p ON p.invoice_id = a.invoice_id
            WHERE p.payment_promise_id = ? AND a.created_at >= ? AND a.kind <> 'credit-note'
            """,
            BigDecimal.class,
            row.id(),
            Sql.timestamp(row.createdAt()));
    return received != null && received.compareTo(row.amount()) >= 0;
  }

  private List<Long> invoicesOf(long promiseId) {
    return jdbc.queryForList(
        "SELECT invoice_id FROM promise WHERE payment_promise_id = ? AND state = 'open'",
        Long.class,
        promiseId);
  }

  /** Gives a promise to its process; the time to judge it, or null if it does not run any more. */
  @Transactional
  public @Nullable Instant open(long promiseId, long processInstanceKey) {
    Row row = find(promiseId);
    subjects.keep(processInstanceKey, row.payerId(), null);
    jdbc.update(
        "UPDATE payment_promise SET process_instance_key = ? WHERE id = ?",
        processInstanceKey,
        promiseId);
    if (!row.state().equals("open")) {
      return null;
    }
    BusinessCalendar calendar = calendarOf(row.payerId());
    return CaseTimes.opening(
        calendar, Standing.brokenFrom(calendar, row.promisedFor()), row.payerId());
  }

  /** Judges a promise whose time has come; returns its state. */
  @Transactional
  public String judge(long promiseId) {
    Row found = find(promiseId);
    balances.lock(List.of(found.payerId()));
    Row row = find(promiseId);
    if (!row.state().equals("open")) {
      return row.state();
    }
    LocalDate today = today(row.payerId());
    List<Long> invoices = invoicesOf(promiseId);
    String state = isReached(row) ? "kept" : "broken";
    jdbc.update(
        "UPDATE promise SET state = ?, decided_on = ? WHERE payment_promise_id = ? AND state = 'open'",
        state,
        today,
        promiseId);
    jdbc.update(
        "UPDATE payment_promise SET state = ?, decided_on = ? WHERE id = ?",
        state,
        today,
        promiseId);
    for (long invoiceId : invoices) {
      timeline.tell(
          row.payerId(),
          invoiceId,
          "promise-" + state,
          Actor.system("casework"),
          "The promise to pay by "
              + row.promisedFor()
              + " was "
              + (state.equals("kept") ? "kept" : "not kept"),
          "promise-" + promiseId + "-" + state + "-" + invoiceId,
          null);
      changes.ofInvoice(invoiceId);
    }
    return state;
  }

  /** Promises that no process has taken are announced again: the word was lost on its way. */
  @Scheduled(fixedDelayString = "${relance.collection.interval:60s}", initialDelayString = "50s")
  @Transactional
  public void announceUnclaimed() {
    for (long id : unclaimed.of("payment_promise", "state = 'open'")) {
      announce(id, find(id).payerId(), "promise-" + id + "-" + clock.instant().getEpochSecond());
    }
  }

  /** Promises that run, in words for a payer's file. */
  public String runningOf(long payerId) {
    return query("payer_id = ? AND state = 'open' ORDER BY promised_for", payerId).stream()
        .map(r -> r.promisedFor().toString())
        .collect(Collectors.joining(", "));
  }

  private Row find(long promiseId) {
    return query("id = ?", promiseId).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no promise " + promiseId));
  }

  private List<Row> query(String where, Object argument) {
    return jdbc.query(
        "SELECT id, payer_id, promised_for, amount, currency, state, created_at FROM payment_promise WHERE "
            + where,
        (rs, n) ->
            new Row(
                rs.getLong(1),
                rs.getLong(2),
                Sql.requiredDate(rs, "promised_for"),
                rs.getBigDecimal(4),
                rs.getString(5),
                rs.getString(6),
                Sql.requiredInstant(rs, "created_at")),
        argument);
  }

  private LocalDate today(long payerId) {
    return calendarOf(payerId).dateOf(clock.instant());
  }

  private BusinessCalendar calendarOf(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow().calendar();
  }
}
