package io.relance.casework.plans;

import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a payer owes on some invoices, in instalments.
 *
 * @param total what the instalments add up to
 * @param state {@code proposed} or {@code running}; then {@code kept}, {@code broken}, {@code
 *     refused} or {@code withdrawn}
 * @param proposedBy {@code agent} or {@code payer}
 * @param toleranceDays business days after the reminder of a late instalment; null until it runs
 * @param tolerancePercent of an instalment that may be missing; null until it runs
 */
public record PaymentPlan(
    long id,
    long payerId,
    Money total,
    String state,
    String proposedBy,
    @Nullable String note,
    String actor,
    @Nullable Integer toleranceDays,
    @Nullable Integer tolerancePercent,
    LocalDate proposedOn,
    @Nullable LocalDate endedOn,
    List<Long> invoiceIds,
    PlanProgress progress) {

  public boolean isLive() {
    return state.equals("proposed") || state.equals("running");
  }

  public boolean isRunning() {
    return state.equals("running");
  }

  public List<Instalment> instalments() {
    return progress.instalments();
  }
}
