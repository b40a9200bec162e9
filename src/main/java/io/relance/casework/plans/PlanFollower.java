package io.relance.casework.plans;

import io.relance.casework.CaseTimes;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payers;
import io.relance.outreach.NoticeRequests;
import io.relance.scoring.PayerScores;
import io.relance.scoring.WarningSignals;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the process of a plan does: asks for its facts, starts it, and judges its instalments. */
@Component
class PlanFollower {

  private static final int TOLERANCE_DAYS = 3;
  private static final int TOLERANCE_DAYS_MAX = 30;
  private static final int TOLERANCE_PERCENT_MAX = 20;

  /**
   * What the decision knows of a plan.
   *
   * @param amountBand of the whole: {@code small}, {@code standard} or {@code large}
   * @param band of the payer's score, A to E
   * @param months from today to the last instalment, begun ones counted
   * @param brokenPlans of the payer, within the last year
   */
  record Facts(
      String proposedBy,
      String amountBand,
      String band,
      int instalments,
      int months,
      int brokenPlans) {}

  /** What plan-policy.dmn says of tolerance. */
  record Policy(@Nullable Integer toleranceDays, @Nullable Integer tolerancePercent) {}

  /** An instalment as the process follows it: judged when its day is over. */
  record Followed(int number, String judgeAt) {}

  /**
   * {@code paid}, {@code open} and when the tolerance ends, or {@code held} and when to look again.
   */
  record Judged(String state, String toleratedUntil) {}

  private final PaymentPlans plans;
  private final PlanStore store;
  private final Payers payers;
  private final Creditors creditors;
  private final Balances balances;
  private final PayerScores scores;
  private final NoticeRequests notices;
  private final WarningSignals signals;
  private final InstantSource clock;

  PlanFollower(
      PaymentPlans plans,
      PlanStore store,
      Payers payers,
      Creditors creditors,
      Balances balances,
      PayerScores scores,
      NoticeRequests notices,
      WarningSignals signals,
      InstantSource clock) {
    this.plans = plans;
    this.store = store;
    this.payers = payers;
    this.creditors = creditors;
    this.balances = balances;
    this.scores = scores;
    this.notices = notices;
    this.signals = signals;
    this.clock = clock;
  }

  Facts factsOf(long planId) {
    PaymentPlan plan = plans.find(planId);
    Creditor creditor =
        creditors
            .findById(payers.findById(plan.payerId()).orElseThrow().creditorId())
            .orElseThrow();
    LocalDate today = creditor.calendar().dateOf(clock.instant());
    return new Facts(
        plan.proposedBy(),
        creditor.amountBand(plan.total()),
        scores.scoreOf(plan.payerId(), today).band(),
        plan.instalments().size(),
        (int) ChronoUnit.MONTHS.between(today, plan.instalments().getLast().dueOn()) + 1,
        plans.brokenOf(plan.payerId()));
  }

  /** From now on the plan runs; returns its instalments in order. */
  @Transactional
  public List<Followed> start(long planId, @Nullable Policy policy, Actor actor) {
    // where the policy has no row for a plan, a manager agreed to it, and said nothing of tolerance
    Policy given = policy == null ? new Policy(null, null) : policy;
    int toleranceDays = Objects.requireNonNullElse(given.toleranceDays(), TOLERANCE_DAYS);
    int tolerancePercent = Objects.requireNonNullElse(given.tolerancePercent(), 0);
    PaymentPlan proposed = plans.find(planId);
    balances.lock(List.of(proposed.payerId()));
    BusinessCalendar calendar = plans.calendarOf(proposed.payerId());
    LocalDate today = calendar.dateOf(clock.instant());
    boolean started =
        store.start(
            planId,
            Math.clamp(toleranceDays, 0, TOLERANCE_DAYS_MAX),
            Math.clamp(tolerancePercent, 0, TOLERANCE_PERCENT_MAX),
            actor,
            today);
    if (started) {
      plans.tell(proposed, "plan-agreed", actor, "Plan " + planId + " is agreed", "agreed");
    }
    return proposed.instalments().stream()
        .map(
            i ->
                new Followed(
                    i.number(),
                    CaseTimes.opening(calendar, i.dueOn().plusDays(1), proposed.payerId())
                        .toString()))
        .toList();
  }

  /**
   * Judges an instalment by what came in; when it is late, the tolerance begins today. While
   * something of the plan is on hold or disputed nothing is judged.
   */
  @Transactional
  public Judged judge(long planId, int number) {
    PaymentPlan plan = plans.find(planId);
    balances.lock(List.of(plan.payerId()));
    plan = plans.find(planId);
    BusinessCalendar calendar = plans.calendarOf(plan.payerId());
    LocalDate today = calendar.dateOf(clock.instant());
    int percent = plan.tolerancePercent() == null ? 0 : plan.tolerancePercent();
    boolean paid = !plan.isRunning() || plan.progress().isPaid(number, percent);
    boolean held = !paid && plans.isHeld(plan, today);
    int days = held ? 1 : plan.toleranceDays() == null ? 0 : plan.toleranceDays();
    return new Judged(
        paid ? "paid" : held ? "held" : "open",
        CaseTimes.opening(calendar, calendar.plusBusinessDays(today, days), plan.payerId())
            .toString());
  }

  /** Writes to the payer what was agreed. */
  @Transactional
  public NoticeRequests.Outcome confirm(long planId, long elementInstanceKey) {
    PaymentPlan plan = plans.find(planId);
    return write(plan, elementInstanceKey);
  }

  /** Writes to the payer that an instalment is late: once. */
  @Transactional
  public NoticeRequests.Outcome remind(long planId, int number, long elementInstanceKey) {
    PaymentPlan plan = plans.find(planId);
    store.reminded(planId, number, plans.today(plan.payerId()));
    Money missing = plan.progress().missing(number);
    plans.tell(
        plan,
        "instalment-late",
        Actor.system("casework"),
        "Instalment %d of plan %d is late: %s missing".formatted(number, planId, missing),
        "late-" + number);
    return write(plan, elementInstanceKey);
  }

  private NoticeRequests.Outcome write(PaymentPlan plan, long elementInstanceKey) {
    NoticeRequests.Outcome outcome =
        notices.requestOfPlan(
            plan.payerId(),
            plan.id(),
            plan.invoiceIds().getFirst(),
            String.valueOf(elementInstanceKey));
    if (outcome == NoticeRequests.Outcome.NO_ADDRESS) {
      String words = "Plan " + plan.id() + " cannot be written to them: it is to be told by phone";
      signals.raise(plan.payerId(), "unreachable", plans.today(plan.payerId()), words);
      plans.tell(
          plan, "plan-untold", Actor.system("casework"), words, "untold-" + elementInstanceKey);
    }
    return outcome;
  }

  /** The instalment stayed open beyond the tolerance. */
  void breakPlan(long planId) {
    PaymentPlan plan = plans.find(planId);
    Money late = plan.progress().late(plans.today(plan.payerId()));
    plans.end(planId, "broken", late + " did not come in time", Actor.system("casework"));
  }
}
