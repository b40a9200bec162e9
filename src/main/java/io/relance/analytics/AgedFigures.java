package io.relance.analytics;

import io.relance.kernel.Money;
import io.relance.ledger.AgeingBucket;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The aged balance of one currency at the end of a day.
 *
 * @param buckets invoices by age, all ages, zero where nothing is; without what was given up
 * @param credits credit notes that no invoice took; positive
 * @param writtenOff open in the ledger, given up; no part of the total
 * @param handedOver open in the ledger, with an agency, insurer or lawyer; no part of the total
 * @param from91To120 the part of the last bucket that got there within thirty days
 */
public record AgedFigures(
    LocalDate asOf,
    Currency currency,
    Map<AgeingBucket, Bucket> buckets,
    Bucket credits,
    Bucket writtenOff,
    Bucket handedOver,
    Money from91To120) {

  /** An amount, and of how many invoices. */
  public record Bucket(Money amount, long invoices) {

    Bucket converted(UnaryOperator<Money> conversion) {
      return new Bucket(conversion.apply(amount), invoices);
    }

    Bucket plus(Bucket other) {
      return new Bucket(amount.plus(other.amount), invoices + other.invoices);
    }
  }

  /**
   * What is open of invoices that count from the same day.
   *
   * @param agedFrom the due date, or the issue date
   */
  record Sum(@Nullable String outcome, LocalDate agedFrom, Money open, long invoices) {}

  /** Nothing of that currency. */
  public static AgedFigures none(LocalDate asOf, Currency currency) {
    return of(asOf, currency, java.util.List.of());
  }

  static AgedFigures of(LocalDate asOf, Currency currency, Collection<Sum> sums) {
    Money zero = Money.zero(currency);
    Bucket none = new Bucket(zero, 0);
    Map<AgeingBucket, Bucket> buckets = new EnumMap<>(AgeingBucket.class);
    for (AgeingBucket age : AgeingBucket.values()) {
      buckets.put(age, none);
    }
    Bucket credits = none;
    Bucket writtenOff = none;
    Bucket handedOver = none;
    Money from91To120 = zero;
    for (Sum sum : sums) {
      Bucket more = new Bucket(sum.open(), sum.invoices());
      if ("written-off".equals(sum.outcome())) {
        writtenOff = writtenOff.plus(more);
      } else if (sum.outcome() != null) {
        handedOver = handedOver.plus(more);
      } else if (sum.open().isNegative()) {
        credits = credits.plus(new Bucket(sum.open().negated(), sum.invoices()));
      } else {
        buckets.merge(AgeingBucket.of(sum.agedFrom(), asOf), more, Bucket::plus);
        long days = ChronoUnit.DAYS.between(sum.agedFrom(), asOf);
        if (days > 90 && days <= 120) {
          from91To120 = from91To120.plus(sum.open());
        }
      }
    }
    return new AgedFigures(asOf, currency, buckets, credits, writtenOff, handedOver, from91To120);
  }

  /** All amounts made others, such as amounts of another currency; invoices stay. */
  AgedFigures converted(Currency other, UnaryOperator<Money> conversion) {
    Map<AgeingBucket, Bucket> converted = new EnumMap<>(AgeingBucket.class);
    buckets.forEach((age, bucket) -> converted.put(age, bucket.converted(conversion)));
    return new AgedFigures(
        asOf,
        other,
        converted,
        credits.converted(conversion),
        writtenOff.converted(conversion),
        handedOver.converted(conversion),
        conversion.apply(from91To120));
  }

  /** Both together; of the same day and currency. */
  AgedFigures plus(AgedFigures other) {
    Map<AgeingBucket, Bucket> sums = new EnumMap<>(AgeingBucket.class);
    buckets.forEach((age, bucket) -> sums.put(age, bucket.plus(other.bucket(age))));
    return new AgedFigures(
        asOf,
        currency,
        sums,
        credits.plus(other.credits),
        writtenOff.plus(other.writtenOff),
        handedOver.plus(other.handedOver),
        from91To120.plus(other.from91To120));
  }

  /** That of an age. */
  public Bucket bucket(AgeingBucket age) {
    return Objects.requireNonNull(buckets.get(age));
  }

  /** What may still be collected: the buckets less the credits. */
  public Money total() {
    return invoiced().minus(credits.amount());
  }

  /** What is not due yet. */
  public Money notDue() {
    return bucket(AgeingBucket.NOT_DUE).amount();
  }

  /** All that the ledger shows open: the total, what was written off and what was handed over. */
  public Money inLedger() {
    return total().plus(writtenOff.amount()).plus(handedOver.amount());
  }

  /** Share at risk: how much of the open invoices is due for more than ninety days, in percent. */
  public Figure atRisk() {
    return Figure.percent(
        bucket(AgeingBucket.BEYOND).amount(), invoiced(), Figure.Why.NOTHING_OPEN);
  }

  private Money invoiced() {
    return buckets.values().stream().map(Bucket::amount).reduce(Money.zero(currency), Money::plus);
  }
}
