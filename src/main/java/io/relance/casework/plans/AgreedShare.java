package io.relance.casework.plans;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of what is open a part of an agreement is. */
sealed interface AgreedShare {

  /** A part of all that is open. */
  record Fraction(int numerator, int denominator) implements AgreedShare {}

  /** So much, in the currency of what is open. */
  record Sum(BigDecimal amount) implements AgreedShare {}

  /** What the other parts leave. */
  record Rest() implements AgreedShare {}

  /** Nothing was said: an equal part, or what the others leave. */
  record Unsaid() implements AgreedShare {}

  /** A share and the words around it that did not name it. */
  record Found(AgreedShare share, String others) {}

  /**
   * @param words in small letters and without accents
   */
  static Optional<Found> find(String words) {
    for (Way way : Way.ALL) {
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

  /** Words and what they mean. */
  record Way(Pattern words, Meaning meaning) {

    interface Meaning {
      AgreedShare of(MatchResult words);
    }

    private static final List<Way> ALL =
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
            way("(?:a |one |the |un |le |1 )?(?:third|tiers)", m -> new Fraction(1, 3)),
            way("(?:a |one |the |un |le |1 )?(?:quarter|quart)", m -> new Fraction(1, 4)),
            way("(\\d{1,2})/(\\d{1,2})", AgreedShare::fraction),
            way(
                "(\\d{1,3}) ?(?:%|percent|per cent|pour ?cent)",
                m -> new Fraction(Integer.parseInt(m.group(1)), 100)),
            way(
                "(?:eur|usd|gbp|chf|€|£|\\$)? ?(\\d{1,3}(?:[ ']\\d{3})+|\\d{1,15})(?:[.,](\\d{1,2}))? ?(?:eur(?:os?)?|usd|gbp|chf|€|£|\\$|k(?=\\W|$))?",
                AgreedShare::sum));

    private static Way way(String words, Meaning meaning) {
      return new Way(Pattern.compile("(?<![\\w.,])(?:" + words + ")(?![\\w])"), meaning);
    }
  }

  /** An amount of nothing where it is no part of one: it is named as such. */
  private static AgreedShare fraction(MatchResult m) {
    int numerator = Integer.parseInt(m.group(1));
    int denominator = Integer.parseInt(m.group(2));
    return numerator > 0 && numerator <= denominator
        ? new Fraction(numerator, denominator)
        : new Sum(BigDecimal.ZERO);
  }

  /** As it is read again. */
  default String words() {
    return switch (this) {
      case Fraction f -> f.numerator() + "/" + f.denominator();
      case Sum sum -> sum.amount().toPlainString();
      case Rest rest -> "rest";
      case Unsaid unsaid -> "";
    };
  }

  private static AgreedShare sum(MatchResult m) {
    String whole = m.group(1).replaceAll("[ ']", "");
    String decimals = m.group(2) == null ? "" : "." + m.group(2);
    BigDecimal amount = new BigDecimal(whole + decimals);
    return new Sum(m.group().strip().endsWith("k") ? amount.movePointRight(3) : amount);
  }
}
