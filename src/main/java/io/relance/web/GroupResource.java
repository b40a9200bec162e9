package io.relance.web;

import io.relance.analytics.AgedFigures;
import io.relance.analytics.GroupFigures;
import io.relance.analytics.ReceivablesFigures;
import io.relance.analytics.exchange.Conversion;
import io.relance.analytics.exchange.RateGap;
import io.relance.ledger.AgeingBucket;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureValues.Value;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** All currencies in the group's, or why there is no such sum. */
@RestController
@RequestMapping("/api/v1/analytics")
class GroupResource {

  record Bucket(String bucket, String amount, long invoices) {}

  /** By what amounts of a currency were converted; several rates where it went by the euro. */
  record Rate(String currency, String quotation, LocalDate day, String source) {}

  /**
   * The figures.
   *
   * @param because why there are none; the rest is null then
   */
  record Group(
      LocalDate asOf,
      @Nullable String currency,
      @Nullable String because,
      String definition,
      @Nullable List<Rate> rates,
      @Nullable String total,
      @Nullable List<Bucket> buckets,
      @Nullable String credits,
      @Nullable String writtenOff,
      @Nullable String handedOver,
      @Nullable String ledgerTotal,
      @Nullable Value dso,
      @Nullable Value countBack,
      @Nullable Value bestPossible,
      @Nullable Value averageDaysDelinquent,
      @Nullable Value cei,
      @Nullable Value shareAtRisk) {}

  private final FigureScope scope;
  private final ReceivablesFigures figures;
  private final GroupFigures groups;
  private final FigureValues values;

  GroupResource(
      FigureScope scope, ReceivablesFigures figures, GroupFigures groups, FigureValues values) {
    this.scope = scope;
    this.figures = figures;
    this.groups = groups;
    this.values = values;
  }

  @GetMapping("/group")
  Group group(FigureParams params) {
    Asked asked = scope.asked(params);
    return switch (groups.of(figures.facts(asked.cut(), asked.day()))) {
      case GroupFigures.NotAvailable not -> none(asked.day(), not.gaps());
      case GroupFigures.Available of -> view(asked.day(), of);
    };
  }

  private Group none(LocalDate day, List<RateGap> gaps) {
    String because =
        gaps.stream()
            .map(RateGap::text)
            .collect(Collectors.joining("; ", "not available, because ", ""));
    return new Group(
        day,
        gaps.getFirst().group(),
        because,
        values.definition("group"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private Group view(LocalDate day, GroupFigures.Available of) {
    AgedFigures aged = of.figures().aged();
    return new Group(
        day,
        of.currency().getCurrencyCode(),
        null,
        values.definition("group"),
        of.by().values().stream().flatMap(GroupResource::rates).toList(),
        aged.total().plain(),
        Arrays.stream(AgeingBucket.values())
            .map(
                age ->
                    new Bucket(
                        age.word(), aged.bucket(age).amount().plain(), aged.bucket(age).invoices()))
            .toList(),
        aged.credits().amount().plain(),
        aged.writtenOff().amount().plain(),
        aged.handedOver().amount().plain(),
        aged.inLedger().plain(),
        values.of("dso", of.figures().outstanding()),
        values.of("count-back", of.figures().countBack()),
        values.of("best-possible", of.figures().best()),
        values.of("delinquent", of.figures().delinquent()),
        values.of("cei", of.figures().effectiveness()),
        values.of("at-risk", of.figures().atRisk()));
  }

  private static java.util.stream.Stream<Rate> rates(Conversion conversion) {
    return conversion.quotes().stream()
        .map(
            quote ->
                new Rate(
                    conversion.from().getCurrencyCode(),
                    quote.words(),
                    quote.day(),
                    quote.source()));
  }
}
