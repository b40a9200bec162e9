package io.relance.worklist;

import io.relance.casework.plans.PaymentPlan;
import io.relance.casework.plans.PaymentPlans;
import io.relance.ledger.Invoices;
import io.relance.scoring.PayerScores;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the form of a plan's approval shows. */
@Component
class PlanTaskFacts {

  private final PaymentPlans plans;
  private final Invoices invoices;
  private final PayerScores scores;

  PlanTaskFacts(PaymentPlans plans, Invoices invoices, PayerScores scores) {
    this.plans = plans;
    this.invoices = invoices;
    this.scores = scores;
  }

  /** Adds nothing if the process follows no plan. */
  void add(long processInstanceKey, LocalDate today, Locale locale, Map<String, Object> facts) {
    plans.ofProcess(processInstanceKey).ifPresent(plan -> describe(plan, today, locale, facts));
  }

  private void describe(
      PaymentPlan plan, LocalDate today, Locale locale, Map<String, Object> facts) {
    DateTimeFormatter dates =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
    facts.put("planTotal", plan.total().format(locale));
    facts.put("planCount", plan.instalments().size());
    facts.put("planEnd", dates.format(plan.instalments().getLast().dueOn()));
    facts.put("planBand", scores.scoreOf(plan.payerId(), today).band());
    facts.put("planBroken", plans.brokenOf(plan.payerId()));
    facts.put("planActor", plan.actor());
    facts.put("planProposedBy", plan.proposedBy());
    facts.put("planNote", plan.note() == null ? "-" : plan.note());
    facts.put(
        "planInvoices",
        plan.invoiceIds().stream()
            .map(id -> invoices.findById(id).orElseThrow().number())
            .collect(Collectors.joining(", ")));
    facts.put(
        "planSchedule",
        plan.instalments().stream()
            .map(i -> "- %s: %s".formatted(dates.format(i.dueOn()), i.amount().format(locale)))
            .collect(Collectors.joining("\n")));
  }
}
