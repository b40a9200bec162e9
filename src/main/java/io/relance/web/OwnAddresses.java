package io.relance.web;

import io.relance.ledger.Creditors;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Addresses of the company's own: what is about payers goes to nobody outside of it. */
@Component
class OwnAddresses {

  private final Creditors creditors;

  OwnAddresses(Creditors creditors) {
    this.creditors = creditors;
  }

  /**
   * @param refusal what to say of an address elsewhere; the domains that are ours follow it
   * @throws IllegalArgumentException if the address is of a domain that no creditor writes from
   */
  void require(String address, String refusal) {
    String domain = address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    List<String> ours =
        creditors.findAll().stream()
            .map(c -> c.senderDomain().toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    if (!ours.contains(domain)) {
      throw new IllegalArgumentException(refusal + String.join(", ", ours));
    }
  }
}
