package io.relance.ledger;

import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is open in one currency, by how long it is overdue.
 *
 * @param buckets all of them, zero where nothing is
 * @param credits credit notes that no invoice took; positive
 */
public record AgedBalance(Currency currency, Map<AgeingBucket, Money> buckets, Money credits) {

  /** As of a day, a currency each, in the order in which they appear. */
  public static List<AgedBalance> of(List<Invoice> open, LocalDate day) {
    Map<Currency, Map<AgeingBucket, Money>> sums = new LinkedHashMap<>();
    Map<Currency, Money> credits = new LinkedHashMap<>();
    for (Invoice item : open) {
      Currency currency = item.open().currency();
      Map<AgeingBucket, Money> ofCurrency = sums.computeIfAbsent(currency, AgedBalance::empty);
      if (item.isCreditNote()) {
        credits.merge(currency, item.open().negated(), Money::plus);
      } else {
        ofCurrency.merge(AgeingBucket.of(item.dueDate(), day), item.open(), Money::plus);
      }
    }
    List<AgedBalance> balances = new ArrayList<>();
    sums.forEach(
        (currency, buckets) ->
            balances.add(
                new AgedBalance(
                    currency, buckets, credits.getOrDefault(currency, Money.zero(currency)))));
    return balances;
  }

  private static Map<AgeingBucket, Money> empty(Currency currency) {
    Map<AgeingBucket, Money> buckets = new EnumMap<>(AgeingBucket.class);
    for (AgeingBucket bucket : AgeingBucket.values()) {
      buckets.put(bucket, Money.zero(currency));
    }
    return buckets;
  }

  /** All of it, with the credits deducted. */
  public Money total() {
    return buckets.values().stream().reduce(Money.zero(currency), Money::plus).minus(credits);
  }

  /** What is due and not paid, credits apart. */
  public Money overdue() {
    return buckets.entrySet().stream()
        .filter(b -> b.getKey() != AgeingBucket.NOT_DUE)
        .map(Map.Entry::getValue)
        .reduce(Money.zero(currency), Money::plus);
  }
}
