package io.relance.casework.plans;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what a payer says they will pay and when, as an agent types it while they speak: "half on
 * Friday, rest end of month", "200 le 15 puis le solde fin janvier". English and French, both at
 * any time. Nothing is guessed: a word that was not understood is an error that names it.
 */
public final class AgreedWords {

  /** Why the words cannot be taken; pages have a sentence for each. */
  public enum Why {
    EMPTY,
    NO_DAY,
    NO_SUCH_DAY,
    WORDS,
    TWO_RESTS,
    SAME_DAY,
    LEFT_OVER,
    TOO_MUCH,
    NOTHING_LEFT,
    DAY_OR_AMOUNT,
    CURRENCY
  }

  /** What was typed cannot be taken; the message says which part of it, and what would help. */
  public static final class NotUnderstood extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Why why;
    private final String part;

    NotUnderstood(Why why, String part, String message) {
      super(message);
      this.why = why;
      this.part = part;
    }

    public Why why() {
      return why;
    }

    /** The words, or the amount, that it is about. */
    public String part() {
      return part;
    }
  }

  private record Part(LocalDate day, AgreedShare share) {}

  private static final Pattern BETWEEN =
      Pattern.compile(
          "\\s*(?:;|\\n|,(?!\\d)|(?<!\\d),|\\+|\\s(?:and|then|et|puis|ensuite)\\s)\\s*");
  private static final Set<String> FILLERS =
      Set.of(
          ("on by for at of it to the an before avant until with from pay pays paid paying will he she they"
                  + " le la les l au aux a de du d pour en un une paye paie payera paiera verse"
                  + " regle il elle ils s'engage is be")
              .split(" "));

  private AgreedWords() {}

  /**
   * What is to be paid when, by the day.
   *
   * @param left what of all that is open was not spoken of; never of two parts or more
   */
  public record Agreement(List<Instalment> parts, Money left) {}

  /**
   * @param total all that is open; parts are parts of it
   * @throws NotUnderstood if a word, a day or an amount is not understood, or two parts or more do
   *     not add up to the total
   */
  public static Agreement read(String text, Money total, LocalDate today) {
    List<Part> parts = equalIfUnsaid(parts(text, today));
    List<Money> amounts = amounts(parts, total);
    List<Instalment> instalments = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      LocalDate day = parts.get(i).day();
      if (i > 0 && day.equals(parts.get(i - 1).day())) {
        throw new NotUnderstood(
            Why.SAME_DAY,
            day.toString(),
            "two parts are due on " + day + ": say one amount for it");
      }
      instalments.add(new Instalment(i + 1, day, amounts.get(i)));
    }
    Money left = total.minus(amounts.stream().reduce(Money::plus).orElseThrow());
    if (left.isPositive() && parts.size() > 1) {
      throw new NotUnderstood(
          Why.LEFT_OVER,
          left.toString(),
          left + " of " + total + " is left: say when it comes, such as rest end of month");
    }
    return new Agreement(List.copyOf(instalments), left);
  }

  /**
   * The same agreement with its days written out, so that it means the same tomorrow: {@code 1/2
   * 2026-11-27, rest 2026-11-30}.
   *
   * @throws NotUnderstood if it is not understood
   */
  public static String dated(String text, LocalDate today) {
    List<Part> parts = equalIfUnsaid(parts(text, today));
    List<String> dated = new ArrayList<>();
    for (Part part : parts) {
      boolean last = dated.size() == parts.size() - 1;
      boolean takesTheRest =
          last
              && parts.size() > 1
              && parts.stream().noneMatch(p -> p.share() instanceof AgreedShare.Rest);
      dated.add((takesTheRest ? "rest" : part.share().words()) + " " + part.day());
    }
    return String.join(", ", dated);
  }

  /** Whether amounts are said, which are of one currency; parts and the rest are of any. */
  public static boolean namesAmounts(String text, LocalDate today) {
    return parts(text, today).stream().anyMatch(p -> p.share() instanceof AgreedShare.Sum);
  }

  private static List<Part> parts(String text, LocalDate today) {
    String plain = AgreedDays.withDates(plain(text));
    if (plain.isBlank()) {
      throw new NotUnderstood(
          Why.EMPTY, "", "nothing was said: such as half on Friday, rest end of month");
    }
    return Stream.of(BETWEEN.split(plain))
        .filter(words -> !words.isBlank())
        .map(words -> part(words.strip(), today))
        .sorted(Comparator.comparing(Part::day))
        .toList();
  }

  /** Small letters without accents, one blank between words. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replace('\u2019', '\'')
        .replaceAll("[\\t\\x0b\\f\\r \\u00a0\\u202f]+", " ")
        .strip();
  }

  private static Part part(String words, LocalDate today) {
    AgreedDays.Found day;
    try {
      day =
          AgreedDays.find(words, today)
              .orElseThrow(
                  () ->
                      new NotUnderstood(
                          Why.NO_DAY,
                          words,
                          "'"
                              + words
                              + "' names no day: such as Friday, the 15th, 15 January, end of month, in 10 days"));
    } catch (DateTimeException none) {
      throw new NotUnderstood(
          Why.NO_SUCH_DAY, words, "'" + words + "' names a day that the calendar does not have");
    }
    AgreedShare.Found share =
        AgreedShare.find(day.others())
            .orElse(new AgreedShare.Found(new AgreedShare.Unsaid(), day.others()));
    for (String word : share.others().strip().split("[\\s']+")) {
      if (!word.isEmpty() && !FILLERS.contains(word)) {
        throw new NotUnderstood(
            Why.WORDS, word, "'" + word + "' in '" + words + "' was not understood");
      }
    }
    if (share.share() instanceof AgreedShare.Sum sum && sum.mayBeADay()) {
      throw new NotUnderstood(
          Why.DAY_OR_AMOUNT,
          sum.amount().toPlainString(),
          "'%s' in '%s' may be a day or an amount: give an amount its currency, and a day its month"
              .formatted(sum.amount().toPlainString(), words));
    }
    return new Part(day.day(), share.share());
  }

  /** Several days and no amount: equal parts. One day without an amount: what the others leave. */
  private static List<Part> equalIfUnsaid(List<Part> parts) {
    long unsaid = parts.stream().filter(p -> p.share() instanceof AgreedShare.Unsaid).count();
    if (unsaid == 0) {
      return parts;
    }
    if (unsaid == parts.size()) {
      return parts.stream()
          .map(p -> new Part(p.day(), new AgreedShare.Fraction(1, parts.size())))
          .toList();
    }
    return parts.stream()
        .map(
            p ->
                p.share() instanceof AgreedShare.Unsaid
                    ? new Part(p.day(), new AgreedShare.Rest())
                    : p)
        .toList();
  }

  private static List<Money> amounts(List<Part> parts, Money total) {
    List<Integer> rests =
        Stream.iterate(0, i -> i + 1)
            .limit(parts.size())
            .filter(i -> parts.get(i).share() instanceof AgreedShare.Rest)
            .toList();
    if (rests.size() > 1) {
      throw new NotUnderstood(
          Why.TWO_RESTS, "", "two parts are what the others leave: say an amount for one of them");
    }
    List<Money> amounts = new ArrayList<>();
    for (Part part : parts) {
      amounts.add(amount(part.share(), total));
    }
    Money left = total.minus(amounts.stream().reduce(Money::plus).orElseThrow());
    if (rests.isEmpty() && isWhole(parts)) {
      // what rounding left belongs to the last one
      amounts.set(parts.size() - 1, amounts.getLast().plus(left));
      return amounts;
    }
    if (left.negated().isPositive()) {
      throw new NotUnderstood(
          Why.TOO_MUCH,
          left.negated().toString(),
          "that is " + left.negated() + " more than the " + total + " that is open");
    }
    if (!rests.isEmpty()) {
      if (!left.isPositive() || isWhole(others(parts))) {
        throw new NotUnderstood(
            Why.NOTHING_LEFT, "", "the other parts are all that is open: nothing is left");
      }
      amounts.set(rests.getFirst(), left);
    }
    return amounts;
  }

  private static List<Part> others(List<Part> parts) {
    return parts.stream().filter(p -> !(p.share() instanceof AgreedShare.Rest)).toList();
  }

  /** Whether the parts are fractions that make up all of it. */
  private static boolean isWhole(List<Part> parts) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Part part : parts) {
      if (!(part.share() instanceof AgreedShare.Fraction f)) {
        return false;
      }
      sum =
          sum.add(
              BigDecimal.valueOf(f.numerator())
                  .divide(BigDecimal.valueOf(f.denominator()), 12, RoundingMode.HALF_UP));
    }
    return sum.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.000001")) < 0;
  }

  private static Money sum(AgreedShare.Sum sum, Money total) {
    String said = sum.currency();
    if (said != null && !said.equals(total.currencyCode())) {
      throw new NotUnderstood(
          Why.CURRENCY,
          sum.words(),
          "'" + sum.words() + "' cannot be paid of " + total + ": that is another currency");
    }
    try {
      return Money.of(sum.amount(), total.currencyCode());
    } catch (IllegalArgumentException tooFine) {
      throw new NotUnderstood(Why.WORDS, sum.words(), String.valueOf(tooFine.getMessage()));
    }
  }

  private static Money amount(AgreedShare share, Money total) {
    return switch (share) {
      case AgreedShare.Sum sum -> sum(sum, total);
      case AgreedShare.Fraction f ->
          new Money(
              total
                  .amount()
                  .multiply(BigDecimal.valueOf(f.numerator()))
                  .divide(
                      BigDecimal.valueOf(f.denominator()),
                      total.amount().scale(),
                      RoundingMode.DOWN),
              total.currency());
      case AgreedShare.Rest rest -> Money.zero(total.currency());
      case AgreedShare.Unsaid unsaid -> Money.zero(total.currency());
    };
  }
}
