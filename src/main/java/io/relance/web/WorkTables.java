package io.relance.web;

import io.relance.analytics.AgreementFigures;
import io.relance.analytics.ContactFigures;
import io.relance.analytics.Figure;
import io.relance.casework.Coverage;
import io.relance.casework.ReasonLists;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The tables of the work: agreements, disputes, contacts, agents, coverage. */
@Component
class WorkTables {

  private final AgreementFigures agreements;
  private final ContactFigures contacts;
  private final Coverage coverage;
  private final ReasonLists reasons;
  private final PageWords say;

  WorkTables(
      AgreementFigures agreements,
      ContactFigures contacts,
      Coverage coverage,
      ReasonLists reasons,
      PageWords say) {
    this.agreements = agreements;
    this.contacts = contacts;
    this.coverage = coverage;
    this.reasons = reasons;
    this.say = say;
  }

  /**
   * Adds them by their keys, in the order of the page; each is made when it is asked for.
   *
   * @param query for the addresses of the rows behind
   */
  void into(Map<String, Supplier<FigureTable>> tables, Asked asked, String query) {
    Supplier<AgreementFigures.Promises> promises =
        Once.of(() -> agreements.promises(asked.cut(), asked.recent()));
    Supplier<AgreementFigures.Plans> plans =
        Once.of(() -> agreements.plans(asked.cut(), asked.recent()));
    Supplier<ContactFigures.Contacts> contact =
        Once.of(() -> contacts.contacts(asked.cut(), asked.recent()));
    String rows = "/figures/contacts" + query;
    tables.put("work", () -> work(promises.get(), plans.get(), contact.get()));
    tables.put("agreements", () -> agreed(promises.get(), plans.get()));
    tables.put("disputes", () -> disputes(asked));
    tables.put("reasons", () -> reasons(contact.get()));
    tables.put("calls", () -> calls(contact.get(), rows));
    tables.put("messages", () -> messages(contact.get(), rows));
    tables.put("agents", () -> agents(asked));
    tables.put("coverage", () -> coverage(asked, query));
  }

  private FigureTable work(
      AgreementFigures.Promises promises,
      AgreementFigures.Plans plans,
      ContactFigures.Contacts contact) {
    FigureTable work = FigureTable.of("work", "figure", "#value");
    figure(work, "promises-kept", promises.keptShare());
    figure(work, "plans-kept", plans.keptShare());
    figure(work, "contactability", contact.contactability());
    figure(work, "automation", contact.automation());
    return work;
  }

  private void figure(FigureTable table, String name, Figure figure) {
    table.row(
        Cell.defined(say.text("figures.name." + name), say.text("figures.definition." + name)),
        value(figure));
  }

  /** A figure with its unit, or why there is none. */
  Cell value(Figure figure) {
    return switch (figure) {
      case Figure.Known known ->
          new Cell(
              say.text(
                  "figures.unit." + known.unit().word(), say.number(known.value().toPlainString())),
              known.value(),
              null,
              null);
      case Figure.Unknown unknown ->
          Cell.text(say.text("figures.unknown", say.text("figures.why." + unknown.why().word())));
    };
  }

  private FigureTable agreed(AgreementFigures.Promises promises, AgreementFigures.Plans plans) {
    FigureTable table = FigureTable.of("agreements", "agreement", "#number");
    line(table, "promises-kept", promises.kept());
    line(table, "promises-broken", promises.broken());
    line(table, "promises-replaced", promises.replaced());
    line(table, "promises-open", promises.open());
    for (AgreementFigures.Sum sum : promises.sums()) {
      table.row(
          Cell.text(say.text("figures.agreed.sum-promised")), Cell.money(sum.promised(), locale()));
      table.row(Cell.text(say.text("figures.agreed.sum-kept")), Cell.money(sum.kept(), locale()));
    }
    line(table, "plans-running", plans.running());
    line(table, "plans-kept", plans.kept());
    line(table, "plans-broken", plans.broken());
    return table;
  }

  private void line(FigureTable table, String name, long number) {
    table.row(Cell.text(say.text("figures.agreed." + name)), Cell.number(number));
  }

  private FigureTable disputes(Asked asked) {
    FigureTable table = FigureTable.of("disputes", "reason", "#opened", "#open-now", "#disputed");
    var labels = reasons.ofDisputes(locale());
    for (AgreementFigures.Disputed each : agreements.disputes(asked.cut(), asked.recent())) {
      String amounts =
          String.join(" + ", each.amounts().stream().map(sum -> sum.format(locale())).toList());
      table.row(
          Cell.text(say.reason(labels, each.reason())),
          Cell.number(each.opened()),
          Cell.number(each.open()),
          Cell.text(amounts));
    }
    return table;
  }

  private FigureTable reasons(ContactFigures.Contacts contact) {
    FigureTable table = FigureTable.of("reasons", "reason", "#told");
    var labels = reasons.ofNonpayment(locale());
    contact
        .reasons()
        .forEach(
            each ->
                table.row(Cell.text(say.reason(labels, each.code())), Cell.number(each.told())));
    return table;
  }

  private FigureTable calls(ContactFigures.Contacts contact, String rows) {
    FigureTable table = FigureTable.of("calls", "kind", "outcome", "#number");
    contact
        .calls()
        .forEach(
            each ->
                table.row(
                    Cell.text(say.text(each.visit() ? "figures.visit" : "figures.call")),
                    Cell.text(say.word("figures.outcome", each.outcome())),
                    Cell.number(each.made())
                        .at(
                            rows
                                + "kind="
                                + (each.visit() ? "visit" : "call")
                                + "&outcome="
                                + each.outcome())));
    return table;
  }

  private FigureTable messages(ContactFigures.Contacts contact, String rows) {
    FigureTable table =
        FigureTable.of(
            "messages", "channel", "#sent", "#delivered", "#failed", "#unsure", "#replies");
    contact
        .messages()
        .forEach(
            each -> {
              String channel = "&channel=" + each.channel();
              String sent = rows + "kind=message" + channel + "&result=";
              table.row(
                  Cell.text(say.word("words.channel", each.channel())),
                  counted(each.sent(), sent + "sent"),
                  counted(each.delivered(), sent + "delivered"),
                  counted(each.failed(), sent + "failed"),
                  counted(each.unsure(), sent + "unsure"),
                  counted(each.replies(), rows + "kind=answer" + channel));
            });
    return table;
  }

  private static Cell counted(long number, String rows) {
    return number == 0 ? Cell.number(0) : Cell.number(number).at(rows);
  }

  private FigureTable agents(Asked asked) {
    FigureTable table =
        FigureTable.of(
            "agents", "agent", "#tasks-done", "#calls", "#reached", "#promises", "#promises-kept");
    contacts
        .agents(asked.cut(), asked.recent())
        .forEach(
            each ->
                table.row(
                    Cell.text(each.login()),
                    Cell.number(each.tasksDone()),
                    Cell.number(each.calls()),
                    Cell.number(each.reached()),
                    Cell.number(each.promises()),
                    Cell.number(each.promisesKept())));
    return table;
  }

  /** Of now: what the process of an invoice was on a past day is not kept. */
  private FigureTable coverage(Asked asked, String query) {
    FigureTable table = FigureTable.of("coverage", "invoices-that", "#number");
    Coverage.Figures now = coverage.figures(asked.coverage());
    String rows = "/figures/uncovered" + query;
    table.row(covered("overdue"), Cell.number(now.overdue()));
    table.row(covered("with-process"), Cell.number(now.withProcess()));
    table.row(covered("starting"), counted(now.starting(), rows));
    table.row(covered("excluded"), counted(now.excluded(), rows));
    table.row(covered("orphans"), counted(now.orphans(), rows));
    table.row(covered("share"), value(share(now)));
    return table;
  }

  private Cell covered(String part) {
    return Cell.text(say.text("figures.covered." + part));
  }

  static Figure share(Coverage.Figures now) {
    return Figure.percent(now.withProcess(), now.overdue(), Figure.Why.NOTHING_OVERDUE);
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
