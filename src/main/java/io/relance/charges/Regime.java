package io.relance.charges;

import java.util.Arrays;
import java.util.Set;

/** The law under which a creditor's late payments bear interest. */
public enum Regime {

  /** Code de commerce, articles L441-10 II and D441-5. */
  FRANCE("fr"),

  /** § 288 BGB. */
  GERMANY("de"),

  /** Directive 2011/7/EU as its least, for the other countries that have the euro. */
  EUROPEAN_UNION("eu"),

  /** Late Payment of Commercial Debts (Interest) Act 1998. */
  UNITED_KINGDOM("gb"),

  /** What was agreed, and nothing without it. */
  CONTRACT("contract"),

  /** Nothing is charged. */
  NONE("none");

  /**
   * The members whose reference rate is the ECB's. The others' is their own central bank's (article
   * 2 (7) (b)), which is not kept here: their creditors agree on a rate.
   */
  private static final Set<String> EURO =
      Set.of(
          "AT", "BE", "BG", "CY", "EE", "ES", "FI", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT",
          "NL", "PT", "SI", "SK");

  private final String word;

  Regime(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** That of a creditor's country, unless their terms say otherwise. */
  static Regime ofCountry(String country) {
    return switch (country) {
      case "FR" -> FRANCE;
      case "DE" -> GERMANY;
      case "GB" -> UNITED_KINGDOM;
      default -> EURO.contains(country) ? EUROPEAN_UNION : NONE;
    };
  }

  /**
   * @throws IllegalArgumentException if there is no such regime
   */
  public static Regime of(String word) {
    return Arrays.stream(values())
        .filter(r -> r.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "regime is '"
                        + word
                        + "'; it is one of "
                        + Arrays.stream(values()).map(Regime::word).toList()));
  }
}
