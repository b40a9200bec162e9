package io.relance.ledger;

import io.relance.kernel.CreditorReference;
import java.util.OptionalLong;

/**
 * The references that payers are asked to give: that of one invoice, or that of all they owe. They
 * name ids, which are unique, rather than numbers, which banks and payers spell in many ways.
 */
public final class PaymentReferences {

  private static final String INVOICE = "I";
  private static final String PAYER = "P";

  private PaymentReferences() {}

  public static CreditorReference ofInvoice(long invoiceId) {
    return CreditorReference.of(INVOICE + invoiceId);
  }

  public static CreditorReference ofPayer(long payerId) {
    return CreditorReference.of(PAYER + payerId);
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
    return body.matches(kind + "[1-9][0-9]{0,17}")
        ? OptionalLong.of(Long.parseLong(body.substring(1)))
        : OptionalLong.empty();
  }
}
