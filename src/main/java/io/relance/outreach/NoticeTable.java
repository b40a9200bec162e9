package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message lists, in words: the invoices that it asks for, what is deducted, what that comes
 * to, what else is open; or the instalments of a plan.
 */
record NoticeTable(
    List<Line> lines,
    List<Deducted> deducted,
    List<String> totals,
    List<BesideLine> beside,
    List<InstalmentLine> instalments) {

  /**
   * @param late {@code 12 days late}; empty if it is not
   * @param notes what is to be known of it
   */
  record Line(
      String number, String issued, String due, String late, String amount, List<String> notes) {}

  record Deducted(String what, String amount) {}

  record BesideLine(String number, String amount, String why) {}

  /**
   * @param state {@code paid}, {@code late} or {@code open}
   * @param note empty if there is nothing to say
   */
  record InstalmentLine(String number, String due, String amount, String state, String note) {}

  static NoticeTable of(Notice notice, Phrases phrases) {
    return new NoticeTable(
        notice.items().stream().map(i -> line(notice, i, phrases)).toList(),
        notice.credits().stream()
            .map(
                c ->
                    new Deducted(
                        c.number().isEmpty()
                            ? phrases.word("payment", phrases.day(c.day()))
                            : phrases.word("credit", c.number()),
                        phrases.amount(c.amount().negated())))
            .toList(),
        notice.totals().values().stream().map(phrases::amount).toList(),
        notice.beside().stream()
            .map(
                b ->
                    new BesideLine(
                        b.invoice().number(), phrases.amount(b.invoice().open()), why(b, phrases)))
            .toList(),
        instalments(notice.plan(), notice.day(), phrases));
  }

  private static Line line(Notice notice, Invoice invoice, Phrases phrases) {
    LocalDate day = notice.day();
    Money claimed = invoice.claimed();
    Money left = invoice.open().minus(claimed);
    int late = invoice.daysOverdue(day);
    List<String> notes = new ArrayList<>();
    if (!invoice.open().equals(invoice.total())) {
      notes.add(phrases.word("part.paid"));
    }
    if (left.isPositive()) {
      notes.add(phrases.word("part.disputed", phrases.amount(left)));
    }
    Creditor creditor = notice.creditor();
    if (creditor.discountPercent() != null && creditor.discountDays() != null) {
      LocalDate last = invoice.issueDate().plusDays(creditor.discountDays());
      if (!last.isBefore(day)) {
        notes.add(
            phrases.word(
                "discount", phrases.percent(creditor.discountPercent()), phrases.day(last)));
      }
    }
    return new Line(
        invoice.number(),
        phrases.day(invoice.issueDate()),
        phrases.day(invoice.dueDate()),
        late > 0 ? late(notice.tone(), late, phrases) : "",
        phrases.amount(claimed),
        notes);
  }

  /** Who is only told what is open is not counted the days. */
  private static String late(Tone tone, int days, Phrases phrases) {
    return tone.isBeforeDue() ? phrases.word("was.due") : phrases.daysLate(days);
  }

  private static String why(Beside beside, Phrases phrases) {
    String until = beside.until() == null ? "" : phrases.day(beside.until());
    return switch (beside.kind()) {
      case "disputed" -> phrases.word("beside.disputed");
      case "plan" -> phrases.word("beside.planned");
      case "promise" -> phrases.word("beside.promised", until);
      case "due" -> phrases.word("beside.due", until);
      default -> phrases.word("beside.held");
    };
  }

  private static List<InstalmentLine> instalments(
      @Nullable PlanStatement plan, LocalDate day, Phrases phrases) {
    if (plan == null) {
      return List.of();
    }
    return plan.lines().stream()
        .map(
            l -> {
              String state = l.open().isZero() ? "paid" : l.dueOn().isBefore(day) ? "late" : "open";
              List<String> notes = new ArrayList<>();
              if (!state.equals("open")) {
                notes.add(phrases.word("plan." + state));
              }
              if (!l.open().isZero() && !l.open().equals(l.amount())) {
                notes.add(phrases.word("plan.left", phrases.amount(l.open())));
              }
              return new InstalmentLine(
                  String.valueOf(l.number()),
                  phrases.day(l.dueOn()),
                  phrases.amount(l.amount()),
                  state,
                  String.join(", ", notes));
            })
        .toList();
  }
}
