package io.relance.web;

import io.relance.casework.Holds;
import io.relance.casework.PaymentPromises;
import io.relance.casework.Timeline;
import io.relance.casework.plans.PaymentPlans;
import io.relance.kernel.Money;
import io.relance.ledger.AgedBalance;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.PayerCredits;
import io.relance.ledger.Payers;
import io.relance.outreach.twilio.PhoneCalls;
import io.relance.scoring.PayerScores;
import io.relance.scoring.WarningSignals;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What pages show of a payer. */
@Component
class PayerView {

  private static final int ENTRIES = 60;
  private final Payers payers;
  private final Invoices invoices;
  private final Creditors creditors;
  private final PayerScores scores;
  private final WarningSignals signals;
  private final Holds holds;
  private final PaymentPromises promises;
  private final PaymentPlans plans;
  private final ContactResource contacts;
  private final PhoneCalls calls;
  private final OpenItems items;
  private final PayerGone gone;
  private final PayerCredits credits;
  private final ActsView acts;
  private final InstantSource clock;

  PayerView(
      Payers payers,
      Invoices invoices,
      Creditors creditors,
      PayerScores scores,
      WarningSignals signals,
      Holds holds,
      PaymentPromises promises,
      PaymentPlans plans,
      ContactResource contacts,
      PhoneCalls calls,
      OpenItems items,
      PayerGone gone,
      PayerCredits credits,
      ActsView acts,
      InstantSource clock) {
    this.payers = payers;
    this.invoices = invoices;
    this.creditors = creditors;
    this.scores = scores;
    this.signals = signals;
    this.holds = holds;
    this.promises = promises;
    this.plans = plans;
    this.contacts = contacts;
    this.calls = calls;
    this.items = items;
    this.gone = gone;
    this.credits = credits;
    this.acts = acts;
    this.clock = clock;
  }

  /** Who is shown, on which day, and what is not settled of theirs. */
  private record Shown(Payer payer, LocalDate today, List<Invoice> open) {}

  /** What stands beside a task; false if there is no such customer. */
  boolean show(String number, Model model, Timeline timeline, Locale locale) {
    return shown(number, model, timeline, locale).isPresent();
  }

  /** The whole file; false if there is no such customer. */
  boolean showFile(String number, Model model, Timeline timeline, Locale locale) {
    Optional<Shown> shown = shown(number, model, timeline, locale);
    shown.ifPresent(
        of -> {
          Payer payer = of.payer();
          model.addAttribute("credit", credits.of(payer.id(), of.today()));
          model.addAttribute("scoreHistory", scores.historyOf(payer.id(), 12));
          model.addAttribute("signals", signals.ofPayer(payer.id()));
          List<Holds.Hold> running = holds.running(payer.id(), of.today());
          model.addAttribute("holds", running);
          model.addAttribute("holdsPayer", running.stream().anyMatch(h -> h.invoiceId() == null));
          model.addAttribute("promises", promises.runningOf(payer.id()));
          model.addAttribute("plans", plans.ofPayer(payer.id()));
          model.addAttribute("contact", contacts.of(payer));
          acts.show(payer, of.open(), model);
        });
    return shown.isPresent();
  }

  private Optional<Shown> shown(String number, Model model, Timeline timeline, Locale locale) {
    Optional<Shown> found =
        payers.findByNumber(number, PageRequest.of(0, 1)).stream()
            .findFirst()
            .map(
                payer ->
                    new Shown(
                        payer,
                        creditors
                            .findById(payer.creditorId())
                            .orElseThrow()
                            .calendar()
                            .dateOf(clock.instant()),
                        invoices.unsettledOf(payer.id())));
    found.ifPresent(
        of -> {
          Payer payer = of.payer();
          List<AgedBalance> aged =
              AgedBalance.of(
                  of.open().stream().filter(i -> i.outcome() == null).toList(), of.today());
          model.addAttribute("payer", payer);
          gone.show(number, payer, model);
          model.addAttribute("score", scores.scoreOf(payer.id(), of.today()));
          model.addAttribute("phoneCalls", calls.ofPayer(payer.id()));
          model.addAttribute("putThrough", calls.arePutThrough());
          if (model.getAttribute("user") instanceof String login) {
            model.addAttribute("agentNumber", calls.numberOf(login));
          }
          model.addAttribute("openItems", of.open());
          model.addAttribute("items", items.of(payer.id(), of.open(), of.today()));
          model.addAttribute("aged", aged);
          model.addAttribute(
              "overdueTotals",
              aged.stream()
                  .map(AgedBalance::overdue)
                  .filter(Money::isPositive)
                  .map(m -> m.format(locale))
                  .toList());
          acts.people(payer, model);
          model.addAttribute("timeline", timeline.ofPayer(payer.id(), ENTRIES));
        });
    return found;
  }
}
