package io.relance.outreach;

import io.relance.kernel.Digests;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Channel;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything a notice says, read from the facts at one moment.
 *
 * @param items what a reminder asks for, or what a plan pays
 * @param beside what else is open, and not asked for here
 * @param credits what the payer has with us, in the currencies of the items
 * @param plan what it is about, if it is not a reminder
 */
record Notice(
    Creditor creditor,
    Payer payer,
    Channel channel,
    Tone tone,
    LocalDate day,
    String recipient,
    List<Invoice> items,
    List<Beside> beside,
    List<Credit> credits,
    @Nullable PlanStatement plan) {

  /** What is asked for, a currency each, with what the payer has with us deducted. */
  Map<Currency, Money> totals() {
    Map<Currency, Money> totals = new LinkedHashMap<>();
    items.forEach(i -> totals.merge(i.claimed().currency(), i.claimed(), Money::plus));
    credits.forEach(c -> totals.merge(c.amount().currency(), c.amount().negated(), Money::plus));
    return totals;
  }

  /** What is deducted, a currency each, such as {@code EUR 30.00}; empty if nothing is. */
  String deducted() {
    Map<String, Money> sums = new TreeMap<>();
    credits.forEach(c -> sums.merge(c.amount().currencyCode(), c.amount(), Money::plus));
    return sums.entrySet().stream()
        .map(s -> s.getKey() + " " + s.getValue().plain())
        .collect(Collectors.joining(", "));
  }

  /** Equal for two notices that say the same: compared just before sending. */
  String factsHash() {
    StringBuilder facts =
        new StringBuilder(tone.word())
            .append('|')
            .append(channel.word())
            .append('|')
            .append(recipient);
    items.forEach(
        i ->
            facts
                .append('|')
                .append(i.id())
                .append('=')
                .append(i.claimed())
                .append('@')
                .append(i.dueDate()));
    credits.forEach(c -> facts.append("|-").append(c.number()).append(c.amount()));
    beside.forEach(
        b ->
            facts
                .append("|~")
                .append(b.invoice().id())
                .append('=')
                .append(b.invoice().open())
                .append(b.kind())
                .append(b.until()));
    if (plan != null) {
      facts.append('|').append(plan.late());
      plan.lines().forEach(l -> facts.append('|').append(l));
    }
    return Digests.sha256(facts.toString());
  }
}
