package io.relance.web;

import io.relance.casework.CaseHolds;
import io.relance.casework.Cases;
import io.relance.casework.CollectionCase;
import io.relance.ledger.Invoice;
import io.relance.scoring.PayPredictions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The open items of a payer as an agent needs them: what is late, what stands, what comes next. */
@Component
class OpenItems {

  /** A payer may have thousands; who needs more of them looks at the list of invoices. */
  static final int SHOWN = 50;

  /**
   * An open item.
   *
   * @param daysLate negative before it is due
   * @param standing why nothing is asked for it now, a code; empty if it may be asked for
   * @param nextStepAt when its process acts next
   * @param expected when it is likely to be paid
   */
  record Line(
      Invoice invoice,
      int daysLate,
      String standing,
      @Nullable Instant nextStepAt,
      @Nullable LocalDate expected) {}

  private final CaseHolds holds;
  private final Cases cases;
  private final PayPredictions predictions;

  OpenItems(CaseHolds holds, Cases cases, PayPredictions predictions) {
    this.holds = holds;
    this.cases = cases;
    this.predictions = predictions;
  }

  /**
   * The oldest due first, {@value #SHOWN} at the most.
   *
   * @param unsettled of one payer
   */
  List<Line> of(long payerId, List<Invoice> unsettled, LocalDate today) {
    Function<Invoice, Optional<String>> against = holds.reasonsAgainst(payerId, today);
    Map<Long, PayPredictions.Prediction> expected = predictions.ofPayer(payerId, today);
    Map<Long, CollectionCase> live = new HashMap<>();
    cases.liveOfPayer(payerId).forEach(c -> live.put(c.invoiceId(), c));
    return unsettled.stream()
        .sorted(Comparator.comparing(Invoice::dueDate).thenComparing(Invoice::id))
        .limit(SHOWN)
        .map(
            invoice -> {
              CollectionCase running = live.get(invoice.id());
              PayPredictions.Prediction prediction = expected.get(invoice.id());
              return new Line(
                  invoice,
                  invoice.daysOverdue(today),
                  standing(invoice, against),
                  running == null ? null : running.nextStepAt(),
                  prediction == null ? null : prediction.expected());
            })
        .toList();
  }

  private static String standing(Invoice invoice, Function<Invoice, Optional<String>> against) {
    if (invoice.isCreditNote()) {
      return "credit-note";
    }
    if (invoice.outcome() != null) {
      return invoice.outcome();
    }
    return against.apply(invoice).orElse("");
  }
}
