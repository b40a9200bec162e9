package io.relance.web;

import java.math.BigDecimal;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the acts on a payer's file have in common. */
final class ActSupport {

  private static final int DIGITS_MAX = 15;

  private ActSupport() {}

  /**
   * What names a form that is sent, so that it is done once however often it is sent.
   *
   * @param token of the sender; without one, it is done each time
   * @throws IllegalArgumentException if it is no token
   */
  static String token(@Nullable String token) {
    if (token == null || token.isBlank()) {
      return UUID.randomUUID().toString();
    }
    if (!token.matches("[A-Za-z0-9-]{8,60}")) {
      throw new IllegalArgumentException(
          "token can have 8 to 60 letters, digits and hyphens, and is '" + token + "'");
    }
    return token;
  }

  /** What is not there is an address that leads nowhere. */
  static <T> T found(Supplier<T> action) {
    try {
      return action.get();
    } catch (NoSuchElementException missing) {
      throw new Problems.NotFound(String.valueOf(missing.getMessage()));
    }
  }

  static void found(Runnable action) {
    found(
        () -> {
          action.run();
          return true;
        });
  }

  /**
   * An amount that can be meant; a number such as 1e999999999 would fill the memory.
   *
   * @throws IllegalArgumentException if it is missing or too large
   */
  static BigDecimal amount(@Nullable BigDecimal amount) {
    if (amount == null) {
      throw new IllegalArgumentException("amount is missing: give a number such as 120.50");
    }
    if ((long) amount.precision() - amount.scale() > DIGITS_MAX || amount.scale() > DIGITS_MAX) {
      throw new IllegalArgumentException("amount has too many digits to be meant");
    }
    return amount;
  }
}
