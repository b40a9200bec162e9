package io.relance.ledger;

import io.relance.kernel.CreditorReference;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The references that payers are asked to give: that of one invoice, of a payment plan, or of all
 * they owe. They name ids, which are unique, rather than numbers, which banks and payers spell in
 * many ways.
 */
public final class PaymentReferences {

  private static final String INVOICE = "I";
  private static final String PAYER = "P";
  private static final String PLAN = "A"; // what was agreed
  private static final Pattern OURS = Pattern.compile("[IPA][1-9][0-9]{0,17}");

  private PaymentReferences() {}

  public static CreditorReference ofInvoice(long invoiceId) {
    return CreditorReference.of(INVOICE + invoiceId);
  }

  public static CreditorReference ofPayer(long payerId) {
    return CreditorReference.of(PAYER + payerId);
  }

  public static CreditorReference ofPlan(long planId) {
    return CreditorReference.of(PLAN + planId);
  }

  /** Ours in what a bank passes on. */
  public static List<CreditorReference> in(String text) {
    return CreditorReference.in(text, r -> OURS.matcher(r.body()).matches());
  }

  /** The id of the payment plan that a reference names; empty if it names none. */
  public static OptionalLong planIn(CreditorReference reference) {
    return idIn(reference, PLAN);
  }

  /** The id of the invoice that a reference names; empty if it names none. */
  public static OptionalLong invoiceIn(CreditorReference reference) {
    return idIn(reference, INVOICE);
  }

  /** The id of the payer that a reference names; empty if it names none. */
  public static OptionalLong payerIn(CreditorReference reference) {
    return idIn(reference, PAYER);
  }

  private static OptionalLong idIn(CreditorReference reference, String kind) {
    String body = reference.body();
    return body.startsWith(kind) && OURS.matcher(body).matches()
        ? OptionalLong.of(Long.parseLong(body.substring(1)))
        : OptionalLong.empty();
  }
}
