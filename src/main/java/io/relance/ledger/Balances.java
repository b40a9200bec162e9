package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only writer of open amounts. Whoever changes one holds the payer's lock, and whoever sends a
 * message holds it too: a payment is therefore before a message or after it, never in the middle.
 */
@Component
public class Balances {

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Allocations allocations;
  private final OpenSpans spans;
  private final InstantSource clock;
  private final ApplicationEventPublisher events;

  Balances(
      JdbcTemplate jdbc,
      Invoices invoices,
      Allocations allocations,
      OpenSpans spans,
      InstantSource clock,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.allocations = allocations;
    this.spans = spans;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Holds these payers until the transaction ends; always in the order of their ids, so that nobody
   * waits in a circle.
   *
   * @throws PayerMergedMeanwhile if one was merged into another: begin anew
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void lock(Collection<Long> payerIds) {
    if (!payerIds.isEmpty()) {
      List<Long> ordered = payerIds.stream().distinct().sorted().toList();
      jdbc.query(
          "SELECT number, merged_into FROM payer WHERE id IN ("
              + Sql.marks(ordered.size())
              + ") ORDER BY id FOR UPDATE",
          rs -> {
            if (Sql.number(rs, "merged_into") != null) {
              throw new PayerMergedMeanwhile(rs.getString(1));
            }
          },
          ordered.toArray());
    }
  }

  /**
   * Reduces what is open by an amount, at the most to zero.
   *
   * @param reference of the payment or document; the same one is set against an invoice once
   * @return what was taken, zero if nothing is open or the reference was used before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Money reduce(
      long invoiceId, Money by, String kind, LocalDate on, String reference, Actor actor) {
    Invoice before = invoices.findById(invoiceId).orElseThrow();
    return reduce(before, by, kind, on, reference, spans.today(before.creditorId()), actor);
  }

  private Money reduce(
      Invoice before,
      Money by,
      String kind,
      LocalDate on,
      String reference,
      LocalDate counts,
      Actor actor) {
    long invoiceId = before.id();
    lock(List.of(before.payerId()));
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    Money zero = Money.zero(by.currency());
    if (!invoice.currency().equals(by.currencyCode())) {
      throw new IllegalArgumentException(
          "invoice "
              + invoice.number()
              + " is in "
              + invoice.currency()
              + ", not "
              + by.currencyCode());
    }
    Money taken = by.min(invoice.open());
    if (!taken.isPositive()) {
      return zero;
    }
    if (!allocations.add(invoiceId, kind, taken, on, reference, actor, clock.instant())) {
      return zero;
    }
    setOpen(invoice, invoice.open().minus(taken), on, kind, taken, reference, counts, actor);
    return taken;
  }

  /**
   * Sets what is open to what the ledger file says, which it has not said before.
   *
   * @param counts the day from which the figures of that day see it
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void follow(Invoice invoice, Money told, LocalDate on, LocalDate counts, Actor actor) {
    BigDecimal lastTold = invoice.toldOpenAmount();
    jdbc.update(
        "UPDATE invoice SET told_open_amount = ? WHERE id = ?", told.amount(), invoice.id());
    Money open = invoice.open();
    boolean lower = told.amount().abs().compareTo(lastTold.abs()) < 0;
    Money target = lower ? nearerToZero(open, told) : told;
    change(invoice, target, on, "ledger " + told.plain(), counts, actor);
  }

  private void change(
      Invoice invoice, Money target, LocalDate on, String why, LocalDate counts, Actor actor) {
    Money open = invoice.open();
    if (target.equals(open)) {
      return;
    }
    String reference = why + " on " + on;
    Money less = open.minus(target);
    allocations.add(invoice.id(), "ledger", less, on, reference, actor, clock.instant());
    setOpen(invoice, target, on, "ledger", less, reference, counts, actor);
  }

  /**
   * Follows a corrected amount of which the file does not say what is open: that changes by the
   * difference, so that what was paid stays paid, and stays between zero and the amount.
   *
   * @param counts as for {@link #follow}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void correct(Invoice invoice, Money amount, LocalDate on, LocalDate counts, Actor actor) {
    Money difference = amount.minus(invoice.total());
    if (difference.isZero()) {
      return;
    }
    Money told = within(amount, invoice.told().plus(difference));
    jdbc.update(
        "UPDATE invoice SET told_open_amount = ? WHERE id = ?", told.amount(), invoice.id());
    change(
        invoice,
        within(amount, invoice.open().plus(difference)),
        on,
        "corrected to " + amount.plain(),
        counts,
        actor);
  }

  private static Money within(Money amount, Money open) {
    if (open.amount().signum() * amount.amount().signum() <= 0) {
      return Money.zero(amount.currency());
    }
    return open.amount().abs().compareTo(amount.amount().abs()) > 0 ? amount : open;
  }

  /** The file lags behind the bank: a payment already booked is not taken back by it. */
  private static Money nearerToZero(Money open, Money told) {
    return open.amount().abs().compareTo(told.amount().abs()) <= 0 ? open : told;
  }

  /**
   * What is open becomes this.
   *
   * @param by how much less that is
   * @param counts the day from which the figures of that day see it
   */
  void setOpen(
      Invoice invoice,
      Money open,
      LocalDate on,
      String kind,
      Money by,
      String reference,
      LocalDate counts,
      Actor actor) {
    jdbc.update(
        "UPDATE invoice SET open_amount = ?, settled_on = ?, updated_at = ? WHERE id = ?",
        open.amount(),
        open.isZero() ? on : null,
        Sql.timestamp(clock.instant()),
        invoice.id());
    spans.follow(invoice.id(), counts);
    events.publishEvent(
        new OpenAmountChanged(
            invoice.id(), invoice.payerId(), invoice.number(), kind, by, open, reference, actor));
    if (open.isZero() && !invoice.isCreditNote()) {
      events.publishEvent(
          new InvoiceSettled(invoice.id(), invoice.payerId(), invoice.number(), on, kind));
    }
  }

  /**
   * Sets a payer's open credit notes against their open invoices of the same currency, oldest due
   * first.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void setOffCredits(long payerId, LocalDate on, Actor actor) {
    lock(List.of(payerId));
    List<Invoice> open = invoices.openOf(payerId);
    for (Invoice credit : open.stream().filter(Invoice::isCreditNote).toList()) {
      Money left = credit.open().negated();
      for (Invoice invoice : open) {
        if (!left.isPositive()) {
          break;
        }
        if (!invoice.isCreditNote() && invoice.currency().equals(credit.currency())) {
          left =
              left.minus(
                  reduce(
                      invoice,
                      left,
                      "credit-note",
                      on,
                      "credit note " + credit.number(),
                      spans.upToToday(credit.creditorId(), on),
                      actor));
        }
      }
      Money used = credit.open().negated().minus(left);
      if (used.isPositive()) {
        jdbc.update(
            "UPDATE invoice SET open_amount = ?, settled_on = ?, updated_at = ? WHERE id = ?",
            left.negated().amount(),
            left.isZero() ? on : null,
            Sql.timestamp(clock.instant()),
            credit.id());
        spans.follow(credit.id(), spans.upToToday(credit.creditorId(), on));
      }
    }
  }

  /**
   * Ends an invoice without payment: {@code written-off} or {@code handed-over}. What is open stays
   * as it is.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void conclude(Invoice invoice, String outcome) {
    lock(List.of(invoice.payerId()));
    jdbc.update(
        "UPDATE invoice SET outcome = ?, updated_at = ? WHERE id = ?",
        outcome,
        Sql.timestamp(clock.instant()),
        invoice.id());
    spans.follow(invoice.id(), spans.today(invoice.creditorId()));
    events.publishEvent(new InvoiceConcluded(invoice.id(), invoice.payerId(), outcome));
  }

  /**
   * Marks an invoice, or a part of it, as disputed by its payer: no message asks for that any more.
   *
   * @param part null for the whole invoice
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void dispute(Invoice invoice, @Nullable Money part) {
    lock(List.of(invoice.payerId()));
    jdbc.update(
        "UPDATE invoice SET disputed = ?, disputed_amount = ?, was_disputed = TRUE, updated_at = ? WHERE id = ?",
        part == null,
        part == null ? null : part.amount(),
        Sql.timestamp(clock.instant()),
        invoice.id());
  }

  /** The dispute is over: all that is open may be asked for. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void endDispute(Invoice invoice) {
    lock(List.of(invoice.payerId()));
    jdbc.update(
        "UPDATE invoice SET disputed = FALSE, disputed_amount = NULL, updated_at = ? WHERE id = ?",
        Sql.timestamp(clock.instant()),
        invoice.id());
  }
}
