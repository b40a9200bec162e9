package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.plans.Instalment;
import io.relance.casework.plans.InstalmentSchedule;
import io.relance.casework.plans.PaymentPlan;
import io.relance.casework.plans.PaymentPlans;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Payment plans: tried, proposed, looked at, taken back. */
@RestController
@RequestMapping("/api/v1")
class PlanResource {

  /**
   * The plan that is wanted: even instalments by count, first day and rhythm, those that are
   * listed, or what was agreed in words.
   *
   * @param invoices numbers; all open ones of the first one's currency if none is named
   * @param rhythm {@code weekly}, {@code fortnightly} or {@code monthly}, which is the default
   * @param agreed such as "half on Friday, rest end of month"
   * @param proposedBy {@code agent}, the default, or {@code payer}
   */
  record Request(
      @Nullable List<String> invoices,
      @Nullable Integer count,
      @Nullable LocalDate firstOn,
      @Nullable String rhythm,
      @Nullable List<Part> instalments,
      @Nullable String agreed,
      @Nullable String proposedBy,
      @Nullable String note) {}

  /** An instalment as it is asked for. */
  record Part(@Nullable LocalDate dueOn, @Nullable BigDecimal amount) {}

  /** An instalment as it stands. */
  record Line(int number, LocalDate dueOn, String amount, String openAmount) {}

  /** What a plan would be. */
  record Simulation(String total, String currency, List<String> invoices, List<Line> instalments) {}

  /** A plan. */
  record View(
      long id,
      String state,
      String total,
      String currency,
      String proposedBy,
      @Nullable String note,
      List<String> invoices,
      List<Line> instalments) {}

  /** The new plan's id. */
  record Created(long id) {}

  /** Why it is taken back. */
  record Withdrawal(@Nullable String reason) {}

  private final NamedRows named;
  private final PaymentPlans plans;
  private final Invoices invoices;
  private final Audit audit;

  PlanResource(NamedRows named, PaymentPlans plans, Invoices invoices, Audit audit) {
    this.named = named;
    this.plans = plans;
    this.invoices = invoices;
    this.audit = audit;
  }

  @GetMapping("/customers/{number}/plans")
  List<View> ofCustomer(@PathVariable String number) {
    return plans.ofPayer(named.payer(number).id()).stream().map(this::view).toList();
  }

  /** Nothing is kept. */
  @PostMapping("/customers/{number}/plans/simulation")
  Simulation simulate(@PathVariable String number, @RequestBody Request request) {
    List<Invoice> concerned = concerned(named.payer(number), request.invoices());
    Money total = PaymentPlans.totalOf(concerned);
    return new Simulation(
        total.plain(),
        total.currencyCode(),
        concerned.stream().map(Invoice::number).toList(),
        instalments(concerned, total, request).stream()
            .map(i -> new Line(i.number(), i.dueOn(), i.amount().plain(), i.amount().plain()))
            .toList());
  }

  @PostMapping("/customers/{number}/plans")
  @ResponseStatus(HttpStatus.CREATED)
  Created propose(@PathVariable String number, @RequestBody Request request, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    List<Invoice> concerned = concerned(named.payer(number), request.invoices());
    List<Instalment> instalments = instalments(concerned, PaymentPlans.totalOf(concerned), request);
    long id =
        plans.propose(
            concerned.stream().map(Invoice::id).toList(),
            instalments,
            request.proposedBy() == null ? "agent" : request.proposedBy(),
            request.note(),
            "api-" + UUID.randomUUID(),
            actor);
    audit.record(actor, "propose-plan", "customer " + number, "plan " + id);
    return new Created(id);
  }

  @GetMapping("/plans/{id}")
  View one(@PathVariable long id) {
    return view(found(id));
  }

  @DeleteMapping("/plans/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdraw(@PathVariable long id, @RequestBody Withdrawal withdrawal, Principal principal) {
    String reason = withdrawal.reason();
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException("reason is missing: say why the plan ends");
    }
    found(id);
    Actor actor = Actor.user(principal.getName());
    if (!plans.withdraw(id, reason, actor)) {
      throw new IllegalArgumentException("plan " + id + " is over already");
    }
    audit.record(actor, "withdraw-plan", "plan " + id, reason);
  }

  private PaymentPlan found(long id) {
    try {
      return plans.find(id);
    } catch (IllegalArgumentException missing) {
      throw new Problems.NotFound("There is no plan " + id);
    }
  }

  private List<Instalment> instalments(List<Invoice> concerned, Money total, Request request) {
    String agreed = request.agreed();
    if (agreed != null && !agreed.isBlank()) {
      return plans.agreed(concerned, agreed);
    }
    List<Part> listed = request.instalments();
    if (listed == null || listed.isEmpty()) {
      if (request.count() == null || request.firstOn() == null) {
        throw new IllegalArgumentException(
            "count and firstOn are missing: say how many instalments there are and when the first is due, list them, or say in agreed what was agreed");
      }
      String rhythm = request.rhythm();
      return plans.simulate(
          concerned,
          request.count(),
          request.firstOn(),
          rhythm == null
              ? InstalmentSchedule.Rhythm.MONTHLY
              : InstalmentSchedule.Rhythm.of(rhythm));
    }
    List<Instalment> instalments = new ArrayList<>();
    for (Part part : listed) {
      int place = instalments.size() + 1;
      if (part.dueOn() == null || part.amount() == null) {
        throw new IllegalArgumentException("instalment " + place + " needs dueOn and amount");
      }
      instalments.add(
          new Instalment(place, part.dueOn(), Money.of(part.amount(), total.currencyCode())));
    }
    return instalments;
  }

  /** The named invoices, or all that can be in a plan with the one that is due first. */
  private List<Invoice> concerned(Payer payer, @Nullable List<String> numbers) {
    List<Invoice> open = invoices.openOf(payer.id());
    if (numbers == null || numbers.isEmpty()) {
      List<Invoice> able =
          open.stream()
              .filter(i -> !i.isCreditNote() && i.outcome() == null && i.claimed().isPositive())
              .toList();
      return able.stream().filter(i -> i.currency().equals(able.getFirst().currency())).toList();
    }
    return numbers.stream()
        .map(
            number ->
                open.stream()
                    .filter(i -> i.number().equals(number))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "customer "
                                    + payer.number()
                                    + " has no open invoice '"
                                    + number
                                    + "'")))
        .toList();
  }

  private View view(PaymentPlan plan) {
    return new View(
        plan.id(),
        plan.state(),
        plan.total().plain(),
        plan.total().currencyCode(),
        plan.proposedBy(),
        plan.note(),
        plan.invoiceIds().stream().map(id -> invoices.findById(id).orElseThrow().number()).toList(),
        plan.instalments().stream()
            .map(
                i ->
                    new Line(
                        i.number(), i.dueOn(), i.amount().plain(), plan.progress().open(i).plain()))
            .toList());
  }
}
