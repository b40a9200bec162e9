package io.relance.web;

import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.InstantSource;
import java.time.LocalDate;
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

  Creditor creditor(String code) {
    return creditors
        .findByCode(code)
        .orElseThrow(() -> new Problems.NotFound("There is no creditor '" + code + "'"));
  }

  /** Today, where a creditor is. */
  LocalDate today(long creditorId) {
    return creditors.findById(creditorId).orElseThrow().calendar().dateOf(clock.instant());
  }
}
