package io.relance.web;

import io.relance.analytics.AgreementFigures;
import io.relance.analytics.ContactFigures;
import io.relance.analytics.Figure;
import io.relance.casework.Coverage;
import io.relance.casework.ReasonLists;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

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
    String agreed = "/figures/agreements" + query;
    tables.put("work", () -> work(promises.get(), plans.get(), contact.get(), agreed, rows));
    tables.put("agreements", () -> agreed(asked, promises.get(), plans.get(), agreed));
    tables.put("disputes", () -> disputes(asked, agreed));
    tables.put("reasons", () -> reasons(contact.get(), rows));
    tables.put("calls", () -> calls(contact.get(), rows));
    tables.put("messages", () -> messages(contact.get(), rows));
    tables.put("agents", () -> agents(asked, rows, agreed));
    tables.put("coverage", () -> coverage(asked, query));
  }

  private FigureTable work(
      AgreementFigures.Promises promises,
      AgreementFigures.Plans plans,
      ContactFigures.Contacts contact,
      String agreed,
      String rows) {
    FigureTable work = FigureTable.of("work", "figure", "#value");
    figure(work, "promises-kept", promises.keptShare(), agreed + "kind=promise&state=decided");
    figure(work, "plans-kept", plans.keptShare(), agreed + "kind=plan&state=decided");
    figure(work, "contactability", contact.contactability(), rows + "kind=call");
    figure(work, "automation", contact.automation(), rows + "kind=message");
    return work;
  }

  private void figure(FigureTable table, String name, Figure figure, String rows) {
    Cell value = value(figure);
    table.row(
        Cell.defined(say.text("figures.name." + name), say.text("figures.definition." + name)),
        figure instanceof Figure.Known ? value.at(rows) : value);
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

  /** What waits or runs now is told of today only: of a past day it is not kept. */
  private FigureTable agreed(
      Asked asked, AgreementFigures.Promises promises, AgreementFigures.Plans plans, String rows) {
    boolean now = asked.day().equals(asked.today());
    FigureTable table = FigureTable.of("agreements", "agreement", "#number");
    line(table, "promises-kept", promises.kept(), rows + "kind=promise&state=kept");
    line(table, "promises-broken", promises.broken(), rows + "kind=promise&state=broken");
    line(table, "promises-replaced", promises.replaced(), rows + "kind=promise&state=replaced");
    if (now) {
      line(table, "promises-open", promises.open(), rows + "kind=promise&state=open");
    }
    for (AgreementFigures.Sum sum : promises.sums()) {
      table.row(
          Cell.text(say.text("figures.agreed.sum-promised")), Cell.money(sum.promised(), locale()));
      table.row(Cell.text(say.text("figures.agreed.sum-kept")), Cell.money(sum.kept(), locale()));
    }
    if (now) {
      line(table, "plans-running", plans.running(), rows + "kind=plan&state=running");
    }
    line(table, "plans-kept", plans.kept(), rows + "kind=plan&state=kept");
    line(table, "plans-broken", plans.broken(), rows + "kind=plan&state=broken");
    return table;
  }

  private void line(FigureTable table, String name, long number, String rows) {
    table.row(Cell.text(say.text("figures.agreed." + name)), counted(number, rows));
  }

  private FigureTable disputes(Asked asked, String rows) {
    FigureTable table = FigureTable.of("disputes", "reason", "#opened", "#open-now", "#disputed");
    var labels = reasons.ofDisputes(locale());
    for (AgreementFigures.Disputed each : agreements.disputes(asked.cut(), asked.recent())) {
      String amounts =
          String.join(" + ", each.amounts().stream().map(sum -> sum.format(locale())).toList());
      table.row(
          Cell.text(say.reason(labels, each.reason())),
          counted(each.opened(), rows + "kind=dispute&reason=" + inAddress(each.reason())),
          counted(each.open(), rows + "kind=dispute-open&reason=" + inAddress(each.reason())),
          Cell.text(amounts));
    }
    return table;
  }

  private FigureTable reasons(ContactFigures.Contacts contact, String rows) {
    FigureTable table = FigureTable.of("reasons", "reason", "#told");
    var labels = reasons.ofNonpayment(locale());
    contact
        .reasons()
        .forEach(
            each ->
                table.row(
                    Cell.text(say.reason(labels, each.code())),
                    counted(each.told(), rows + "kind=talk&reason=" + inAddress(each.code()))));
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

  private FigureTable agents(Asked asked, String rows, String agreed) {
    FigureTable table =
        FigureTable.of(
            "agents", "agent", "#tasks-done", "#calls", "#reached", "#promises", "#promises-kept");
    contacts
        .agents(asked.cut(), asked.recent())
        .forEach(
            each -> {
              String by = "&by=" + inAddress(each.login());
              table.row(
                  Cell.text(each.login()),
                  counted(each.tasksDone(), agreed + "kind=task" + by),
                  counted(each.calls(), rows + "kind=talk" + by),
                  counted(each.reached(), rows + "kind=talk&result=reached" + by),
                  counted(each.promises(), agreed + "kind=promise-made" + by),
                  counted(each.promisesKept(), agreed + "kind=promise-made&state=kept" + by));
            });
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

  private static String inAddress(String value) {
    return UriUtils.encode(value, StandardCharsets.UTF_8);
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
