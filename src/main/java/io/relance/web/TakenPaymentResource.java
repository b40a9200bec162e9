package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.PaymentPromises;
import io.relance.cash.Means;
import io.relance.cash.TakenPayments;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Money that a person takes from a payer, and what a payer promises of several invoices. */
@RestController
@RequestMapping("/api/v1/customers/{number}")
class TakenPaymentResource {

  /**
   * @param currency null for the creditor's own
   * @param on the day on which the payer paid; null for today
   * @param means cash or card; cheque and transfer are refused, as they are no money yet
   * @param invoices numbers, in the order in which they are paid; null or empty for the oldest
   * @param token names the request: sent again, it is booked once
   */
  record Payment(
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable LocalDate on,
      @Nullable String means,
      @Nullable String reference,
      @Nullable List<String> invoices,
      @Nullable String token) {}

  /** What is booked; {@code earlier} if the same request had booked it before. */
  record Booked(long payment, String amount, String currency, boolean earlier) {}

  /**
   * @param amount null for all that is open of the invoices
   * @param invoices numbers; null or empty for all that are overdue
   */
  record Promise(
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable LocalDate promisedFor,
      @Nullable List<String> invoices,
      @Nullable String token) {}

  private final NamedRows named;
  private final TakenPayments payments;
  private final PaymentPromises promises;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Audit audit;

  TakenPaymentResource(
      NamedRows named,
      TakenPayments payments,
      PaymentPromises promises,
      Invoices invoices,
      Creditors creditors,
      Audit audit) {
    this.named = named;
    this.payments = payments;
    this.promises = promises;
    this.invoices = invoices;
    this.creditors = creditors;
    this.audit = audit;
  }

  @PostMapping("/payments")
  Booked take(@PathVariable String number, @RequestBody Payment payment, Principal principal) {
    Payer payer = named.theOnlyPayer(number);
    String means = TaskPages.blankToNull(payment.means());
    if (means == null) {
      throw new IllegalArgumentException(
          "means is missing: say cash or card, or cheque or transfer for what is still to come");
    }
    Actor actor = Actor.user(principal.getName());
    TakenPayments.Taken taken =
        payments.take(
            new TakenPayments.Wanted(
                payer.id(),
                money(payer, payment.amount(), payment.currency()),
                payment.on() == null ? named.today(payer.creditorId()) : payment.on(),
                Means.of(means),
                payment.reference(),
                numbers(payment.invoices()).stream()
                    .map(n -> named.theOnlyInvoice(n).id())
                    .toList(),
                ActSupport.token(payment.token())),
            actor);
    if (!taken.earlier()) {
      audit.record(actor, "take-payment", "customer " + number, taken.amount() + ", " + means);
    }
    return new Booked(
        taken.paymentId(), taken.amount().plain(), taken.amount().currencyCode(), taken.earlier());
  }

  @PostMapping("/promises")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void promise(@PathVariable String number, @RequestBody Promise promise, Principal principal) {
    Payer payer = named.theOnlyPayer(number);
    if (promise.promisedFor() == null) {
      throw new IllegalArgumentException("promisedFor is missing: a promise names a day");
    }
    Money amount =
        promise.amount() == null ? null : money(payer, promise.amount(), promise.currency());
    List<Invoice> promised = promised(payer, promise, amount);
    Actor actor = Actor.user(principal.getName());
    promises.make(
        payer.id(),
        promised,
        promise.promisedFor(),
        amount,
        "act-" + ActSupport.token(promise.token()),
        actor);
    audit.record(actor, "promise", "customer " + number, promise.promisedFor().toString());
  }

  private List<Invoice> promised(Payer payer, Promise promise, @Nullable Money amount) {
    List<Invoice> chosen = numbers(promise.invoices()).stream().map(named::theOnlyInvoice).toList();
    for (Invoice invoice : chosen) {
      if (invoice.payerId() != payer.id()) {
        throw new IllegalArgumentException(
            "invoice " + invoice.number() + " is another customer's: name one of this customer");
      }
    }
    LocalDate today = named.today(payer.creditorId());
    List<Invoice> meant =
        chosen.isEmpty()
            ? invoices.openOf(payer.id()).stream().filter(i -> i.isOverdue(today)).toList()
            : chosen;
    return amount == null
        ? meant
        : meant.stream().filter(i -> i.currency().equals(amount.currencyCode())).toList();
  }

  private static List<String> numbers(@Nullable List<String> given) {
    return given == null
        ? List.of()
        : given.stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  private Money money(Payer payer, @Nullable BigDecimal amount, @Nullable String currency) {
    String code = TaskPages.blankToNull(currency);
    return Money.of(
        ActSupport.amount(amount),
        code == null ? creditors.findById(payer.creditorId()).orElseThrow().currency() : code);
  }
}
