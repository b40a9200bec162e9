package io.relance.outreach;

import io.relance.kernel.Digests;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything a notice says, read from the facts at one moment. */
record Notice(
    Creditor creditor,
    Payer payer,
    Tone tone,
    LocalDate day,
    String recipient,
    List<Invoice> items) {

  /** What is asked for, a currency each. */
  Map<Currency, Money> totals() {
    Map<Currency, Money> totals = new LinkedHashMap<>();
    items.forEach(i -> totals.merge(i.open().currency(), i.open(), Money::plus));
    return totals;
  }

  /** Equal for two notices that say the same: compared just before sending. */
  String factsHash() {
    StringBuilder facts = new StringBuilder(tone.word()).append('|').append(recipient);
    items.forEach(
        i ->
            facts
                .append('|')
                .append(i.id())
                .append('=')
                .append(i.open())
                .append('@')
                .append(i.dueDate()));
    return Digests.sha256(facts.toString());
  }
}
