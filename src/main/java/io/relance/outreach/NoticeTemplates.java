package io.relance.outreach;

import io.relance.charges.InvoiceCharges;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.templates.CompiledTemplate;
import io.relance.outreach.templates.CompiledTemplate.Block;
import io.relance.outreach.templates.MessageTemplates;
import io.relance.outreach.templates.TemplateKey;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Renders notices: the words of {@link MessageTemplates}, filled in from the facts, between the
 * tables and in the frame of {@link NoticeLayout}.
 */
@Component
class NoticeTemplates {

  private final MessageTemplates templates;
  private final NoticeLayout layout;

  NoticeTemplates(MessageTemplates templates, NoticeLayout layout) {
    this.templates = templates;
    this.layout = layout;
  }

  /** What only a formal notice says: the days to pay, and what is owed on top. */
  private record Formal(int days, ChargeLines charges) {}

  RenderedNotice render(Notice notice) {
    return render(notice, templates.use(keyOf(notice)));
  }

  /** As it would be with these words. */
  RenderedNotice render(Notice notice, CompiledTemplate template) {
    return render(notice, template, null);
  }

  /**
   * A formal notice of one invoice.
   *
   * @param days that the payer has to pay
   */
  RenderedNotice renderFormal(Notice notice, int days, InvoiceCharges charged) {
    return renderFormal(notice, templates.use(keyOf(notice)), days, charged);
  }

  /** As it would be with these words. */
  RenderedNotice renderFormal(
      Notice notice, CompiledTemplate template, int days, InvoiceCharges charged) {
    Money claim = notice.totals().values().iterator().next(); // of one invoice
    Phrases phrases = layout.phrases(notice.payer());
    return render(
        notice,
        template,
        new Formal(days, ChargeLines.of(charged, claim, phrases.dates(), phrases.locale())));
  }

  static TemplateKey keyOf(Notice notice) {
    return new TemplateKey(
        TemplateKey.languageFor(notice.payer().language()), notice.tone().word(), notice.channel());
  }

  private RenderedNotice render(Notice notice, CompiledTemplate template, @Nullable Formal formal) {
    Phrases phrases = layout.phrases(notice.payer());
    NoticeTable table = NoticeTable.of(notice, phrases);
    ChargeLines charges = formal == null ? null : formal.charges();
    PaymentWay way = PaymentWay.of(notice, asked(notice, charges));
    boolean byLetter = notice.channel() == Channel.LETTER;
    Map<String, Block> blocks =
        Map.of(
            "items", layout.items(table, charges, phrases),
            "instalments", layout.instalments(table, phrases),
            "payment", layout.payment(way, byLetter, phrases),
            "signature", layout.signature(notice, phrases));
    CompiledTemplate.Filled filled = template.fill(values(notice, formal, way, phrases), blocks);
    String subject =
        filled.subject().isEmpty()
            ? phrases.word("text.title", phrases.invoices(notice.items()))
            : filled.subject();
    String text = notice.channel() == Channel.SMS ? SmsText.plain(filled.text()) : filled.text();
    String html =
        switch (notice.channel()) {
          case SMS, WHATSAPP -> layout.bubble(text, phrases);
          case LETTER -> layout.letter(notice, subject, filled.html(), way, false, phrases);
          default -> layout.mail(notice, subject, filled.html(), phrases);
        };
    return new RenderedNotice(
        phrases.locale().getLanguage(),
        subject,
        switch (notice.channel()) {
          case SMS, WHATSAPP -> text; // to the letter
          case LETTER -> onPaper(notice, subject, text, phrases);
          default -> text + "\n";
        },
        html,
        template.version(),
        template.attach(),
        byLetter ? "" : way.code());
  }

  private static String onPaper(Notice notice, String subject, String text, Phrases phrases) {
    return String.join(
            "\n\n",
            notice.creditor().name(),
            notice.payer().name() + "\n" + String.join("\n", PostalAddresses.lines(notice.payer())),
            phrases.day(notice.day()),
            subject,
            text)
        + "\n";
  }

  /** What is to be paid now; null if it is in several currencies, or nothing. */
  private static @Nullable Money asked(Notice notice, @Nullable ChargeLines charges) {
    PlanStatement plan = notice.plan();
    if (plan != null) {
      PlanStatement.Line next = plan.next();
      return plan.isLate() ? plan.late() : next == null ? null : next.open();
    }
    if (charges != null) {
      return charges.sums().size() == 1 ? charges.sums().getFirst() : null;
    }
    Collection<Money> totals = notice.totals().values();
    return totals.size() == 1 ? totals.iterator().next() : null;
  }

  private static Map<String, Object> values(
      Notice notice, @Nullable Formal formal, PaymentWay way, Phrases phrases) {
    List<Invoice> items = notice.items();
    Map<String, Object> values = new HashMap<>();
    values.put("payer", notice.payer().name());
    values.put("creditor", notice.creditor().name());
    values.put("sender", notice.creditor().senderName());
    values.put("date", phrases.day(notice.day()));
    values.put("count", String.valueOf(items.size()));
    values.put("invoices", phrases.invoices(items));
    values.put("total", phrases.amounts(notice.totals().values()));
    values.put("lastDue", lastDue(items, phrases));
    values.put("reference", way.reference());
    values.put("phone", Objects.requireNonNullElse(notice.creditor().phone(), ""));
    values.put("iban", way.iban());
    values.put("link", way.link());
    values.put("one", items.size() == 1);
    values.put("several", items.size() > 1);
    values.put("days", formal == null ? "" : String.valueOf(formal.days()));
    values.put("charged", formal != null && !formal.charges().isEmpty());
    ofPlan(notice.plan(), phrases, values);
    return values;
  }

  private static void ofPlan(
      @Nullable PlanStatement plan, Phrases phrases, Map<String, Object> values) {
    PlanStatement.Line next = plan == null ? null : plan.next();
    boolean late = plan != null && plan.isLate();
    int tolerated = plan == null ? 0 : plan.tolerated();
    values.put("late", late ? phrases.amount(Objects.requireNonNull(plan).late()) : "");
    values.put("onTime", plan != null && !late);
    values.put("tolerated", tolerated > 0 ? String.valueOf(tolerated) : "");
    values.put("toleratedOne", tolerated == 1);
    values.put("toleratedSeveral", tolerated > 1);
    values.put("nextDue", next == null ? "" : phrases.day(next.dueOn()));
    values.put("nextAmount", next == null ? "" : phrases.amount(next.open()));
  }

  private static String lastDue(List<Invoice> items, Phrases phrases) {
    return items.stream()
        .map(Invoice::dueDate)
        .max(Comparator.<LocalDate>naturalOrder())
        .map(phrases::day)
        .orElse("");
  }
}
