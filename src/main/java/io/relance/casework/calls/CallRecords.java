package io.relance.casework.calls;

import io.relance.casework.TaskAnswers;
import io.relance.casework.Timeline;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.NoticeRequests;
import io.relance.outreach.Tone;
import io.relance.outreach.WorkingChannels;
import io.relance.outreach.permission.Channel;
import io.relance.scoring.WarningSignals;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes down what came of a call, for every invoice that it was about. */
@Component
class CallRecords {

  private static final int ATTEMPTS_MAX = 3;
  private static final Set<String> NOT_REACHED = Set.of("no-answer", "wrong-number");
  private static final Map<String, String> WORDS =
      Map.of(
          "promised", "promised to pay",
          "instalments", "wants to pay in instalments",
          "paid-already", "says it is paid",
          "disputes", "disputes the invoice",
          "no-answer", "no answer",
          "wrong-number", "wrong number",
          "call-back", "asks to be called back",
          "difficulty", "announces a difficulty",
          "refuses", "refuses to pay",
          "skipped", "not done");

  /**
   * What an agent took down.
   *
   * @param reason code of the reason for not having paid
   * @param promisedAmount what is promised, or nothing for all of it
   * @param instalments the plan that is asked for
   * @param invoice number of the one that is disputed, or nothing for all
   * @param disputeReason code of what it is about
   * @param disputedAmount the part that is disputed, or nothing for all of it
   */
  public record Answer(
      @Nullable String outcome,
      @Nullable String reason,
      @Nullable String promisedFor,
      @Nullable String promisedAmount,
      @Nullable Wish instalments,
      @Nullable String invoice,
      @Nullable String disputeReason,
      @Nullable String disputedAmount,
      @Nullable String callBackOn,
      @Nullable String note,
      @Nullable String completedBy) {}

  /**
   * The plan that the payer asks for: even instalments, or what was agreed in words.
   *
   * @param agreed such as "half on Friday, rest end of month"; goes before the others
   */
  public record Wish(
      @Nullable String count,
      @Nullable String from,
      @Nullable String rhythm,
      @Nullable String agreed) {}

  private final CallRequests requests;
  private final CallFacts facts;
  private final CallAnswers given;
  private final CallOutcomes outcomes;
  private final Invoices invoices;
  private final Balances balances;
  private final NoticeRequests notices;
  private final WorkingChannels working;
  private final WarningSignals signals;
  private final TaskAnswers answers;
  private final Timeline timeline;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  CallRecords(
      CallRequests requests,
      CallFacts facts,
      CallAnswers given,
      CallOutcomes outcomes,
      Invoices invoices,
      Balances balances,
      NoticeRequests notices,
      WorkingChannels working,
      WarningSignals signals,
      TaskAnswers answers,
      Timeline timeline,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.requests = requests;
    this.facts = facts;
    this.given = given;
    this.outcomes = outcomes;
    this.invoices = invoices;
    this.balances = balances;
    this.notices = notices;
    this.working = working;
    this.signals = signals;
    this.answers = answers;
    this.timeline = timeline;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Records the outcome of one task, once. An answer that cannot be recorded is kept, and the task
   * comes again to be corrected: nobody is taken to have called or promised what was not said.
   *
   * @param visit whether somebody went there
   * @return {@code done}, {@code again} when the payer is to be called once more, or {@code
   *     next-channel} when calling does not help
   */
  @Transactional
  String record(
      long payerId,
      Answer answer,
      boolean visit,
      long elementInstanceKey,
      long processInstanceKey) {
    balances.lock(List.of(payerId));
    BusinessCalendar calendar = facts.calendarOf(payerId);
    LocalDate today = calendar.dateOf(clock.instant());
    Actor actor = answers.whoCompleted(answer.completedBy(), processInstanceKey);
    List<Invoice> concerned = facts.callableInvoices(payerId);
    if (given.sendsBack(
        payerId,
        answer,
        WORDS.keySet(),
        concerned,
        today,
        actor,
        elementInstanceKey,
        processInstanceKey)) {
      return "again";
    }
    String said = String.valueOf(answer.outcome());
    String outcome = WORDS.containsKey(said) ? said : "no-answer"; // nothing is left to ask for
    LocalDate callBackOn = TaskAnswers.dateOf(answer.callBackOn(), today);
    boolean again = outcome.equals("call-back") || NOT_REACHED.contains(outcome);
    if (!keep(
        payerId, answer, visit, outcome, again, callBackOn, actor, elementInstanceKey, today)) {
      return unlessVisited(next(payerId, outcome), payerId);
    }
    for (Invoice invoice : concerned) {
      jdbc.update(
          "INSERT IGNORE INTO payer_call_item (payer_call_id, invoice_id) SELECT id, ? FROM payer_call WHERE element_instance_key = ?",
          invoice.id(),
          elementInstanceKey);
      timeline.tell(
          payerId,
          invoice.id(),
          "call",
          actor,
          (visit ? "Visit: " : "Call: ")
              + WORDS.get(outcome)
              + given.reasonOf(answer.reason())
              + TaskAnswers.noted(answer.note()),
          "call-" + elementInstanceKey + "-" + invoice.id(),
          null);
    }
    String next = next(payerId, outcome);
    if (next.equals("done")) {
      requests.answer(payerId, visit);
      requests.forgetAttempts(payerId);
    }
    if (!concerned.isEmpty() || outcome.equals("disputes")) {
      outcomes.apply(
          outcome, payerId, concerned, answer, today, "call-" + elementInstanceKey, actor);
    }
    return unlessVisited(next, payerId);
  }

  /** A visit that was asked for meanwhile is still to be made. */
  private String unlessVisited(String next, long payerId) {
    return next.equals("done") && requests.wantsVisit(payerId) ? "again" : next;
  }

  private boolean keep(
      long payerId,
      Answer answer,
      boolean visit,
      String outcome,
      boolean again,
      @Nullable LocalDate callBackOn,
      Actor actor,
      long elementInstanceKey,
      LocalDate today) {
    return jdbc.update(
            """
            INSERT IGNORE INTO payer_call
              (payer_id, element_instance_key, visit, outcome, nonpayment_reason, note, actor, called_at, call_back_on, open_attempt)
            VALUES (?,?,?,?,?,?,?,?,?,?)
            """,
            payerId,
            elementInstanceKey,
            visit,
            outcome,
            Sql.fit(answer.reason(), 40),
            Sql.fit(answer.note(), 800),
            actor.name(),
            Sql.timestamp(clock.instant()),
            !outcome.equals("call-back")
                ? null
                : callBackOn == null ? today.plusDays(1) : callBackOn,
            again)
        == 1;
  }

  private String next(long payerId, String outcome) {
    if (outcome.equals("call-back")) {
      return "again";
    }
    if (outcome.equals("wrong-number")) {
      return "next-channel";
    }
    if (!outcome.equals("no-answer")) {
      return "done";
    }
    Integer unanswered =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM payer_call WHERE payer_id = ? AND open_attempt = TRUE AND outcome = 'no-answer'",
            Integer.class,
            payerId);
    return unanswered != null && unanswered >= ATTEMPTS_MAX ? "next-channel" : "again";
  }

  /**
   * Calling does not help: what was to be said is written by the channel that works best. Who has
   * no address either becomes a warning signal, which a person sees.
   */
  @Transactional
  void useNextChannel(long payerId, Tone tone, long elementInstanceKey) {
    balances.lock(List.of(payerId));
    Map<Long, Instant> asked = requests.callsSince(payerId);
    requests.answer(payerId, false);
    requests.forgetAttempts(payerId);
    Channel channel = working.best(payerId);
    boolean reached = false;
    for (Map.Entry<Long, Instant> request : asked.entrySet()) {
      long invoiceId = request.getKey();
      boolean written =
          channel != null
              && notices.request(
                      payerId,
                      invoiceId,
                      channel,
                      tone,
                      elementInstanceKey + "-" + invoiceId,
                      request.getValue())
                  == NoticeRequests.Outcome.REQUESTED;
      reached |= written;
      Invoice invoice = invoices.findById(invoiceId).orElseThrow();
      timeline.tell(
          payerId,
          invoice.id(),
          "call-given-up",
          Actor.system("casework"),
          written
              ? "Not reached by phone: a message goes instead"
              : "Neither a call nor a message reaches them",
          "call-given-up-" + elementInstanceKey + "-" + invoiceId,
          null);
    }
    if (!asked.isEmpty() && !reached) {
      signals.raise(
          payerId,
          "unreachable",
          facts.today(payerId),
          "Neither a call nor a message reaches them");
    }
  }
}
