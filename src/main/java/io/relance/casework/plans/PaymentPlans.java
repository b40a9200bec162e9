package io.relance.casework.plans;

import io.relance.casework.CaseChanges;
import io.relance.casework.CaseHolds;
import io.relance.casework.PaymentPromises;
import io.relance.casework.Subjects;
import io.relance.casework.Timeline;
import io.relance.casework.UnclaimedStarts;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.InvoiceConcluded;
import io.relance.ledger.InvoiceSettled;
import io.relance.ledger.Invoices;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Proposes plans, and ends them. While a plan is proposed or runs, nothing else is asked of the
 * payer for its invoices; when it is broken, their collection goes on at the step that is due.
 */
@Component
public class PaymentPlans {

  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
  private static final int BROKEN_WITHIN_DAYS = 365;
  private static final Set<String> PROPOSERS = Set.of("agent", "payer");
  private static final Map<String, String> ENDED =
      Map.of(
          "kept", "was kept",
          "broken", "was broken",
          "refused", "was refused",
          "withdrawn", "was taken back");

  private final PlanStore store;
  private final Creditors creditors;
  private final Invoices invoices;
  private final Balances balances;
  private final PaymentPromises promises;
  private final CaseHolds holds;
  private final CaseChanges changes;
  private final Subjects subjects;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final InstantSource clock;

  PaymentPlans(
      PlanStore store,
      Creditors creditors,
      Invoices invoices,
      Balances balances,
      PaymentPromises promises,
      CaseHolds holds,
      CaseChanges changes,
      Subjects subjects,
      Timeline timeline,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      InstantSource clock) {
    this.store = store;
    this.creditors = creditors;
    this.invoices = invoices;
    this.balances = balances;
    this.promises = promises;
    this.holds = holds;
    this.changes = changes;
    this.subjects = subjects;
    this.timeline = timeline;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  /** What a plan over these invoices would look like; nothing is kept. */
  public List<Instalment> simulate(
      List<Invoice> concerned, int count, LocalDate first, InstalmentSchedule.Rhythm rhythm) {
    Money total = totalOf(concerned);
    BusinessCalendar calendar = calendarOf(concerned.getFirst().payerId());
    return InstalmentSchedule.checked(
        InstalmentSchedule.even(total, count, first, rhythm, calendar),
        total,
        calendar.dateOf(clock.instant()));
  }

  /**
   * The plan that was agreed in words; nothing is kept.
   *
   * @throws AgreedWords.NotUnderstood if it is not understood
   * @throws IllegalArgumentException if such a plan cannot be
   */
  public List<Instalment> agreed(List<Invoice> concerned, String words) {
    Money total = totalOf(concerned);
    LocalDate today = today(concerned.getFirst().payerId());
    List<Instalment> parts = AgreedWords.read(words, total, today).parts();
    return InstalmentSchedule.checked(parts, total, today);
  }

  /**
   * What is to be paid of these invoices.
   *
   * @throws IllegalArgumentException if there is none, one has nothing to ask for, or they are of
   *     several payers or currencies
   */
  public static Money totalOf(List<Invoice> concerned) {
    if (concerned.isEmpty()) {
      throw new IllegalArgumentException("a plan needs at least one open invoice");
    }
    Invoice first = concerned.getFirst();
    for (Invoice invoice : concerned) {
      if (invoice.payerId() != first.payerId() || !invoice.currency().equals(first.currency())) {
        throw new IllegalArgumentException(
            "invoices "
                + first.number()
                + " and "
                + invoice.number()
                + " cannot be in one plan: it is for one payer and one currency");
      }
      if (invoice.isSettled() || invoice.outcome() != null || !invoice.claimed().isPositive()) {
        throw new IllegalArgumentException(
            "invoice " + invoice.number() + " has nothing that could be paid in instalments");
      }
    }
    return concerned.stream().map(Invoice::claimed).reduce(Money::plus).orElseThrow();
  }

  /**
   * Keeps a proposal and gives it to its process, which decides by {@code plan-policy.dmn} whether
   * it needs a manager.
   *
   * @param proposedBy {@code agent} or {@code payer}
   * @param source names what proposes; the same source proposes once
   * @return the plan's id
   * @throws IllegalArgumentException if the instalments do not add up to what is open, their days
   *     are not in order, or an invoice is in a plan already
   */
  @Transactional
  public long propose(
      List<Long> invoiceIds,
      List<Instalment> proposed,
      String proposedBy,
      @Nullable String note,
      String source,
      Actor actor) {
    if (!PROPOSERS.contains(proposedBy)) {
      throw new IllegalArgumentException(
          "proposedBy is '" + proposedBy + "': it is agent or payer");
    }
    List<Invoice> before = read(invoiceIds);
    totalOf(before);
    long payerId = before.getFirst().payerId();
    balances.lock(List.of(payerId));
    List<Invoice> concerned = read(invoiceIds);
    Money total = totalOf(concerned);
    LocalDate today = today(payerId);
    List<Instalment> instalments = InstalmentSchedule.checked(proposed, total, today);
    for (Invoice invoice : concerned) {
      store
          .liveOfInvoice(invoice.id())
          .ifPresent(
              live -> {
                throw new IllegalArgumentException(
                    "invoice "
                        + invoice.number()
                        + " is in plan "
                        + live.id()
                        + " already: end that one first");
              });
    }
    Long id =
        store
            .add(payerId, total, concerned, instalments, proposedBy, note, source, actor)
            .orElse(null);
    if (id == null) {
      throw new IllegalArgumentException("this plan was proposed already");
    }
    tell(
        store.find(id).orElseThrow(),
        "plan",
        actor,
        "Plan %d proposed by the %s: %s in %d instalments, %s to %s"
            .formatted(
                id,
                proposedBy,
                total,
                instalments.size(),
                instalments.getFirst().dueOn(),
                instalments.getLast().dueOn()),
        "proposed");
    promises.replace(concerned, today);
    concerned.forEach(i -> changes.ofInvoice(i.id()));
    announce(id, payerId, "plan-" + id);
    return id;
  }

  private List<Invoice> read(List<Long> ids) {
    return ids.stream().distinct().map(id -> invoices.findById(id).orElseThrow()).toList();
  }

  private void announce(long planId, long payerId, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "plan-proposed",
            String.valueOf(planId),
            messageId,
            Duration.ZERO,
            "{\"planId\":%d,\"payerId\":%d}".formatted(planId, payerId)));
  }

  /** Gives a plan to its process; false if it is over already. */
  @Transactional
  public boolean take(long planId, long processInstanceKey) {
    PaymentPlan plan = find(planId);
    subjects.keep(processInstanceKey, plan.payerId(), null);
    store.heldBy(planId, processInstanceKey);
    return plan.isLive();
  }

  /** A person takes a plan back; false if it is over already. */
  @Transactional
  public boolean withdraw(long planId, String reason, Actor actor) {
    boolean ended = end(planId, "withdrawn", reason, actor);
    if (ended) {
      tellProcess(planId);
    }
    return ended;
  }

  /**
   * Ends a plan, by its own process, and lets collection go on with what is open.
   *
   * @param state {@code kept}, {@code broken}, {@code refused} or {@code withdrawn}
   * @return false if it is over already
   */
  @Transactional
  public boolean end(long planId, String state, @Nullable String note, Actor actor) {
    long payerId = find(planId).payerId();
    balances.lock(List.of(payerId));
    if (!store.end(planId, state, today(payerId))) {
      return false;
    }
    PaymentPlan plan = find(planId);
    tell(
        plan,
        "plan-" + state,
        actor,
        "Plan "
            + planId
            + " "
            + ENDED.getOrDefault(state, state)
            + (note == null ? "" : ": " + note.strip()),
        state);
    plan.invoiceIds().forEach(changes::ofInvoice);
    return true;
  }

  private void tellProcess(long planId) {
    engine.add(
        new EngineOutbox.Message(
            "plan-ended", String.valueOf(planId), "plan-ended-" + planId, TIME_TO_LIVE, "{}"));
  }

  /**
   * Whether an invoice of the plan, or its payer, is on hold or disputed: nothing is pressed for.
   */
  boolean isHeld(PaymentPlan plan, LocalDate today) {
    return holds.holdsPlan(plan.invoiceIds(), today);
  }

  /** What is written off, or given to others, is not paid in instalments here. */
  @EventListener
  void on(InvoiceConcluded concluded) {
    store
        .liveOfInvoice(concluded.invoiceId())
        .ifPresent(
            plan ->
                withdraw(
                    plan.id(),
                    "an invoice of it is " + concluded.outcome(),
                    Actor.system("ledger")));
  }

  /** When all of a plan's invoices are settled, it is kept, however early. */
  @EventListener
  void on(InvoiceSettled settled) {
    PaymentPlan plan = store.liveOfInvoice(settled.invoiceId()).orElse(null);
    if (plan != null
        && plan.invoiceIds().stream()
            .allMatch(id -> invoices.findById(id).orElseThrow().isSettled())
        && end(plan.id(), "kept", null, Actor.system("ledger"))) {
      tellProcess(plan.id());
    }
  }

  /** Tells the engine again of plans that no process has taken: the word was lost. */
  @Scheduled(fixedDelayString = "${relance.collection.interval:60s}", initialDelayString = "60s")
  @Transactional
  public void announceUnclaimed() {
    for (long id : unclaimed.of("payment_plan", "state IN ('proposed','running')")) {
      announce(id, find(id).payerId(), "plan-" + id + "-" + clock.instant().getEpochSecond());
    }
  }

  /** All plans of a payer, the newest first. */
  public List<PaymentPlan> ofPayer(long payerId) {
    return store.ofPayer(payerId);
  }

  /** The plan that a process follows. */
  public Optional<PaymentPlan> ofProcess(long processInstanceKey) {
    return store.ofProcess(processInstanceKey);
  }

  /** How many plans this payer broke within the last year. */
  public int brokenOf(long payerId) {
    return store.brokenSince(payerId, today(payerId).minusDays(BROKEN_WITHIN_DAYS));
  }

  /**
   * @throws IllegalArgumentException if there is none
   */
  public PaymentPlan find(long planId) {
    return store
        .find(planId)
        .orElseThrow(() -> new IllegalArgumentException("There is no plan " + planId));
  }

  /** To every invoice of the plan, once an event. */
  void tell(PaymentPlan plan, String kind, Actor actor, String text, String event) {
    for (long invoiceId : plan.invoiceIds()) {
      timeline.tell(
          plan.payerId(),
          invoiceId,
          kind,
          actor,
          text,
          "plan-" + plan.id() + "-" + event + "-" + invoiceId,
          null);
    }
  }

  BusinessCalendar calendarOf(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow().calendar();
  }

  LocalDate today(long payerId) {
    return calendarOf(payerId).dateOf(clock.instant());
  }
}
