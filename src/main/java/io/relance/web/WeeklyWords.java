package io.relance.web;

import io.relance.analytics.AgedFigures;
import io.relance.analytics.AgreementFigures;
import io.relance.analytics.ContactFigures;
import io.relance.analytics.Cut;
import io.relance.analytics.Figure;
import io.relance.analytics.GroupFigures;
import io.relance.analytics.ReceivablesFigures;
import io.relance.analytics.Span;
import io.relance.analytics.forecast.CashWeeks;
import io.relance.analytics.weekly.WeeklyText;
import io.relance.kernel.Money;
import io.relance.ledger.AgeingBucket;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The weekly mail in words: the week's figures beside those of the week before. */
@Component
class WeeklyWords implements WeeklyText {

  /** A figure now and a week before. */
  record Line(String name, String now, String before) {}

  /** The figures of a currency, or of the work. */
  record Block(String title, List<Line> lines) {}

  private final Creditors creditors;
  private final ReceivablesFigures figures;
  private final GroupFigures groups;
  private final GroupTables groupWords;
  private final CashWeeks cash;
  private final AgreementFigures agreements;
  private final ContactFigures contacts;
  private final WeeklyDecisions decisions;
  private final WorkTables work;
  private final PageTexts texts;
  private final PageWords say;
  private final String address;

  WeeklyWords(
      Creditors creditors,
      ReceivablesFigures figures,
      GroupFigures groups,
      GroupTables groupWords,
      CashWeeks cash,
      AgreementFigures agreements,
      ContactFigures contacts,
      WeeklyDecisions decisions,
      WorkTables work,
      PageTexts texts,
      PageWords say,
      @Value("${relance.staff-url:${relance.public-url:}}") String address) {
    this.creditors = creditors;
    this.figures = figures;
    this.groups = groups;
    this.groupWords = groupWords;
    this.cash = cash;
    this.agreements = agreements;
    this.contacts = contacts;
    this.decisions = decisions;
    this.work = work;
    this.texts = texts;
    this.say = say;
    this.address = address.strip().replaceAll("/+$", "");
  }

  @Override
  public Words of(LocalDate monday, Locale language) {
    Locale before = LocaleContextHolder.getLocale();
    LocaleContextHolder.setLocale(language);
    try {
      return write(monday, language);
    } finally {
      LocaleContextHolder.setLocale(before);
    }
  }

  private Words write(LocalDate monday, Locale language) {
    List<Creditor> all = creditors.findAll();
    Cut cut = new Cut(all.stream().map(Creditor::key).toList(), null, null, null);
    LocalDate begun = monday.minusWeeks(1);
    List<Block> blocks = new ArrayList<>(open(cut, monday));
    blocks.add(work(cut, begun, all.getFirst()));
    List<Line> toDecide = decisions.waiting();
    String title = say.text("weekly.subject", say.day(begun), say.day(monday.minusDays(1)));
    Map<String, Object> values =
        Map.of(
            "title",
            title,
            "day",
            monday.minusDays(1),
            "before",
            monday.minusDays(8),
            "blocks",
            blocks,
            "decisions",
            toDecide,
            "address",
            address);
    return new Words(
        title, text(title, monday, blocks, toDecide), texts.of("weekly-mail", language, values));
  }

  /** What was open at the end of both Sundays, and what came in in the weeks before them. */
  private List<Block> open(Cut cut, LocalDate monday) {
    ReceivablesFigures.Facts now = figures.facts(cut, monday.minusDays(1));
    ReceivablesFigures.Facts then = figures.facts(cut, monday.minusDays(8));
    var ofNow = ReceivablesFigures.of(now);
    var ofThen = ReceivablesFigures.of(then);
    Map<String, Money> came = cash.of(cut.creditors(), monday.minusWeeks(1));
    Map<String, Money> cameBefore = cash.of(cut.creditors(), monday.minusWeeks(2));
    SortedSet<String> codes = new TreeSet<>(ofNow.keySet());
    codes.addAll(came.keySet());
    List<Block> blocks = new ArrayList<>();
    for (String code : codes) {
      var one = ofNow.get(code);
      var other = ofThen.get(code);
      List<Line> lines = new ArrayList<>();
      lines.add(line("weekly.came", amount(came.get(code)), amount(cameBefore.get(code))));
      amounts(lines, aged(one), aged(other));
      figure(
          lines,
          "dso",
          one == null ? null : one.outstanding(),
          other == null ? null : other.outstanding());
      figure(
          lines,
          "cei",
          one == null ? null : one.effectiveness(),
          other == null ? null : other.effectiveness());
      blocks.add(new Block(code, lines));
    }
    if (codes.size() > 1) {
      blocks.addFirst(group(groups.of(now), groups.of(then)));
    }
    return blocks;
  }

  private static @Nullable AgedFigures aged(ReceivablesFigures.@Nullable OfCurrency of) {
    return of == null ? null : of.aged();
  }

  private Block group(GroupFigures.Answer now, GroupFigures.Answer then) {
    if (now instanceof GroupFigures.NotAvailable not) {
      String why = groupWords.words(not.gaps().getFirst());
      return new Block(
          say.text("weekly.group.none"),
          List.of(line("figures.age.total", say.text("figures.not-available", why), "")));
    }
    GroupFigures.Available of = (GroupFigures.Available) now;
    List<Line> lines = new ArrayList<>();
    amounts(
        lines,
        of.figures().aged(),
        then instanceof GroupFigures.Available earlier && earlier.currency().equals(of.currency())
            ? earlier.figures().aged()
            : null);
    lines.add(line("figures.table.rates-used", groupWords.rates(of), ""));
    return new Block(say.text("weekly.group", of.currency().getCurrencyCode()), lines);
  }

  private void amounts(List<Line> lines, @Nullable AgedFigures now, @Nullable AgedFigures then) {
    lines.add(
        line(
            "figures.age.total",
            amount(now == null ? null : now.total()),
            amount(then == null ? null : then.total())));
    lines.add(line("weekly.overdue", amount(overdue(now)), amount(overdue(then))));
    lines.add(
        line(
            "figures.age.91-on",
            amount(now == null ? null : now.bucket(AgeingBucket.BEYOND).amount()),
            amount(then == null ? null : then.bucket(AgeingBucket.BEYOND).amount())));
  }

  private static @Nullable Money overdue(@Nullable AgedFigures of) {
    return of == null ? null : SummaryTable.overdue(of);
  }

  private Block work(Cut cut, LocalDate begun, Creditor creditor) {
    Span week = new Span(begun, begun.plusDays(6), creditor.calendar().zone());
    Span before = new Span(begun.minusDays(7), begun.minusDays(1), creditor.calendar().zone());
    var promises = agreements.promises(cut, week);
    var promisesBefore = agreements.promises(cut, before);
    var contact = contacts.contacts(cut, week);
    var contactBefore = contacts.contacts(cut, before);
    return new Block(
        say.text("weekly.work"),
        List.of(
            line("weekly.promises-kept", number(promises.kept()), number(promisesBefore.kept())),
            line(
                "weekly.promises-broken",
                number(promises.broken()),
                number(promisesBefore.broken())),
            line("weekly.messages", number(sent(contact)), number(sent(contactBefore))),
            line("weekly.calls", number(calls(contact)), number(calls(contactBefore)))));
  }

  private static long sent(ContactFigures.Contacts contact) {
    return contact.messages().stream().mapToLong(ContactFigures.Messages::sent).sum();
  }

  private static long calls(ContactFigures.Contacts contact) {
    return contact.calls().stream().mapToLong(ContactFigures.Calls::made).sum();
  }

  private void figure(
      List<Line> lines, String name, @Nullable Figure now, @Nullable Figure before) {
    lines.add(line("figures.name." + name, value(now), value(before)));
  }

  private String value(@Nullable Figure figure) {
    return figure == null ? say.text("weekly.none") : work.value(figure).text();
  }

  private Line line(String key, String now, String before) {
    return new Line(say.text(key), now, before);
  }

  private String amount(@Nullable Money amount) {
    return amount == null
        ? say.text("weekly.none")
        : amount.format(LocaleContextHolder.getLocale());
  }

  private String number(long number) {
    return say.number(String.valueOf(number));
  }

  private String text(String title, LocalDate monday, List<Block> blocks, List<Line> toDecide) {
    StringBuilder text = new StringBuilder(title).append("\n\n");
    text.append(say.text("weekly.decisions")).append('\n');
    if (toDecide.isEmpty()) {
      text.append(say.text("weekly.decisions.none")).append('\n');
    }
    toDecide.forEach(
        line -> text.append("- ").append(line.name()).append(": ").append(line.now()).append('\n'));
    text.append('\n')
        .append(
            say.text("weekly.compared", say.day(monday.minusDays(1)), say.day(monday.minusDays(8))))
        .append('\n');
    for (Block block : blocks) {
      text.append('\n').append(block.title()).append('\n');
      for (Line line : block.lines()) {
        text.append("- ").append(line.name()).append(": ").append(line.now());
        if (!line.before().isEmpty()) {
          text.append(" (").append(say.text("weekly.was", line.before())).append(')');
        }
        text.append('\n');
      }
    }
    if (!address.isEmpty()) {
      text.append('\n')
          .append(say.text("weekly.open"))
          .append(": ")
          .append(address)
          .append("/figures\n");
      text.append(say.text("weekly.end")).append(": ").append(address).append("/me\n");
    } else {
      text.append('\n').append(say.text("weekly.end.where")).append('\n');
    }
    return text.toString();
  }
}
