package io.relance.casework.handovers;

import io.relance.casework.CaseTimes;
import io.relance.casework.Holds;
import io.relance.casework.TaskAnswers;
import io.relance.casework.Timeline;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payers;
import io.relance.outreach.FormalNotices;
import io.relance.scoring.PayerScores;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The steps of a handover, each idempotent. */
@Component
public class HandoverSteps {

  /** A formal notice counts for a later handover of the same invoice for so long. */
  private static final int NOTICE_COUNTS_DAYS = 180;

  private static final int KEPT_DAYS = 30;

  /**
   * What the model knows of a handover.
   *
   * @param runs whether there is anything to hand over
   * @param amicableContacts messages that listed the invoice and calls since it was due
   * @param amountBand {@code small}, {@code standard} or {@code large}
   * @param band of the payer's score
   * @param segment of the payer; empty if the ledger names none
   */
  public record Facts(
      boolean runs, int amicableContacts, String amountBand, String band, String segment) {}

  /** What handover-policy.dmn says. */
  record Policy(
      @Nullable Integer amicableMin,
      @Nullable Integer noticeDays,
      @Nullable Integer waitDays,
      @Nullable String route) {

    static int required(@Nullable Integer value, String name) {
      if (value == null || value < 0) {
        throw new IllegalArgumentException(
            "handover-policy.dmn names no " + name + " for this handover: add a row that does");
      }
      return value;
    }
  }

  /** What came of the letter. */
  record Posting(
      @Nullable String outcome,
      @Nullable String postedOn,
      @Nullable String tracking,
      @Nullable String note,
      @Nullable String completedBy) {}

  /** What the manager decided. */
  record Decision(
      @Nullable String outcome,
      @Nullable String route,
      @Nullable String keepUntil,
      @Nullable String note,
      @Nullable String completedBy) {}

  /**
   * @param outcome {@code to-post}, {@code posted-before}, {@code posted} or {@code no-address}
   * @param decideAt when a manager is to decide; null as long as nothing is posted
   */
  record Noticed(String outcome, @Nullable String decideAt) {}

  private final HandoverStore store;
  private final Handovers handovers;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Payers payers;
  private final PayerScores scores;
  private final FormalNotices letters;
  private final Holds holds;
  private final Balances balances;
  private final TaskAnswers answers;
  private final Timeline timeline;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  HandoverSteps(
      HandoverStore store,
      Handovers handovers,
      Invoices invoices,
      Creditors creditors,
      Payers payers,
      PayerScores scores,
      FormalNotices letters,
      Holds holds,
      Balances balances,
      TaskAnswers answers,
      Timeline timeline,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.store = store;
    this.handovers = handovers;
    this.invoices = invoices;
    this.creditors = creditors;
    this.payers = payers;
    this.scores = scores;
    this.letters = letters;
    this.holds = holds;
    this.balances = balances;
    this.answers = answers;
    this.timeline = timeline;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Transactional
  public Facts open(long handoverId, long processInstanceKey) {
    boolean runs = handovers.take(handoverId, processInstanceKey);
    Handover handover = store.find(handoverId).orElseThrow();
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    Creditor creditor = creditors.findById(invoice.creditorId()).orElseThrow();
    String segment = payers.findById(invoice.payerId()).orElseThrow().segment();
    return new Facts(
        runs,
        amicableContacts(invoice),
        creditor.amountBand(invoice.claimed()),
        scores.scoreOf(invoice.payerId(), today(invoice)).band(),
        segment == null ? "" : segment);
  }

  /**
   * Reminders that listed the invoice after it was due, and calls and visits about it at which the
   * payer was spoken to.
   */
  public int amicableContacts(Invoice invoice) {
    Integer contacts =
        jdbc.queryForObject(
            """
            SELECT (SELECT COUNT(*) FROM notice_item t JOIN notice n ON n.id = t.notice_id
                WHERE t.invoice_id = ? AND n.state IN ('sent','delivered') AND n.tone IN ('courteous','firm','final') AND n.business_date > ?)
              + (SELECT COUNT(*) FROM payer_call_item t JOIN payer_call c ON c.id = t.payer_call_id
                WHERE t.invoice_id = ? AND c.outcome NOT IN ('no-answer','wrong-number','skipped') AND c.called_at > ?)
            """,
            Integer.class,
            invoice.id(),
            invoice.dueDate(),
            invoice.id(),
            Sql.timestamp(calendar(invoice).opening(invoice.dueDate().plusDays(1))));
    return contacts == null ? 0 : contacts;
  }

  /** Writes the letter, unless one that was posted before still counts. */
  @Transactional
  Noticed prepareNotice(long handoverId, Policy policy) {
    balances.lock(List.of(store.find(handoverId).orElseThrow().payerId()));
    Handover handover = store.find(handoverId).orElseThrow();
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    if (handover.noticeId() != null || !handover.isOpen()) {
      return new Noticed("to-post", null);
    }
    Handover before =
        store.noticedSince(invoice.id(), today(invoice).minusDays(NOTICE_COUNTS_DAYS)).orElse(null);
    if (before != null) {
      LocalDate postedOn = Objects.requireNonNull(before.postedOn());
      return new Noticed(
          "posted-before", posted(handover, invoice, postedOn, before.tracking(), policy));
    }
    long noticeId =
        letters.prepare(invoice.id(), Policy.required(policy.noticeDays(), "noticeDays"));
    store.noticed(handoverId, noticeId);
    timeline.tell(
        invoice.payerId(),
        invoice.id(),
        "formal-notice",
        Actor.system("casework"),
        "Formal notice written, to be posted",
        "formal-notice-" + handoverId,
        "/messages/" + noticeId);
    return new Noticed("to-post", null);
  }

  private String posted(
      Handover handover, Invoice invoice, LocalDate on, @Nullable String tracking, Policy policy) {
    BusinessCalendar calendar = calendar(invoice);
    LocalDate decideOn =
        calendar.plusBusinessDays(on, Policy.required(policy.waitDays(), "waitDays"));
    LocalDate today = today(invoice);
    LocalDate next = decideOn.isBefore(today) ? today : decideOn;
    store.posted(handover.id(), on, tracking, next);
    Instant at = CaseTimes.opening(calendar, next, handover.payerId());
    return at.toString();
  }

  /** Keeps what a person did with the letter. */
  @Transactional
  Noticed recordPosting(long handoverId, Posting posting, Policy policy, long processInstanceKey) {
    Handover handover = store.find(handoverId).orElseThrow();
    balances.lock(List.of(handover.payerId()));
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    Actor actor = answers.whoCompleted(posting.completedBy(), processInstanceKey);
    if (!"posted".equals(posting.outcome())) {
      return new Noticed("no-address", null); // without proof of posting nothing is handed over
    }
    LocalDate today = today(invoice);
    LocalDate named = TaskAnswers.dateOf(posting.postedOn(), letterOf(handover, today));
    LocalDate on = named == null || named.isAfter(today) ? today : named;
    String tracking =
        posting.tracking() == null || posting.tracking().isBlank()
            ? "without a number"
            : posting.tracking().strip();
    String decideAt = posted(handover, invoice, on, tracking, policy);
    if (handover.noticeId() != null) {
      letters.posted(handover.noticeId(), handover.payerId(), invoice.id(), tracking);
    }
    timeline.tell(
        invoice.payerId(),
        invoice.id(),
        "formal-notice-posted",
        actor,
        "Formal notice posted on " + on + ", " + tracking + TaskAnswers.noted(posting.note()),
        "formal-notice-posted-" + handoverId,
        null);
    return new Noticed("posted", decideAt);
  }

  /** Keeps the manager's word. What is refused is kept until a day. */
  @Transactional
  String recordDecision(
      long handoverId, Decision decision, Policy policy, long processInstanceKey) {
    Handover handover = store.find(handoverId).orElseThrow();
    balances.lock(List.of(handover.payerId()));
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    LocalDate today = today(invoice);
    Actor actor = answers.whoCompleted(decision.completedBy(), processInstanceKey);
    if ("approve".equals(decision.outcome())) {
      String route =
          decision.route() != null && Handover.ROUTES.contains(decision.route())
              ? decision.route()
              : Objects.requireNonNullElse(policy.route(), "agency");
      store.decided(handoverId, route, decision.note(), actor, today);
      return "approve";
    }
    LocalDate until =
        Objects.requireNonNullElse(
            TaskAnswers.dateOf(decision.keepUntil(), today), today.plusDays(KEPT_DAYS));
    String reason =
        decision.note() == null || decision.note().isBlank()
            ? "handover refused"
            : decision.note().strip();
    if (handovers.giveBack(handoverId, "refused", "refused by decision: " + reason, actor)) {
      holds.begin(
          handover.payerId(),
          invoice.id(),
          "kept",
          reason,
          until,
          "handover-refused-" + handoverId,
          actor);
    }
    return "refuse";
  }

  /** The day of the letter: it was not posted before. */
  private LocalDate letterOf(Handover handover, LocalDate today) {
    return handover.noticeId() == null
        ? today
        : jdbc
            .queryForList(
                "SELECT business_date FROM notice WHERE id = ?",
                LocalDate.class,
                handover.noticeId())
            .stream()
            .findFirst()
            .orElse(today);
  }

  /** Ends collection here: whoever took the claim asks for it now. */
  @Transactional
  void handOver(long handoverId) {
    Handover handover = store.find(handoverId).orElseThrow();
    balances.lock(List.of(handover.payerId()));
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    if (handover.isOpen() && !invoice.isSettled() && invoice.outcome() == null) {
      balances.conclude(invoice, "handed-over");
      handovers.giveBack(
          handoverId,
          "handed-over",
          "handed over (" + handover.route() + ")",
          Actor.system("casework"));
    }
  }

  private BusinessCalendar calendar(Invoice invoice) {
    return creditors.findById(invoice.creditorId()).orElseThrow().calendar();
  }

  private LocalDate today(Invoice invoice) {
    return calendar(invoice).dateOf(clock.instant());
  }
}
