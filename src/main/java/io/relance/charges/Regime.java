package io.relance.charges;

import java.util.Arrays;
import java.util.Set;

/** The law under which a creditor's late payments bear interest. */
public enum Regime {

  /** Code de commerce, articles L441-10 II and D441-5. */
  FRANCE("fr", "code de commerce, art. L441-10 II, D441-5"),

  /** § 288 BGB. */
  GERMANY("de", "§ 288 BGB"),

  /** Directive 2011/7/EU as its least, for the other countries of the union. */
  EUROPEAN_UNION("eu", "2011/7/EU, art. 3, 6"),

  /** Late Payment of Commercial Debts (Interest) Act 1998. */
  UNITED_KINGDOM("gb", "Late Payment of Commercial Debts (Interest) Act 1998"),

  /** What was agreed, and nothing without it. */
  CONTRACT("contract", ""),

  /** Nothing is charged. */
  NONE("none", "");

  private static final Set<String> UNION =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IE", "IT", "LT",
          "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

  private final String word;
  private final String law;

  Regime(String word, String law) {
    this.word = word;
    this.law = law;
  }

  public String word() {
    return word;
  }

  /** The source, quoted alike in all languages; empty if it is no law. */
  public String law() {
    return law;
  }

  /** That of a creditor's country, unless their terms say otherwise. */
  static Regime ofCountry(String country) {
    return switch (country) {
      case "FR" -> FRANCE;
      case "DE" -> GERMANY;
      case "GB" -> UNITED_KINGDOM;
      default -> UNION.contains(country) ? EUROPEAN_UNION : NONE;
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
