package io.relance.web;

import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** What an address names, or the answer that there is no such thing. */
@Component
class NamedRows {

  private final Payers payers;
  private final Invoices invoices;
  private final Creditors creditors;
  private final InstantSource clock;

  NamedRows(Payers payers, Invoices invoices, Creditors creditors, InstantSource clock) {
    this.payers = payers;
    this.invoices = invoices;
    this.creditors = creditors;
    this.clock = clock;
  }

  Payer payer(String number) {
    return payers.findByNumber(number, PageRequest.of(0, 1)).stream()
        .findFirst()
        .orElseThrow(() -> new Problems.NotFound("There is no customer '" + number + "'"));
  }

  Invoice invoice(String number) {
    return invoices
        .findByNumber(number)
        .orElseThrow(() -> new Problems.NotFound("There is no invoice '" + number + "'"));
  }

  /**
   * The payer of this number, where what is done to another one of that number cannot be undone.
   *
   * @throws IllegalArgumentException if several creditors have one
   */
  Payer theOnlyPayer(String number) {
    if (payers.findByNumber(number, PageRequest.of(0, 2)).size() > 1) {
      throw new IllegalArgumentException(
          "Several creditors have a customer '"
              + number
              + "': it is not certain which one is meant");
    }
    return payer(number);
  }

  /** The same of an invoice. */
  Invoice theOnlyInvoice(String number) {
    if (invoices.countByNumber(number) > 1) {
      throw new IllegalArgumentException(
          "Several creditors have an invoice '"
              + number
              + "': it is not certain which one is meant");
    }
    return invoice(number);
  }

  Creditor creditor(String code) {
    return creditors
        .findByCode(code)
        .orElseThrow(() -> new Problems.NotFound("There is no creditor '" + code + "'"));
  }

  /** Where a creditor's clocks are. */
  ZoneId zoneOf(long creditorId) {
    return creditors.findById(creditorId).orElseThrow().calendar().zone();
  }

  /** Today, where a creditor is. */
  LocalDate today(long creditorId) {
    return creditors.findById(creditorId).orElseThrow().calendar().dateOf(clock.instant());
  }
}
