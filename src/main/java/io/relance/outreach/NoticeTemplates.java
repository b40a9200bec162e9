package io.relance.outreach;

import io.relance.charges.InvoiceCharges;
import io.relance.kernel.CreditorReference;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import io.relance.ledger.PaymentReferences;
import io.relance.outreach.permission.Channel;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Renders notices from {@code outreach/<language>/<tone>.txt} and {@code .html}; the first line of
 * the text is the subject. A letter is the same text on letter paper, {@code letter.txt} and {@code
 * .html}; short messages are {@code <language>/short.txt}. HTML is escaped by the template engine,
 * and a subject never holds a line break.
 */
@Component
class NoticeTemplates {

  private static final Set<String> LANGUAGES = Set.of("en", "fr");
  private static final int NUMBERS_IN_SUBJECT = 3;
  private final TemplateEngine engine;

  NoticeTemplates() {
    SpringTemplateEngine templates = new SpringTemplateEngine();
    templates.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
    templates.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
    this.engine = templates;
  }

  private static ClassLoaderTemplateResolver resolver(String pattern, TemplateMode mode) {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("outreach/");
    resolver.setResolvablePatterns(Set.of(pattern));
    resolver.setTemplateMode(mode);
    resolver.setCharacterEncoding("UTF-8");
    return resolver;
  }

  /**
   * An invoice as a line of the message.
   *
   * @param open what is asked for
   * @param daysLate 0 or less if it is not overdue
   * @param disputedPart what the payer disagrees with and is left out; empty if nothing
   * @param discountUntil the last day of the creditor's early-payment terms; empty if it is past,
   *     or there are none
   */
  public record Line(
      String number,
      String issued,
      String due,
      int daysLate,
      String open,
      boolean partlyPaid,
      String disputedPart,
      String discountUntil) {}

  /**
   * An instalment as a line of the message.
   *
   * @param state {@code paid}, {@code late} or {@code open}
   * @param open what is missing of one that is paid in part, otherwise empty
   */
  public record InstalmentLine(int number, String due, String amount, String state, String open) {}

  RenderedNotice render(Notice notice) {
    return render(notice, context -> {});
  }

  /**
   * A formal notice of one invoice.
   *
   * @param days that the payer has to pay
   * @param address its lines
   */
  RenderedNotice renderFormal(
      Notice notice, int days, List<String> address, InvoiceCharges charged) {
    Money claim = notice.items().getFirst().claimed();
    return render(
        notice,
        context -> {
          context.setVariable("days", days);
          context.setVariable("address", address);
          context.setVariable(
              "charges",
              ChargeLines.of(charged, claim, datesOf(context.getLocale()), context.getLocale()));
        });
  }

  /** A letter that reminds, to be sent to an address of these lines. */
  RenderedNotice renderLetter(Notice notice, List<String> address) {
    return render(notice, context -> context.setVariable("address", address));
  }

  /**
   * @param more adds what only this kind of message says
   */
  private RenderedNotice render(Notice notice, Consumer<Context> more) {
    Payer payer = notice.payer();
    String language =
        payer.language() != null && LANGUAGES.contains(payer.language()) ? payer.language() : "en";
    Locale locale = Locale.of(language, payer.country() == null ? "" : payer.country());
    DateTimeFormatter dates = datesOf(locale);
    Creditor creditor = notice.creditor();
    Context context =
        new Context(
            locale,
            Map.ofEntries(
                Map.entry("payer", payer.name()),
                Map.entry("creditor", creditor.name()),
                Map.entry("sender", creditor.senderName()),
                Map.entry("phone", creditor.phone() == null ? "" : creditor.phone()),
                Map.entry("iban", creditor.iban() == null ? "" : creditor.iban()),
                Map.entry("lines", lines(notice, dates, locale)),
                Map.entry("discountPercent", percent(creditor, locale)),
                Map.entry(
                    "totals",
                    notice.totals().values().stream().map(m -> m.format(locale)).toList()),
                Map.entry("count", notice.items().size()),
                Map.entry("numbers", numbers(notice.items())),
                Map.entry("others", Math.max(0, notice.items().size() - NUMBERS_IN_SUBJECT))));
    context.setVariable("date", dates.format(notice.day()));
    context.setVariable("reference", reference(notice));
    context.setVariable("tone", notice.tone().word());
    context.setVariable("lastDue", lastDue(notice.items(), dates));
    more.accept(context);
    describe(notice.plan(), notice.day(), dates, locale, context);
    context.setVariable("language", language);
    return switch (notice.channel()) {
      case SMS, WHATSAPP ->
          onPaper(
              "short", brief(read(language + "/short.txt", context), notice.channel()), context);
      case LETTER -> letter(language + "/" + notice.tone().word(), notice.tone(), context);
      default -> full(language + "/" + notice.tone().word(), context);
    };
  }

  private static DateTimeFormatter datesOf(Locale locale) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
  }

  private record Text(String subject, String body) {}

  private Text read(String template, Context context) {
    String text = engine.process(template, context);
    int end = text.indexOf('\n');
    String subject = text.substring(0, end).replaceAll("\\p{Cntrl}", " ").strip();
    return new Text(subject, text.substring(end).strip() + "\n");
  }

  /** As it will go, to the letter. */
  private static Text brief(Text text, Channel channel) {
    String body = text.body().strip();
    return new Text(text.subject(), channel == Channel.SMS ? SmsText.plain(body) : body);
  }

  private RenderedNotice full(String name, Context context) {
    Text text = read(name + ".txt", context);
    return new RenderedNotice(
        String.valueOf(context.getVariable("language")),
        text.subject(),
        text.body(),
        engine.process(name + ".html", context));
  }

  private RenderedNotice letter(String name, Tone tone, Context context) {
    if (tone == Tone.FORMAL) {
      return full(name, context); // has a form of its own
    }
    RenderedNotice page = onPaper("letter", read(name + ".txt", context), context);
    return new RenderedNotice(
        page.language(), page.subject(), engine.process("letter.txt", context), page.html());
  }

  private RenderedNotice onPaper(String paper, Text text, Context context) {
    context.setVariable("subject", text.subject());
    context.setVariable("body", text.body().strip());
    return new RenderedNotice(
        String.valueOf(context.getVariable("language")),
        text.subject(),
        text.body(),
        engine.process(paper + ".html", context));
  }

  private static void describe(
      @Nullable PlanStatement plan,
      LocalDate day,
      DateTimeFormatter dates,
      Locale locale,
      Context context) {
    if (plan == null) {
      return;
    }
    context.setVariable(
        "instalments",
        plan.lines().stream()
            .map(
                l ->
                    new InstalmentLine(
                        l.number(),
                        dates.format(l.dueOn()),
                        l.amount().format(locale),
                        l.open().isZero() ? "paid" : l.dueOn().isBefore(day) ? "late" : "open",
                        l.open().equals(l.amount()) ? "" : l.open().format(locale)))
            .toList());
    context.setVariable("late", plan.isLate() ? plan.late().format(locale) : "");
    context.setVariable("tolerated", plan.tolerated());
    PlanStatement.Line next = plan.next();
    context.setVariable("nextDue", next == null ? "" : dates.format(next.dueOn()));
    context.setVariable("nextAmount", next == null ? "" : next.open().format(locale));
  }

  /** What the payer is to write on the transfer: of the plan, the only invoice, or all they owe. */
  private static String reference(Notice notice) {
    PlanStatement plan = notice.plan();
    List<Invoice> items = notice.items();
    CreditorReference reference =
        plan != null
            ? PaymentReferences.ofPlan(plan.planId())
            : items.size() == 1
                ? PaymentReferences.ofInvoice(items.getFirst().id())
                : PaymentReferences.ofPayer(notice.payer().id());
    return reference.printed();
  }

  /** The first few: a subject of thirty numbers is read by nobody. */
  private static String numbers(List<Invoice> items) {
    return items.stream()
        .limit(NUMBERS_IN_SUBJECT)
        .map(Invoice::number)
        .collect(Collectors.joining(", "));
  }

  private static String lastDue(List<Invoice> items, DateTimeFormatter dates) {
    return items.stream()
        .map(Invoice::dueDate)
        .max(Comparator.naturalOrder())
        .map(dates::format)
        .orElse("");
  }

  private static String percent(Creditor creditor, Locale locale) {
    return creditor.discountPercent() == null
        ? ""
        : NumberFormat.getInstance(locale).format(creditor.discountPercent());
  }

  private static String discountUntil(Notice notice, Invoice invoice, DateTimeFormatter dates) {
    Creditor creditor = notice.creditor();
    if (creditor.discountPercent() == null || creditor.discountDays() == null) {
      return "";
    }
    LocalDate last = invoice.issueDate().plusDays(creditor.discountDays());
    return last.isBefore(notice.day()) ? "" : dates.format(last);
  }

  private static List<Line> lines(Notice notice, DateTimeFormatter dates, Locale locale) {
    LocalDate day = notice.day();
    return notice.items().stream()
        .map(
            i -> {
              Money open = i.claimed();
              Money left = i.open().minus(open);
              return new Line(
                  i.number(),
                  dates.format(i.issueDate()),
                  dates.format(i.dueDate()),
                  i.daysOverdue(day),
                  open.format(locale),
                  !i.open().equals(i.total()),
                  left.isPositive() ? left.format(locale) : "",
                  discountUntil(notice, i, dates));
            })
        .toList();
  }
}
