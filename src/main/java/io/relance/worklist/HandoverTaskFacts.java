package io.relance.worklist;

import io.relance.casework.handovers.Handover;
import io.relance.casework.handovers.HandoverSteps;
import io.relance.casework.handovers.Handovers;
import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payers;
import io.relance.scoring.PayerScores;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the forms of a handover show. */
@Component
class HandoverTaskFacts {

  private final Handovers handovers;
  private final HandoverSteps steps;
  private final Invoices invoices;
  private final Payers payers;
  private final Creditors creditors;
  private final PayerScores scores;
  private final Decisions decisions;

  HandoverTaskFacts(
      Handovers handovers,
      HandoverSteps steps,
      Invoices invoices,
      Payers payers,
      Creditors creditors,
      PayerScores scores,
      Decisions decisions) {
    this.handovers = handovers;
    this.steps = steps;
    this.invoices = invoices;
    this.payers = payers;
    this.creditors = creditors;
    this.scores = scores;
    this.decisions = decisions;
  }

  /** Adds nothing if the process hands nothing over. */
  void add(long processInstanceKey, LocalDate today, Locale locale, Map<String, Object> facts) {
    handovers
        .ofProcess(processInstanceKey)
        .ifPresent(handover -> describe(handover, today, locale, facts));
  }

  private void describe(
      Handover handover, LocalDate today, Locale locale, Map<String, Object> facts) {
    DateTimeFormatter dates =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    String band = scores.scoreOf(handover.payerId(), today).band();
    int contacts = steps.amicableContacts(invoice);
    facts.put("handoverContacts", contacts);
    facts.put("handoverBand", band);
    facts.put(
        "handoverPostedOn", handover.postedOn() == null ? "-" : dates.format(handover.postedOn()));
    facts.put("handoverTracking", handover.tracking() == null ? "-" : handover.tracking());
    if (handover.noticeId() != null) {
      facts.put("letter", handover.noticeId());
    }
    Map<String, ?> policy = policy(invoice, band, contacts);
    facts.put("handoverWaitDays", said(policy, "waitDays"));
    facts.put("handoverRoute", said(policy, "route"));
  }

  private static String said(Map<String, ?> policy, String name) {
    Object value = policy.get(name);
    return value == null ? "-" : value.toString();
  }

  @SuppressWarnings("unchecked")
  private Map<String, ?> policy(Invoice invoice, String band, int contacts) {
    String segment = payers.findById(invoice.payerId()).orElseThrow().segment();
    Map<String, Object> handover =
        Map.of(
            "runs",
            true,
            "amicableContacts",
            contacts,
            "amountBand",
            creditors.findById(invoice.creditorId()).orElseThrow().amountBand(invoice.claimed()),
            "band",
            band,
            "segment",
            segment == null ? "" : segment);
    try {
      return decisions.evaluate("handover-policy", Map.of("handover", handover)).output()
              instanceof Map<?, ?> said
          ? (Map<String, ?>) said
          : Map.of();
    } catch (DecisionFailed noAdvice) {
      return Map.of(); // the form is shown without it
    }
  }
}
