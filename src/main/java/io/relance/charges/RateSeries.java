package io.relance.charges;

import java.util.Arrays;

/** A published rate to which laws refer; each row of it holds for a half-year. */
public enum RateSeries {

  /** Of the ECB's main refinancing operations on 1 January and 1 July. */
  ECB_REFINANCING("ecb-refinancing", "ECB refinancing rate"),

  /** The Bank of England's Bank Rate on the 31 December or 30 June before. */
  BANK_RATE("bank-rate", "Bank Rate"),

  /** The French legal interest rate where the creditor is a business. */
  FRENCH_LEGAL("french-legal", "French legal interest rate"),

  /** The German base rate, § 247 BGB. */
  GERMAN_BASE("german-base", "German base rate");

  private final String word;
  private final String title;

  RateSeries(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /** Names it in addresses and in the database. */
  public String word() {
    return word;
  }

  public String title() {
    return title;
  }

  /**
   * @throws IllegalArgumentException if there is no such series
   */
  public static RateSeries of(String word) {
    return Arrays.stream(values())
        .filter(s -> s.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no series of rates '"
                        + word
                        + "'; there are "
                        + Arrays.stream(values()).map(RateSeries::word).toList()));
  }
}
