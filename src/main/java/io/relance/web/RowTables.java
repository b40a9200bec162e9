package io.relance.web;

import io.relance.analytics.AgreementRows;
import io.relance.analytics.ContactRows;
import io.relance.casework.Coverage;
import io.relance.casework.ReasonLists;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The tables of single contacts, and of overdue invoices without a live next step. */
@Component
class RowTables {

  private final ContactRows contacts;
  private final AgreementRows agreements;
  private final Coverage coverage;
  private final ReasonLists reasons;
  private final PageWords say;

  RowTables(
      ContactRows contacts,
      AgreementRows agreements,
      Coverage coverage,
      ReasonLists reasons,
      PageWords say) {
    this.contacts = contacts;
    this.agreements = agreements;
    this.reasons = reasons;
    this.coverage = coverage;
    this.say = say;
  }

  FigureTable contacts(Asked asked, ContactRows.Asked which, int offset, int limit) {
    FigureTable table =
        FigureTable.of(
            "contacts", "when", "customer", "name", "channel", "tone", "outcome", "made-by");
    ZoneId zone = asked.recent().zone();
    contacts
        .rows(asked.cut(), asked.recent(), which, offset, limit)
        .forEach(
            row ->
                table.row(
                    when(row, zone),
                    Cell.customer(row.customer()),
                    Cell.text(row.name()),
                    Cell.text(channel(row.channel())),
                    Cell.text(say.word("words.tone", row.tone())),
                    Cell.text(outcome(row.result())),
                    Cell.text(row.by() == null ? "" : row.by())));
    return table;
  }

  FigureTable agreements(Asked asked, AgreementRows.Asked which, int offset, int limit) {
    FigureTable table =
        FigureTable.of(
            "agreement-rows",
            "day",
            "customer",
            "name",
            "invoice",
            "currency",
            "#amount",
            "until",
            "what",
            "made-by");
    agreements
        .rows(asked.cut(), asked.recent(), which, offset, limit)
        .forEach(
            row -> {
              String invoice = row.invoice();
              table.row(
                  Cell.day(row.day(), say.day(row.day())),
                  Cell.customer(row.customer()),
                  Cell.text(row.customerName()),
                  invoice == null ? Cell.text("") : Cell.invoice(invoice),
                  Cell.text(row.amount() == null ? "" : row.amount().currencyCode()),
                  Cell.money(row.amount(), locale()),
                  row.until() == null ? Cell.text("") : Cell.day(row.until(), say.day(row.until())),
                  Cell.text(what(which.kind(), row)),
                  Cell.text(row.by()));
            });
    return table;
  }

  private String what(AgreementRows.Kind kind, AgreementRows.Row row) {
    return switch (kind) {
      case DISPUTE, DISPUTE_OPEN -> say.reason(reasons.ofDisputes(locale()), row.what());
      case TASK -> say.element(row.what(), String.valueOf(row.name()));
      default -> say.word("figures.agreement-state", row.what());
    };
  }

  private static Cell when(ContactRows.Row row, ZoneId zone) {
    Cell when = Cell.text(moment(row.at(), zone));
    return row.messageId() == null ? when : when.at("/messages/" + row.messageId());
  }

  private static String moment(Instant at, ZoneId zone) {
    return DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", locale()).format(at.atZone(zone));
  }

  private String channel(String channel) {
    return channel.equals("visit") ? say.text("figures.visit") : say.word("words.channel", channel);
  }

  private String outcome(@Nullable String result) {
    String called = say.word("figures.outcome", result);
    return called.equals(result) ? say.word("figures.result", result) : called;
  }

  FigureTable uncovered(Asked asked, int offset, int limit) {
    FigureTable table =
        FigureTable.of(
            "uncovered", "invoice", "customer", "name", "due-date", "currency", "#open", "why-not");
    coverage
        .uncovered(asked.coverage(), offset, limit)
        .forEach(
            row ->
                table.row(
                    Cell.invoice(row.invoice()),
                    Cell.customer(row.customer()),
                    Cell.text(row.name()),
                    Cell.day(row.due(), say.day(row.due())),
                    Cell.text(row.open().currencyCode()),
                    Cell.money(row.open(), locale()),
                    Cell.text(say.phrase(row.why()))));
    return table;
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
