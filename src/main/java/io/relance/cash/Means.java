package io.relance.cash;

import java.util.Arrays;
import java.util.Locale;

/** How a payer gives money to a person. */
public enum Means {
  CASH(true),
  CARD(true),
  /** Not cashed yet: it may come back. */
  CHEQUE(false),
  /** Announced: the bank will tell when it came. */
  TRANSFER(false);

  private final boolean money;

  Means(boolean money) {
    this.money = money;
  }

  /** Whether it is money already, or only says that money will come. */
  public boolean isMoney() {
    return money;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other word
   */
  public static Means of(String word) {
    return Arrays.stream(values())
        .filter(m -> m.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "means is '" + word + "'; it is cash, card, cheque or transfer"));
  }
}
