package io.relance.casework.plans;

import io.relance.cash.AgreedInvoices;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells cash what a payment plan pays. */
@Component
class InvoicesOfPlan implements AgreedInvoices {

  private final PlanStore store;

  InvoicesOfPlan(PlanStore store) {
    this.store = store;
  }

  @Override
  public List<Long> ofPlan(long planId) {
    return store
        .find(planId)
        .filter(PaymentPlan::isRunning)
        .map(PaymentPlan::invoiceIds)
        .orElse(List.of());
  }
}
