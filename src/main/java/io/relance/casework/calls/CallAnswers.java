package io.relance.casework.calls;

import io.relance.casework.ReturnedAnswers;
import io.relance.casework.TaskAnswers;
import io.relance.kernel.Actor;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What was taken down of a call, whoever took it down and wherever: our form refuses what it does
 * not offer, but Tasklist and the engine's API take anything.
 */
@Component
class CallAnswers {

  /** In these no reason for not having paid was heard. */
  private static final Set<String> WITHOUT_REASON = Set.of("no-answer", "wrong-number", "skipped");

  /** The parts of the variable {@code call}, and the fields of the form that they come from. */
  private static final Map<String, String> FIELDS = fields();

  private final CallOutcomes outcomes;
  private final ReturnedAnswers returned;
  private final JdbcTemplate jdbc;

  CallAnswers(CallOutcomes outcomes, ReturnedAnswers returned, JdbcTemplate jdbc) {
    this.outcomes = outcomes;
    this.returned = returned;
    this.jdbc = jdbc;
  }

  private static Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outcome", "callOutcome");
    fields.put("reason", "nonpaymentReason");
    fields.put("promisedFor", "promisedFor");
    fields.put("promisedAmount", "promisedAmount");
    fields.put("count", "instalmentCount");
    fields.put("from", "instalmentsFrom");
    fields.put("rhythm", "instalmentRhythm");
    fields.put("agreed", "instalmentsAgreed");
    fields.put("invoice", "disputedInvoice");
    fields.put("disputeReason", "disputeReason");
    fields.put("disputedAmount", "disputedAmount");
    fields.put("callBackOn", "callBackOn");
    fields.put("note", "callNote");
    return fields;
  }

  /** As texts, whatever they are: a number of an amount, or something that nobody expects. */
  static CallRecords.Answer read(@Nullable Map<String, @Nullable Object> call) {
    Map<String, @Nullable Object> given = call == null ? Map.of() : call;
    Object wish = given.get("instalments");
    Map<?, ?> instalments = wish instanceof Map<?, ?> parts ? parts : Map.of();
    return new CallRecords.Answer(
        text(given.get("outcome")),
        text(given.get("reason")),
        text(given.get("promisedFor")),
        text(given.get("promisedAmount")),
        new CallRecords.Wish(
            text(instalments.get("count")),
            text(instalments.get("from")),
            text(instalments.get("rhythm")),
            text(instalments.get("agreed"))),
        text(given.get("invoice")),
        text(given.get("disputeReason")),
        text(given.get("disputedAmount")),
        text(given.get("callBackOn")),
        text(given.get("note")),
        text(given.get("completedBy")));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** The fields of the form that were filled in. */
  static Map<String, @Nullable String> fieldsOf(CallRecords.Answer answer) {
    CallRecords.Wish wish = answer.instalments();
    Map<String, @Nullable String> parts = new LinkedHashMap<>();
    parts.put("outcome", answer.outcome());
    parts.put("reason", answer.reason());
    parts.put("promisedFor", answer.promisedFor());
    parts.put("promisedAmount", answer.promisedAmount());
    parts.put("count", wish == null ? null : wish.count());
    parts.put("from", wish == null ? null : wish.from());
    parts.put("rhythm", wish == null ? null : wish.rhythm());
    parts.put("agreed", wish == null ? null : wish.agreed());
    parts.put("invoice", answer.invoice());
    parts.put("disputeReason", answer.disputeReason());
    parts.put("disputedAmount", answer.disputedAmount());
    parts.put("callBackOn", answer.callBackOn());
    parts.put("note", answer.note());
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    FIELDS.forEach((part, field) -> fields.put(field, parts.get(part)));
    return fields;
  }

  /**
   * Keeps an answer that cannot be recorded for whoever gets the task when it comes again; false if
   * it can be, or is recorded already.
   *
   * @param known the outcomes that there are
   * @param elementInstanceKey of the activity that records it
   */
  boolean sendsBack(
      long payerId,
      CallRecords.Answer answer,
      Set<String> known,
      List<Invoice> concerned,
      LocalDate today,
      Actor actor,
      long elementInstanceKey,
      long processInstanceKey) {
    String problem = problem(payerId, answer, known, concerned, today);
    if (problem == null || isRecorded(elementInstanceKey)) {
      returned.forget(processInstanceKey);
      return false;
    }
    returned.keep(
        processInstanceKey, payerId, elementInstanceKey, problem, fieldsOf(answer), actor);
    return true;
  }

  /** Then what was said has changed the facts by which it is judged. */
  private boolean isRecorded(long elementInstanceKey) {
    Integer calls =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM payer_call WHERE element_instance_key = ?",
            Integer.class,
            elementInstanceKey);
    return calls != null && calls > 0;
  }

  /**
   * What keeps the answer from being recorded, in words that begin with the field; null if nothing
   * does. Where nothing is left to speak about, everything is fine.
   */
  private @Nullable String problem(
      long payerId,
      CallRecords.Answer answer,
      Set<String> known,
      List<Invoice> concerned,
      LocalDate today) {
    if (concerned.isEmpty()) {
      return null;
    }
    String outcome = answer.outcome() == null ? "" : answer.outcome();
    if (!known.contains(outcome)) {
      return "callOutcome is '%s', which is no outcome of a call".formatted(shown(outcome));
    }
    if (!WITHOUT_REASON.contains(outcome)) {
      String reason = answer.reason() == null ? "" : answer.reason();
      if (!isReason(reason)) {
        return "nonpaymentReason is '%s', which is no reason of the list".formatted(shown(reason));
      }
    }
    if (outcome.equals("call-back") && TaskAnswers.dateOf(answer.callBackOn(), today) == null) {
      return "callBackOn is '%s': name a day between today and a year ahead"
          .formatted(shown(answer.callBackOn() == null ? "" : answer.callBackOn()));
    }
    return outcomes.problem(outcome, payerId, answer, concerned, today);
  }

  private boolean isReason(String code) {
    Integer known =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM nonpayment_reason WHERE code = ?", Integer.class, code);
    return known != null && known > 0;
  }

  /** The reason for not having paid as it follows an outcome. */
  String reasonOf(@Nullable String code) {
    if (code == null || code.isBlank()) {
      return "";
    }
    List<String> labels =
        jdbc.queryForList(
            "SELECT label_en FROM nonpayment_reason WHERE code = ?", String.class, code);
    return " (" + (labels.isEmpty() ? code : labels.getFirst()) + ")";
  }

  private static @Nullable String shown(String text) {
    return io.relance.kernel.Sql.fit(text, 60);
  }
}
