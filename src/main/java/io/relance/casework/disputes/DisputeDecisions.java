package io.relance.casework.disputes;

import io.relance.casework.ReturnedAnswers;
import io.relance.casework.TaskAnswers;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes down how a dispute was settled. */
@Component
class DisputeDecisions {

  /**
   * What the form gives.
   *
   * @param outcome {@code justified}, {@code partly}, {@code unfounded} or {@code withdrawn}
   * @param credit the amount to credit, where it is partly justified
   */
  record Answer(
      @Nullable String outcome,
      @Nullable String credit,
      @Nullable String note,
      @Nullable String completedBy) {}

  private final Disputes disputes;
  private final DisputeStore store;
  private final Invoices invoices;
  private final ReturnedAnswers returned;
  private final TaskAnswers answers;

  DisputeDecisions(
      Disputes disputes,
      DisputeStore store,
      Invoices invoices,
      ReturnedAnswers returned,
      TaskAnswers answers) {
    this.disputes = disputes;
    this.store = store;
    this.invoices = invoices;
    this.returned = returned;
    this.answers = answers;
  }

  /**
   * Settles the dispute.
   *
   * @return how it ended, or {@code unclear} if the answer settles nothing and is to be given anew
   */
  @Transactional
  public String settle(
      long disputeId, Answer answer, long elementInstanceKey, long processInstanceKey) {
    Dispute dispute = store.find(disputeId).orElseThrow();
    if (!dispute.isOpen()) {
      return dispute.state();
    }
    Invoice invoice = invoices.findById(dispute.invoiceId()).orElseThrow();
    Money disputed = disputes.amountOf(dispute, invoice);
    Actor actor = answers.whoCompleted(answer.completedBy(), processInstanceKey);
    String outcome = String.valueOf(answer.outcome());
    switch (outcome) {
      case "justified" -> disputes.close(disputeId, outcome, disputed, answer.note(), actor);
      case "unfounded", "withdrawn" ->
          disputes.close(disputeId, outcome, null, answer.note(), actor);
      case "partly" -> {
        Money credit = TaskAnswers.amountOf(answer.credit(), invoice.currency());
        if (credit == null || !credit.isPositive() || credit.compareTo(disputed) > 0) {
          unclear(
              "creditAmount is '%s', which is no amount up to %s"
                  .formatted(answer.credit(), disputed),
              invoice,
              answer,
              actor,
              elementInstanceKey,
              processInstanceKey);
          return "unclear";
        }
        disputes.close(disputeId, outcome, credit, answer.note(), actor);
      }
      default -> {
        unclear(
            "disputeOutcome is '%s', which settles no dispute".formatted(Sql.fit(outcome, 60)),
            invoice,
            answer,
            actor,
            elementInstanceKey,
            processInstanceKey);
        return "unclear";
      }
    }
    returned.forget(processInstanceKey);
    return outcome;
  }

  private void unclear(
      String problem,
      Invoice invoice,
      Answer answer,
      Actor actor,
      long elementInstanceKey,
      long processInstanceKey) {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    fields.put("disputeOutcome", answer.outcome());
    fields.put("creditAmount", answer.credit());
    fields.put("disputeDecisionNote", answer.note());
    returned.keep(
        processInstanceKey, invoice.payerId(), elementInstanceKey, problem, fields, actor);
  }
}
