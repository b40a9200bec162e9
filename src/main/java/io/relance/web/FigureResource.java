package io.relance.web;

import io.relance.analytics.AgedFigures;
import io.relance.analytics.Receivables;
import io.relance.analytics.ReceivablesFigures;
import io.relance.kernel.Sql;
import io.relance.ledger.AgeingBucket;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureValues.Value;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The figures of what is open, each with its definition. An answer has one currency: the one asked
 * for, or that of the creditor; which others there are stands beside it.
 */
@RestController
@RequestMapping("/api/v1/analytics")
class FigureResource {

  record Bucket(String bucket, String amount, long invoices) {}

  /**
   * The aged balance.
   *
   * @param total the buckets less the credits
   * @param ledgerTotal all that the ledger shows open: with what was written off or handed over
   */
  record Aged(
      LocalDate asOf,
      String by,
      String currency,
      String definition,
      String total,
      List<Bucket> buckets,
      String credits,
      String writtenOff,
      String handedOver,
      String ledgerTotal,
      List<String> otherCurrencies) {}

  record Item(
      String invoice,
      String customerId,
      String customerName,
      LocalDate issueDate,
      LocalDate dueDate,
      String openAmount,
      String currency,
      @Nullable String outcome) {}

  record Items(LocalDate asOf, String by, List<Item> items, boolean more) {}

  /** Days sales outstanding and what they are made of. */
  record Outstanding(
      LocalDate asOf,
      String currency,
      String open,
      String notDue,
      String sales,
      int salesDays,
      Value dso,
      Value countBack,
      Value bestPossible,
      Value averageDaysDelinquent,
      List<String> otherCurrencies) {}

  record Roll(String from, String to, String before, String now, Value rate) {}

  /** How well it was collected within a month. */
  record Effectiveness(
      LocalDate asOf,
      LocalDate since,
      String currency,
      String opening,
      String sales,
      String open,
      String notDue,
      Value cei,
      Value shareAtRisk,
      List<Roll> rollRates,
      List<String> otherCurrencies) {}

  private final FigureScope scope;
  private final Receivables receivables;
  private final ReceivablesFigures figures;
  private final FigureValues values;

  FigureResource(
      FigureScope scope, Receivables receivables, ReceivablesFigures figures, FigureValues values) {
    this.scope = scope;
    this.receivables = receivables;
    this.figures = figures;
    this.values = values;
  }

  @GetMapping("/aged-balance")
  Aged agedBalance(FigureParams params) {
    Asked asked = scope.asked(params);
    var all = receivables.aged(asked.cut(), asked.day(), asked.basis());
    String currency = currencyOf(asked);
    AgedFigures aged =
        all.getOrDefault(currency, AgedFigures.none(asked.day(), Currency.getInstance(currency)));
    return new Aged(
        asked.day(),
        asked.basis().word(),
        currency,
        values.definition("aged"),
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
        others(all, currency));
  }

  /** The rows behind an amount; all currencies unless one is asked for. */
  @GetMapping("/aged-balance/items")
  Items items(
      FigureParams params,
      @RequestParam(required = false) @Nullable String bucket,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    Sql.requirePage(page, size);
    Asked asked = scope.asked(params);
    List<Receivables.Item> found =
        receivables.items(
            asked.cut(),
            asked.day(),
            asked.basis(),
            Receivables.Behind.of(bucket),
            (long) page * size,
            size);
    return new Items(
        asked.day(),
        asked.basis().word(),
        found.stream()
            .map(
                i ->
                    new Item(
                        i.invoice(),
                        i.customer(),
                        i.customerName(),
                        i.issued(),
                        i.due(),
                        i.open().plain(),
                        i.open().currencyCode(),
                        i.outcome()))
            .toList(),
        found.size() == size);
  }

  @GetMapping("/dso")
  Outstanding dso(FigureParams params) {
    Asked asked = scope.asked(params);
    var all = figures.at(asked.cut(), asked.day());
    String currency = currencyOf(asked);
    ReceivablesFigures.OfCurrency of = of(all, currency, asked);
    return new Outstanding(
        asked.day(),
        currency,
        of.aged().total().plain(),
        of.aged().notDue().plain(),
        of.sales().plain(),
        ReceivablesFigures.SALES_DAYS,
        values.of("dso", of.outstanding()),
        values.of("count-back", of.countBack()),
        values.of("best-possible", of.best()),
        values.of("delinquent", of.delinquent()),
        others(all, currency));
  }

  @GetMapping("/cei")
  Effectiveness cei(FigureParams params) {
    Asked asked = scope.asked(params);
    var all = figures.at(asked.cut(), asked.day());
    String currency = currencyOf(asked);
    ReceivablesFigures.OfCurrency of = of(all, currency, asked);
    return new Effectiveness(
        asked.day(),
        of.opened().asOf(),
        currency,
        of.opened().total().plain(),
        of.salesSince().plain(),
        of.aged().total().plain(),
        of.aged().notDue().plain(),
        values.of("cei", of.effectiveness()),
        values.of("at-risk", of.atRisk()),
        of.rollRates().stream()
            .map(
                r ->
                    new Roll(
                        r.from(),
                        r.to(),
                        r.before().plain(),
                        r.now().plain(),
                        values.of("roll-rates", r.rate())))
            .toList(),
        others(all, currency));
  }

  private static String currencyOf(Asked asked) {
    String chosen = asked.cut().currency();
    return chosen == null ? asked.home() : chosen;
  }

  private static List<String> others(SortedMap<String, ?> all, String currency) {
    return all.keySet().stream().filter(code -> !code.equals(currency)).toList();
  }

  private static ReceivablesFigures.OfCurrency of(
      SortedMap<String, ReceivablesFigures.OfCurrency> all, String currency, Asked asked) {
    ReceivablesFigures.OfCurrency found = all.get(currency);
    return found == null ? ReceivablesFigures.ofNothing(currency, asked.day()) : found;
  }
}
