package io.relance.casework.calls;

import io.relance.casework.PromisePolicy;
import io.relance.casework.plans.AgreedWords;
import io.relance.casework.plans.Instalment;
import io.relance.casework.plans.InstalmentSchedule;
import io.relance.casework.plans.PaymentPlans;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a payer agrees to in a call, as an agent types it: shown in days and amounts while they
 * still speak. Nothing is kept.
 */
@Component
public class CallAgreements {

  /**
   * @param plan whether it is a payment plan; otherwise a promise of one day
   * @param parts by currency, then by day
   * @param left what a promise leaves open, a line a currency
   * @param dated the same words with their days written out
   * @param problem what speaks against it, in words; null if nothing does
   */
  public record Preview(
      boolean plan,
      List<Instalment> parts,
      List<Money> left,
      String dated,
      @Nullable String problem) {}

  private final CallFacts facts;
  private final PaymentPlans plans;
  private final PromisePolicy policy;

  CallAgreements(CallFacts facts, PaymentPlans plans, PromisePolicy policy) {
    this.facts = facts;
    this.plans = plans;
    this.policy = policy;
  }

  /**
   * @throws AgreedWords.NotUnderstood if the words are not understood
   * @throws IllegalArgumentException if nothing may be asked of this payer now
   */
  public Preview of(long payerId, String words) {
    ByCurrency asked = askedOf(payerId);
    LocalDate today = facts.today(payerId);
    asked.requireMeant(words, today);
    List<Instalment> parts = new ArrayList<>();
    List<Money> left = new ArrayList<>();
    String problem = null;
    boolean plan = false;
    for (List<Invoice> invoices : asked.invoices().values()) {
      AgreedWords.Agreement agreed = AgreedWords.read(words, PaymentPlans.totalOf(invoices), today);
      plan = agreed.parts().size() > 1;
      parts.addAll(agreed.parts());
      if (agreed.left().isPositive()) {
        left.add(agreed.left());
      }
      if (problem == null) {
        problem = problem(payerId, invoices, agreed, words);
      }
    }
    return new Preview(
        plan, List.copyOf(parts), List.copyOf(left), AgreedWords.dated(words, today), problem);
  }

  /**
   * A plan of even instalments.
   *
   * @throws IllegalArgumentException if there can be no such plan
   */
  public Preview even(long payerId, int count, LocalDate from, InstalmentSchedule.Rhythm rhythm) {
    List<Instalment> parts =
        askedOf(payerId).invoices().values().stream()
            .flatMap(invoices -> plans.simulate(invoices, count, from, rhythm).stream())
            .toList();
    return new Preview(true, parts, List.of(), "", null);
  }

  private ByCurrency askedOf(long payerId) {
    ByCurrency asked = ByCurrency.of(facts.callableInvoices(payerId));
    if (asked.invoices().isEmpty()) {
      throw new IllegalArgumentException("nothing of this payer may be asked for now");
    }
    return asked;
  }

  private @Nullable String problem(
      long payerId, List<Invoice> invoices, AgreedWords.Agreement agreed, String words) {
    if (agreed.parts().size() == 1) {
      return policy.speaksAgainst(payerId, agreed.parts().getFirst().dueOn());
    }
    try {
      plans.agreed(invoices, words);
      return null;
    } catch (IllegalArgumentException impossible) {
      return impossible.getMessage();
    }
  }
}
