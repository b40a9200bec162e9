package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Reads what may be asked of a payer now. Callers hold the payer's lock, so that nothing changes
 * under them.
 */
@Component
class NoticeFacts {

  /**
   * @param remindable overdue invoices that nothing speaks against, oldest due first
   * @param announceable open invoices that are not overdue and that nothing speaks against
   * @param blocked the other open ones, and what speaks against asking for them
   * @param credits credit notes and money that is not matched
   */
  record Facts(
      Creditor creditor,
      Payer payer,
      LocalDate day,
      List<Invoice> remindable,
      List<Invoice> announceable,
      Map<Invoice, ContactBlocks.Block> blocked,
      List<Credit> credits) {

    /** What is claimed from the payer, although no reminder asks for it. */
    private static final Set<String> CLAIMED = Set.of("handover", "covered");

    /** Why an invoice that was asked about is not listed. */
    String reasonAgainst(long invoiceId) {
      if (announceable.stream().anyMatch(i -> i.id() == invoiceId)) {
        return "not overdue";
      }
      if (remindable.stream().anyMatch(i -> i.id() == invoiceId)) {
        return "overdue by now";
      }
      return blocked.entrySet().stream()
          .filter(b -> b.getKey().id() == invoiceId)
          .map(b -> b.getValue().words())
          .findFirst()
          .orElse("settled");
    }

    /** All that may be asked for, due or not; what credits cover is among it, and so are they. */
    List<Invoice> account() {
      return Stream.concat(
              Stream.concat(covered().stream(), remindable.stream()), announceable.stream())
          .toList();
    }

    /**
     * What of the credits falls to this invoice, if they are set against what is overdue in the
     * order in which it fell due: so that no credit is deducted twice where each invoice is claimed
     * by itself. What is disputed, promised or in a plan is not claimed, and takes nothing.
     */
    List<Credit> creditsFor(Invoice claimed) {
      List<Invoice> claims =
          Stream.concat(
                  remindable.stream(),
                  blocked.entrySet().stream()
                      .filter(b -> CLAIMED.contains(b.getValue().kind()))
                      .map(Map.Entry::getKey))
              .filter(i -> i.isOverdue(day) && i.currency().equals(claimed.currency()))
              .sorted(Comparator.comparing(Invoice::dueDate).thenComparing(Invoice::id))
              .toList();
      Money before =
          claims.stream()
              .takeWhile(i -> i.id() != claimed.id())
              .map(Invoice::claimed)
              .reduce(Money.zero(claimed.claimed().currency()), Money::plus);
      Money left = claimed.claimed();
      List<Credit> taken = new ArrayList<>();
      for (Credit credit : credits) {
        if (!credit.amount().currencyCode().equals(claimed.currency())) {
          continue;
        }
        Money spent = before.min(credit.amount());
        before = before.minus(spent);
        Money here = left.min(credit.amount().minus(spent));
        if (here.isPositive()) {
          taken.add(new Credit(credit.number(), credit.day(), here));
          left = left.minus(here);
        }
      }
      return taken;
    }

    private List<Invoice> covered() {
      return blocked.entrySet().stream()
          .filter(b -> b.getValue().kind().equals("covered"))
          .map(Map.Entry::getKey)
          .filter(i -> announceable.stream().anyMatch(a -> a.currency().equals(i.currency())))
          .toList();
    }

    /** What else is open, and is not asked for in a message that lists these. */
    List<Beside> beside(List<Invoice> listed) {
      List<Beside> beside = new ArrayList<>();
      blocked.forEach(
          (invoice, block) -> {
            if (Beside.isShown(block.kind()) && !listed.contains(invoice)) {
              beside.add(new Beside(invoice, block.kind(), block.until()));
            }
          });
      announceable.stream()
          .filter(i -> !listed.contains(i))
          .map(i -> new Beside(i, "due", i.dueDate()))
          .forEach(beside::add);
      return beside;
    }
  }

  private final Creditors creditors;
  private final Payers payers;
  private final ContactBlocks blocks;

  NoticeFacts(Creditors creditors, Payers payers, ContactBlocks blocks) {
    this.creditors = creditors;
    this.payers = payers;
    this.blocks = blocks;
  }

  Creditor creditorOf(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow();
  }

  Facts read(long payerId, Instant now) {
    Payer payer = payers.findById(payerId).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    LocalDate day = creditor.calendar().dateOf(now);
    List<Invoice> remindable = new ArrayList<>();
    List<Invoice> announceable = new ArrayList<>();
    List<Credit> credits = new ArrayList<>();
    Map<Invoice, ContactBlocks.Block> blocked = new LinkedHashMap<>();
    ContactBlocks.Account account = blocks.of(payerId, day);
    for (Invoice invoice : account.open()) {
      if (invoice.isCreditNote()) {
        credits.add(new Credit(invoice.number(), invoice.issueDate(), invoice.open().negated()));
        continue;
      }
      Optional<ContactBlocks.Block> block = account.blocking().apply(invoice);
      if (block.isPresent()) {
        blocked.put(invoice, block.get());
      } else if (invoice.isOverdue(day)) {
        remindable.add(invoice);
      } else {
        announceable.add(invoice);
      }
    }
    account.received().forEach(r -> credits.add(new Credit("", r.on(), r.left())));
    return new Facts(creditor, payer, day, remindable, announceable, blocked, credits);
  }
}
