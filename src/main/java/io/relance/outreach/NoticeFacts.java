package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
   * @param blocked the other open ones asked about, and why
   */
  record Facts(
      Creditor creditor,
      Payer payer,
      LocalDate day,
      List<Invoice> remindable,
      List<Invoice> announceable,
      Map<Long, String> blocked) {

    /** Why an invoice that was asked about is not listed. */
    String reasonAgainst(long invoiceId) {
      if (announceable.stream().anyMatch(i -> i.id() == invoiceId)) {
        return "not overdue";
      }
      if (remindable.stream().anyMatch(i -> i.id() == invoiceId)) {
        return "overdue by now";
      }
      return blocked.getOrDefault(invoiceId, "settled");
    }
  }

  private final Creditors creditors;
  private final Payers payers;
  private final Invoices invoices;
  private final ContactBlocks blocks;

  NoticeFacts(Creditors creditors, Payers payers, Invoices invoices, ContactBlocks blocks) {
    this.creditors = creditors;
    this.payers = payers;
    this.invoices = invoices;
    this.blocks = blocks;
  }

  Creditor creditorOf(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow();
  }

  Facts read(long payerId, java.time.Instant now) {
    Payer payer = payers.findById(payerId).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    LocalDate day = creditor.calendar().dateOf(now);
    List<Invoice> open = invoices.openOf(payerId);
    Map<String, Money> net = new LinkedHashMap<>();
    open.forEach(i -> net.merge(i.currency(), i.open(), Money::plus));
    List<Invoice> remindable = new ArrayList<>();
    List<Invoice> announceable = new ArrayList<>();
    Map<Long, String> blocked = new LinkedHashMap<>();
    Function<Invoice, Optional<String>> blocking = blocks.blocking(payerId, day);
    for (Invoice invoice : open) {
      if (invoice.isCreditNote()) {
        continue;
      }
      String reason = reasonAgainst(invoice, net, blocking);
      if (reason != null) {
        blocked.put(invoice.id(), reason);
      } else if (invoice.isOverdue(day)) {
        remindable.add(invoice);
      } else {
        announceable.add(invoice);
      }
    }
    return new Facts(creditor, payer, day, remindable, announceable, blocked);
  }

  private @org.jspecify.annotations.Nullable String reasonAgainst(
      Invoice invoice, Map<String, Money> net, Function<Invoice, Optional<String>> blocking) {
    if (!invoice.claimed().isPositive()) {
      return "disputed";
    }
    if (invoice.outcome() != null) {
      return invoice.outcome();
    }
    Money owed = net.get(invoice.currency());
    if (owed != null && !owed.isPositive()) {
      return "covered by credit notes";
    }
    return blocking.apply(invoice).orElse(null);
  }
}
