package io.relance.worklist;

import io.relance.casework.CaseHolds;
import io.relance.casework.ReasonLists;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.Letters;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The facts that a task's form shows, read when it is opened: the payer's, and the invoice's. */
@Component
class TaskFacts {

  private static final ResourceBundle.Control ENGLISH_OTHERWISE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private static final int LINES_MAX = 20;

  private record Subject(long payerId, @Nullable Long invoiceId, long processInstanceKey) {}

  /** An entry of a list that a form offers. */
  public record Choice(String label, String value) {}

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Payers payers;
  private final Creditors creditors;
  private final ReasonLists reasons;
  private final PlanTaskFacts plans;
  private final HandoverTaskFacts handovers;
  private final Letters letters;
  private final CaseHolds holds;
  private final InstantSource clock;

  TaskFacts(
      JdbcTemplate jdbc,
      Invoices invoices,
      Payers payers,
      Creditors creditors,
      ReasonLists reasons,
      PlanTaskFacts plans,
      HandoverTaskFacts handovers,
      Letters letters,
      CaseHolds holds,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.payers = payers;
    this.creditors = creditors;
    this.reasons = reasons;
    this.plans = plans;
    this.handovers = handovers;
    this.letters = letters;
    this.holds = holds;
    this.clock = clock;
  }

  Map<String, Object> of(long taskKey, Locale locale) {
    Subject subject =
        jdbc
            .query(
                "SELECT s.payer_id, s.invoice_id, s.process_instance_key FROM engine_user_task t JOIN process_subject s"
                    + " ON s.process_instance_key = t.process_instance_key WHERE t.user_task_key = ?",
                (rs, n) -> new Subject(rs.getLong(1), Sql.number(rs, "invoice_id"), rs.getLong(3)),
                taskKey)
            .stream()
            .findFirst()
            .orElse(null);
    if (subject == null) {
      return Map.of();
    }
    Payer payer = payers.findById(subject.payerId()).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    LocalDate today = creditor.calendar().dateOf(clock.instant());
    List<Invoice> overdue =
        invoices.openOf(payer.id()).stream().filter(i -> i.isOverdue(today)).toList();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("payerName", payer.name());
    facts.put("creditorName", creditor.name());
    facts.put("phone", payer.phone() == null ? "-" : payer.phone());
    facts.put("postalAddress", payer.postalAddress() == null ? "-" : payer.postalAddress());
    facts.put("overdueTotal", totals(overdue.stream().map(Invoice::open).toList(), locale));
    facts.put("overdueList", lines(overdue, Invoice::open, today, locale));
    Function<Invoice, Optional<String>> against = holds.reasonsAgainst(payer.id(), today);
    List<Invoice> claimed = overdue.stream().filter(i -> against.apply(i).isEmpty()).toList();
    facts.put("claimTotal", totals(claimed.stream().map(Invoice::claimed).toList(), locale));
    facts.put("claimList", lines(claimed, Invoice::claimed, today, locale));
    facts.put("notAsked", notAsked(overdue, against, locale));
    facts.put(
        "overdueInvoices", overdue.stream().map(i -> new Choice(i.number(), i.number())).toList());
    facts.put("nonpaymentReasons", choices(reasons.ofNonpayment(locale)));
    facts.put("disputeReasons", choices(reasons.ofDisputes(locale)));
    ofSignal(subject.processInstanceKey(), locale, facts);
    ofLetter(subject, facts);
    handovers.add(subject.processInstanceKey(), today, locale, facts);
    plans.add(subject.processInstanceKey(), today, locale, facts);
    if (subject.invoiceId() != null) {
      ofInvoice(invoices.findById(subject.invoiceId()).orElseThrow(), today, locale, facts);
    }
    return facts;
  }

  private void ofLetter(Subject subject, Map<String, Object> facts) {
    String model =
        jdbc
            .queryForList(
                "SELECT bpmn_process_id FROM engine_instance WHERE process_instance_key = ?",
                String.class,
                subject.processInstanceKey())
            .stream()
            .findFirst()
            .orElse("");
    if (model.equals("payer-letter")) {
      letters.toPost(subject.payerId()).ifPresent(id -> facts.put("letter", id));
    }
  }

  private void ofSignal(long processInstanceKey, Locale locale, Map<String, Object> facts) {
    jdbc.query(
        "SELECT raised_on, evidence FROM payer_signal WHERE process_instance_key = ?",
        rs -> {
          facts.put("signalRaisedOn", day(Sql.requiredDate(rs, "raised_on"), locale));
          facts.put("signalEvidence", rs.getString("evidence"));
        },
        processInstanceKey);
  }

  private void ofInvoice(
      Invoice invoice, LocalDate today, Locale locale, Map<String, Object> facts) {
    facts.put("invoiceNumber", invoice.number());
    facts.put("openAmount", invoice.open().format(locale));
    facts.put("dueDate", day(invoice.dueDate(), locale));
    facts.put("daysOverdue", invoice.daysOverdue(today));
    jdbc.query(
        "SELECT d.amount, d.note, COALESCE(r.%s, d.reason), d.deadline FROM dispute d LEFT JOIN dispute_reason r ON r.code = d.reason WHERE d.invoice_id = ? AND d.live = 1"
            .formatted(label(locale)),
        rs -> {
          Money part =
              rs.getBigDecimal(1) == null
                  ? invoice.open()
                  : Money.of(rs.getBigDecimal(1), invoice.currency());
          facts.put("disputedAmount", part.format(locale));
          facts.put("disputeNote", rs.getString(2) == null ? "-" : rs.getString(2));
          facts.put("disputeReason", rs.getString(3));
          LocalDate deadline = Sql.date(rs, "deadline");
          facts.put("disputeDeadline", deadline == null ? "-" : day(deadline, locale));
        },
        invoice.id());
  }

  /** A form is read, not searched: the file beside it has them all. */
  private static String lines(
      List<Invoice> invoices, Function<Invoice, Money> amount, LocalDate today, Locale locale) {
    String lines =
        invoices.stream()
            .limit(LINES_MAX)
            .map(i -> line(i, amount.apply(i), today, locale))
            .collect(Collectors.joining("\n"));
    return lines + more(invoices.size(), locale);
  }

  private static String more(int count, Locale locale) {
    return count > LINES_MAX ? "\n- " + word("more", locale).formatted(count - LINES_MAX) : "";
  }

  private static String line(Invoice invoice, Money amount, LocalDate today, Locale locale) {
    return "- %s: %s, %s (+%d)%s"
        .formatted(
            invoice.number(),
            amount.format(locale),
            day(invoice.dueDate(), locale),
            invoice.daysOverdue(today),
            invoice.disputed() ? " \u2013 " + word("disputed", locale) : "");
  }

  /** What must not be asked for now, and why: whole invoices, and the disputed parts of others. */
  private static String notAsked(
      List<Invoice> overdue, Function<Invoice, Optional<String>> against, Locale locale) {
    StringBuilder lines = new StringBuilder();
    int count = 0;
    for (Invoice invoice : overdue) {
      String reason = against.apply(invoice).orElse(null);
      Money left = reason == null ? invoice.open().minus(invoice.claimed()) : invoice.open();
      if (left.isPositive() && count++ < LINES_MAX) {
        lines.append(
            "- %s: %s, %s%n"
                .formatted(
                    invoice.number(),
                    left.format(locale),
                    word(reason == null ? "disputed" : reason, locale)));
      }
    }
    return lines.isEmpty() ? "-" : lines.toString().stripTrailing() + more(count, locale);
  }

  private static String word(String reason, Locale locale) {
    return ResourceBundle.getBundle("worklist/reasons", locale, ENGLISH_OTHERWISE)
        .getString(reason);
  }

  private static String day(LocalDate day, Locale locale) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(day);
  }

  private static String totals(List<Money> amounts, Locale locale) {
    Map<String, Money> totals = new LinkedHashMap<>();
    amounts.forEach(m -> totals.merge(m.currencyCode(), m, Money::plus));
    return totals.isEmpty()
        ? "-"
        : totals.values().stream().map(m -> m.format(locale)).collect(Collectors.joining(", "));
  }

  private static String label(Locale locale) {
    return locale.getLanguage().equals("fr") ? "label_fr" : "label_en";
  }

  private static List<Choice> choices(List<ReasonLists.Reason> reasons) {
    return reasons.stream().map(r -> new Choice(r.label(), r.code())).toList();
  }
}
