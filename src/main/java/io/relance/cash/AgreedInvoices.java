package io.relance.cash;

import java.util.List;

/** What a payment plan pays. Known to casework, which agrees on plans. */
public interface AgreedInvoices {

  /** The ids of the invoices of a plan that runs; none if it does not run. */
  List<Long> ofPlan(long planId);
}
