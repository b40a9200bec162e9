package io.relance.casework.plans;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much of what is open a part of an agreement is. */
sealed interface AgreedShare {

  /** A part of all that is open. */
  record Fraction(int numerator, int denominator) implements AgreedShare {}

  /**
   * So much.
   *
   * @param currency its code, if it was said; otherwise that of what is open
   */
  record Sum(BigDecimal amount, @Nullable String currency) implements AgreedShare {

    /** It may be a day of the month, or a time: it wants its currency. */
    boolean mayBeADay() {
      return currency == null && amount.compareTo(DAYS_MAX) < 0;
    }
  }

  /** What the other parts leave. */
  record Rest() implements AgreedShare {}

  /** Nothing was said: an equal part, or what the others leave. */
  record Unsaid() implements AgreedShare {}

  /** A share and the words around it that did not name it. */
  record Found(AgreedShare share, String others) {}

  /** Words and what they mean. */
  record Way(Pattern words, Meaning meaning) {}

  /** What words mean. */
  interface Meaning {
    AgreedShare of(MatchResult words);
  }

  BigDecimal DAYS_MAX = BigDecimal.valueOf(32);

  List<Way> WAYS =
      List.of(
          way(
              "(?:the |le |la )?(?:rest|remainder|remaining|balance|reste|restant|solde)",
              m -> new Rest()),
          way(
              "(?:all of it|all|everything|the whole|tout|(?:la )?totalite)",
              m -> new Fraction(1, 1)),
          way("(?:a |one |the |la |une )?(?:half|moitie)", m -> new Fraction(1, 2)),
          way("(?:two|2|deux) ?(?:thirds|tiers)", m -> new Fraction(2, 3)),
          way("(?:three|3|trois) ?(?:quarters|quarts)", m -> new Fraction(3, 4)),
          way("(?:a |one |un |le |1 )?(?:third|tiers)", m -> new Fraction(1, 3)),
          way("(?:a |one |un |le |1 )?(?:quarter|quart)", m -> new Fraction(1, 4)),
          way("(\\d{1,3})/(\\d{1,3}) part", AgreedShare::fraction),
          // others may be dates
          way("([1-4])/([2-5])", AgreedShare::fraction),
          way(
              "(\\d{1,3}) ?(?:%|percent|per cent|pour ?cent)",
              m -> new Fraction(Integer.parseInt(m.group(1)), 100)),
          way(
              "(eur|usd|gbp|chf|[\u20ac\u00a3$])? ?(\\d{1,3}(?:[ ']\\d{3})+|\\d{1,15})(?:[.,](\\d{1,2}))? ?(eur(?:os?)?|usd|gbp|chf|[\u20ac\u00a3$])?",
              AgreedShare::sum));

  /**
   * @param words in small letters and without accents
   */
  static Optional<Found> find(String words) {
    for (Way way : WAYS) {
      Matcher matcher = way.words().matcher(words);
      if (matcher.find()) {
        return Optional.of(
            new Found(
                way.meaning().of(matcher.toMatchResult()),
                words.substring(0, matcher.start()) + " " + words.substring(matcher.end())));
      }
    }
    return Optional.empty();
  }

  /** As it is read again. */
  default String words() {
    return switch (this) {
      case Fraction f -> f.numerator() + "/" + f.denominator() + " part";
      case Sum sum ->
          sum.amount().toPlainString() + (sum.currency() == null ? "" : " " + sum.currency());
      case Rest rest -> "rest";
      case Unsaid unsaid -> "";
    };
  }

  private static Way way(String words, Meaning meaning) {
    return new Way(Pattern.compile("(?<![\\w.,/])(?:" + words + ")(?![\\w/])"), meaning);
  }

  /** No part of a whole is named as an amount of nothing. */
  private static AgreedShare fraction(MatchResult m) {
    int numerator = Integer.parseInt(m.group(1));
    int denominator = Integer.parseInt(m.group(2));
    return numerator > 0 && numerator <= denominator
        ? new Fraction(numerator, denominator)
        : new Sum(BigDecimal.ZERO, null);
  }

  private static AgreedShare sum(MatchResult m) {
    String whole = m.group(2).replaceAll("[ ']", "");
    String decimals = m.group(3) == null ? "" : "." + m.group(3);
    String currency = m.group(1) == null ? m.group(4) : m.group(1);
    return new Sum(new BigDecimal(whole + decimals), currency == null ? null : code(currency));
  }

  private static String code(String said) {
    return switch (said) {
      case "\u20ac", "euro", "euros" -> "EUR";
      case "\u00a3" -> "GBP";
      case "$" -> "USD";
      default -> said.toUpperCase(Locale.ROOT);
    };
  }
}
