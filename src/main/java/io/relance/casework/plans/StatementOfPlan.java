package io.relance.casework.plans;

import io.relance.casework.CaseHolds;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.PlanStatement;
import io.relance.outreach.PlanStatements;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gives messages what they say of a plan. */
@Component
class StatementOfPlan implements PlanStatements {

  private final PlanStore store;
  private final Invoices invoices;
  private final CaseHolds holds;

  StatementOfPlan(PlanStore store, Invoices invoices, CaseHolds holds) {
    this.store = store;
    this.invoices = invoices;
    this.holds = holds;
  }

  @Override
  public Optional<PlanStatement> of(long planId, LocalDate day) {
    return store
        .find(planId)
        .filter(PaymentPlan::isRunning)
        .filter(plan -> !holds.holdsPlan(plan.invoiceIds(), day))
        .map(plan -> read(plan, day));
  }

  private PlanStatement read(PaymentPlan plan, LocalDate day) {
    List<Invoice> open =
        plan.invoiceIds().stream()
            .map(id -> invoices.findById(id).orElseThrow())
            .filter(i -> !i.isSettled())
            .toList();
    PlanProgress progress = plan.progress();
    return new PlanStatement(
        plan.id(),
        open,
        plan.instalments().stream()
            .map(i -> new PlanStatement.Line(i.number(), i.dueOn(), i.amount(), progress.open(i)))
            .toList(),
        progress.late(day),
        plan.toleranceDays() == null ? 0 : plan.toleranceDays());
  }
}
