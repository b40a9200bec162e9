package io.relance.web;

import io.relance.ledger.FormerPayers;
import io.relance.ledger.Payer;
import io.relance.ledger.PayerErasing;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What pages tell of numbers that are used no more, and of payers whose data was erased. */
@Component
class PayerGone {

  private final FormerPayers former;
  private final PayerErasing erasing;

  PayerGone(FormerPayers former, PayerErasing erasing) {
    this.former = former;
    this.erasing = erasing;
  }

  /** True if this number gave way to another one, of which the model then tells. */
  boolean isMerged(String number, Model model) {
    FormerPayers.Former gone = former.find(number).orElse(null);
    model.addAttribute("former", gone);
    return gone != null;
  }

  /**
   * For a page of a payer.
   *
   * @param asked the number by which they were looked for
   */
  void show(String asked, Payer payer, Model model) {
    isMerged(asked, model);
    model.addAttribute("formerOf", former.of(payer.id()));
    model.addAttribute("erased", erasing.of(payer.id()).orElse(null));
    model.addAttribute("keptUntil", erasing.keptUntil(payer.id()));
  }
}
