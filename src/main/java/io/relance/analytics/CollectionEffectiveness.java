package io.relance.analytics;

import io.relance.analytics.Figure.Known;
import io.relance.analytics.Figure.Unit;
import io.relance.analytics.Figure.Unknown;
import io.relance.analytics.Figure.Why;
import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * Collection effectiveness index: of what could have been collected in a period, how much was, in
 * percent. 100 is everything that fell due.
 */
public final class CollectionEffectiveness {

  private CollectionEffectiveness() {}

  /**
   * (opening + sales / months - open at the end) / (opening + sales / months - not due at the end)
   * x 100.
   *
   * @param opening open when the period began; null where that is not known
   * @param sales billed in the period
   * @param months that it has
   * @param open open at its end
   * @param notDue the part of that which is not due yet
   */
  public static Figure of(
      @Nullable Money opening, Money sales, int months, Money open, Money notDue) {
    if (opening == null) {
      return new Unknown(Why.NO_OPENING_BALANCE, Unit.PERCENT);
    }
    BigDecimal begun =
        opening
            .plus(Money.zero(sales.currency()))
            .amount()
            .add(sales.amount().divide(BigDecimal.valueOf(months), MathContext.DECIMAL64));
    BigDecimal collected = begun.subtract(open.amount());
    BigDecimal collectable = begun.subtract(notDue.amount());
    if (collectable.signum() <= 0) {
      return new Unknown(Why.NOTHING_COLLECTABLE, Unit.PERCENT);
    }
    return new Known(
        collected.movePointRight(2).divide(collectable, MathContext.DECIMAL64), Unit.PERCENT);
  }
}
