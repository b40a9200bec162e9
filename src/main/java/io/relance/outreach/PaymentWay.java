package io.relance.outreach;

import io.relance.kernel.CreditorReference;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import io.relance.ledger.PaymentReferences;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the payer can settle what a message asks for.
 *
 * @param iban empty if the creditor names none
 * @param reference as it is printed
 * @param link to a page of payment; empty if the creditor has none
 * @param code what banking apps read, see {@link PaymentCode}; empty if there is none
 */
record PaymentWay(String iban, String reference, String link, String code) {

  /**
   * @param asked what is to be paid; null if it is several currencies, or nothing now
   */
  static PaymentWay of(Notice notice, @Nullable Money asked) {
    Creditor creditor = notice.creditor();
    CreditorReference reference = reference(notice);
    return new PaymentWay(
        creditor.iban() == null ? "" : creditor.iban(),
        reference.printed(),
        link(creditor.paymentLink(), reference, asked),
        PaymentCode.of(creditor.name(), creditor.iban(), asked, reference.value()).orElse(""));
  }

  /** Of the plan, the only invoice, or all that the payer owes. */
  private static CreditorReference reference(Notice notice) {
    PlanStatement plan = notice.plan();
    List<Invoice> items = notice.items();
    return plan != null
        ? PaymentReferences.ofPlan(plan.planId())
        : items.size() == 1
            ? PaymentReferences.ofInvoice(items.getFirst().id())
            : PaymentReferences.ofPayer(notice.payer().id());
  }

  private static String link(
      @Nullable String page, CreditorReference reference, @Nullable Money asked) {
    if (page == null || asked == null || !asked.isPositive()) {
      return "";
    }
    return page.replace("{reference}", encoded(reference.value()))
        .replace("{amount}", encoded(asked.plain()))
        .replace("{currency}", encoded(asked.currencyCode()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
