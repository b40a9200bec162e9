package io.relance.outreach;

import java.util.Locale;

/** How a message speaks, from the softest to the firmest. */
public enum Tone {
  /** About a payment plan: what is agreed, or an instalment that is late. */
  PLAN,
  COURTEOUS,
  FIRM,
  FINAL;

  /** As models, tables and the API write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Tone of(String word) {
    try {
      return valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "There is no tone '" + word + "'; there are courteous, firm and final");
    }
  }
}
