package io.relance.analytics.exchange;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Why an amount cannot be told in the group's currency.
 *
 * @param group null where none was chosen
 * @param newest the day of the newest rate up to the day asked for; null where there is none
 * @param daysMax how old it may be, in days
 */
public record RateGap(
    Kind kind,
    @Nullable String currency,
    @Nullable String group,
    LocalDate day,
    @Nullable LocalDate newest,
    int daysMax) {

  /** Kinds of gaps. */
  public enum Kind {
    NO_GROUP_CURRENCY("no-group"),
    NO_RATE("no-rate"),
    TOO_OLD("too-old");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As keys of texts have it. */
    public String word() {
      return word;
    }
  }

  /** What follows "not available, because". */
  public String text() {
    return switch (kind) {
      case NO_GROUP_CURRENCY -> "no group currency was chosen";
      case NO_RATE ->
          "there is no rate between " + currency + " and " + group + " of " + day + " or earlier";
      case TOO_OLD ->
          "the newest rate between "
              + currency
              + " and "
              + group
              + " is of "
              + newest
              + ", more than "
              + daysMax
              + " days before "
              + day;
    };
  }
}
