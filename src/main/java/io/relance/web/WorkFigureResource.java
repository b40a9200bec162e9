package io.relance.web;

import io.relance.analytics.AgreementFigures;
import io.relance.analytics.ContactFigures;
import io.relance.analytics.ExpectedCash;
import io.relance.kernel.Money;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureValues.Value;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The figures of the work: of the days up to the one asked for, that one included. */
@RestController
@RequestMapping("/api/v1/analytics")
class WorkFigureResource {

  record Amount(String promised, String kept, String currency, Value keptShare) {}

  record Promises(
      LocalDate from,
      LocalDate to,
      long kept,
      long broken,
      long replaced,
      long open,
      Value keptShare,
      List<Amount> amounts,
      AgreementFigures.Plans plans) {}

  record Agents(LocalDate from, LocalDate to, List<ContactFigures.Agent> agents) {}

  record Disputed(String reason, long opened, long open, List<WorkloadResource.Amount> amounts) {}

  record Disputes(LocalDate from, LocalDate to, List<Disputed> disputes) {}

  record Contacts(
      LocalDate from,
      LocalDate to,
      List<ContactFigures.Calls> calls,
      List<ContactFigures.Messages> messages,
      List<ContactFigures.Reason> reasons,
      Value contactability,
      Value automation) {}

  record Week(
      LocalDate monday, String due, String promised, String plans, @Nullable String predicted) {}

  record Outlook(String currency, List<Week> weeks) {}

  private final FigureScope scope;
  private final AgreementFigures agreements;
  private final ContactFigures contacts;
  private final ExpectedCash expected;
  private final FigureValues values;

  WorkFigureResource(
      FigureScope scope,
      AgreementFigures agreements,
      ContactFigures contacts,
      ExpectedCash expected,
      FigureValues values) {
    this.scope = scope;
    this.agreements = agreements;
    this.contacts = contacts;
    this.expected = expected;
    this.values = values;
  }

  @GetMapping("/promises")
  Promises promises(FigureParams params) {
    Asked asked = scope.asked(params);
    AgreementFigures.Promises of = agreements.promises(asked.cut(), asked.recent());
    return new Promises(
        asked.recent().from(),
        asked.recent().to(),
        of.kept(),
        of.broken(),
        of.replaced(),
        of.open(),
        values.of("promises-kept", of.keptShare()),
        of.sums().stream()
            .map(
                sum ->
                    new Amount(
                        sum.promised().plain(),
                        sum.kept().plain(),
                        sum.promised().currencyCode(),
                        values.of("promises-kept", sum.keptShare())))
            .toList(),
        agreements.plans(asked.cut(), asked.recent()));
  }

  @GetMapping("/disputes")
  Disputes disputes(FigureParams params) {
    Asked asked = scope.asked(params);
    return new Disputes(
        asked.recent().from(),
        asked.recent().to(),
        agreements.disputes(asked.cut(), asked.recent()).stream()
            .map(
                d ->
                    new Disputed(
                        d.reason(),
                        d.opened(),
                        d.open(),
                        d.amounts().stream().map(WorkloadResource.Amount::of).toList()))
            .toList());
  }

  @GetMapping("/contacts")
  Contacts contacts(FigureParams params) {
    Asked asked = scope.asked(params);
    ContactFigures.Contacts of = contacts.contacts(asked.cut(), asked.recent());
    return new Contacts(
        asked.recent().from(),
        asked.recent().to(),
        of.calls(),
        of.messages(),
        of.reasons(),
        values.of("contactability", of.contactability()),
        values.of("automation", of.automation()));
  }

  @GetMapping("/agents")
  Agents agents(FigureParams params) {
    Asked asked = scope.asked(params);
    return new Agents(
        asked.recent().from(), asked.recent().to(), contacts.agents(asked.cut(), asked.recent()));
  }

  /** Of today only. */
  @GetMapping("/expected-cash")
  List<Outlook> expectedCash(FigureParams params) {
    Asked asked = scope.asked(params);
    return expected.from(asked.cut(), asked.ofToday()).stream()
        .map(
            o ->
                new Outlook(
                    o.currency().getCurrencyCode(),
                    o.weeks().stream()
                        .map(
                            w ->
                                new Week(
                                    w.monday(),
                                    w.due().plain(),
                                    w.promised().plain(),
                                    w.plans().plain(),
                                    plain(w.predicted())))
                        .toList()))
        .toList();
  }

  private static @Nullable String plain(@Nullable Money amount) {
    return amount == null ? null : amount.plain();
  }
}
