package io.relance.casework.plans;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the day that a few words name, in English or French, as it is said on a telephone: always
 * ahead. Days stand before months, as in Europe.
 */
final class AgreedDays {

  /**
   * A day and the words around it that did not name it.
   *
   * @param others with a blank where the day was
   */
  record Found(LocalDate day, String others) {}

  private interface Meaning {
    /**
     * @throws DateTimeException if the calendar has no such day
     */
    LocalDate of(MatchResult words, LocalDate today);
  }

  private record Way(Pattern words, Meaning meaning) {}

  private static final Map<String, DayOfWeek> WEEKDAYS = weekdays();
  private static final Map<String, Month> MONTHS = months();
  private static final Map<String, Integer> NUMBERS = numbers();

  private static final String WEEKDAY = anyOf(WEEKDAYS);
  private static final String MONTH = anyOf(MONTHS);
  private static final String NUMBER = "(\\d{1,3}|" + String.join("|", NUMBERS.keySet()) + ")";

  private static final String AND_ITS_DATE = ",? (?:the |le )?";

  private static final String NO_AMOUNT = "(?! ?(?:%|eur|usd|gbp|chf|[\u20ac\u00a3$]|[.,]\\d))";
  private static final Pattern COMMA_BEFORE_A_DATE =
      Pattern.compile("\\b(" + WEEKDAY + "), ?(?=(?:the |le )?\\d{1,2}(?!\\d)" + NO_AMOUNT + ")");

  /** The more particular before the less: "end of next month" has "next month" in it. */
  private static final List<Way> WAYS =
      List.of(
          // a weekday with its date is that date, or nothing
          way(
              "("
                  + WEEKDAY
                  + ")"
                  + AND_ITS_DATE
                  + "(\\d{1,2})(?:st|nd|rd|th|er)? (?:of )?("
                  + MONTH
                  + ")(?: (\\d{4}))?",
              (m, today) -> on(m, inMonth(number(m, 2), m.group(3), m.group(4), today))),
          way(
              "("
                  + WEEKDAY
                  + ")"
                  + AND_ITS_DATE
                  + "(\\d{1,2})[/.](\\d{1,2})(?:[/.](\\d{4}|\\d{2})?)?",
              (m, today) -> on(m, written(number(m, 2), number(m, 3), m.group(4), today))),
          way(
              "(" + WEEKDAY + ")" + AND_ITS_DATE + "(\\d{1,2})(?:st|nd|rd|th|er)?" + NO_AMOUNT,
              (m, today) -> on(m, ofMonth(number(m, 2), today))),
          way(
              "(\\d{4})-(\\d{2})-(\\d{2})",
              (m, today) -> LocalDate.of(number(m, 1), number(m, 2), number(m, 3))),
          way(
              "(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})?",
              (m, today) -> written(number(m, 1), number(m, 2), m.group(3), today)),
          way(
              "(?:the )?end of (?:the )?next month|fin (?:de|du) mois prochain",
              (m, today) -> monthEnd(today.withDayOfMonth(1).plusMonths(1))),
          way(
              "(?:the )?end of (?:the |this )?month|month(?: ?'?s)? end|fin (?:de|du) (?:ce )?mois|fin mois",
              (m, today) -> monthEnd(today)),
          way(
              "(?:the )?end of (?:the |this )?week|fin de (?:la )?semaine",
              (m, today) -> today.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY))),
          way(
              "(?:the )?(?:end of|fin) (" + MONTH + ")(?: (\\d{4}))?",
              (m, today) -> monthEnd(inMonth(1, m.group(1), m.group(2), today.withDayOfMonth(1)))),
          way(
              "mid[- ](" + MONTH + ")|mi[- ](" + MONTH + ")",
              (m, today) -> inMonth(15, m.group(1) == null ? m.group(2) : m.group(1), null, today)),
          way(
              "(\\d{1,2})(?:st|nd|rd|th|er)? (?:of )?(" + MONTH + ")(?: (\\d{4}))?",
              (m, today) -> inMonth(number(m, 1), m.group(2), m.group(3), today)),
          way(
              "(" + MONTH + ") (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?",
              (m, today) -> inMonth(number(m, 2), m.group(1), m.group(3), today)),
          way(
              "(?:in|within|dans|sous) " + NUMBER + " (days?|jours?|weeks?|semaines?|months?|mois)",
              (m, today) -> today.plus(period(m.group(1), m.group(2)))),
          way("the third (" + WEEKDAY + ")", (m, today) -> third(weekday(m), today)),
          way(
              "next (" + WEEKDAY + ")|(" + WEEKDAY + ") prochain",
              (m, today) -> ofNextWeek(weekday(m), today)),
          way(
              "(" + WEEKDAY + ")(?: en huit| week)",
              (m, today) -> today.with(TemporalAdjusters.next(weekday(m))).plusWeeks(1)),
          way(
              "(?:this )?(" + WEEKDAY + ")",
              (m, today) -> today.with(TemporalAdjusters.next(weekday(m)))),
          way("today|aujourd'?hui", (m, today) -> today),
          way("(?:the )?day after tomorrow|apres[- ]demain", (m, today) -> today.plusDays(2)),
          way("tomorrow|demain", (m, today) -> today.plusDays(1)),
          way(
              "(?:the |le )(\\d{1,2})(?:st|nd|rd|th|er)?|(\\d{1,2})(?:st|nd|rd|th|er)",
              (m, today) -> ofMonth(number(m, m.group(1) == null ? 2 : 1), today)),
          // last, because 1/3 may be a third where another day is named
          way(
              "(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}|\\d{2}))?(?!.*\\d/\\d)",
              (m, today) -> written(number(m, 1), number(m, 2), m.group(3), today)));

  private AgreedDays() {}

  /**
   * @param words in small letters and without accents
   * @throws DateTimeException if they name a day that does not exist
   */
  static Optional<Found> find(String words, LocalDate today) {
    for (Way way : WAYS) {
      Matcher matcher = way.words().matcher(words);
      if (matcher.find()) {
        LocalDate day = way.meaning().of(matcher.toMatchResult(), today);
        return Optional.of(
            new Found(
                day, words.substring(0, matcher.start()) + " " + words.substring(matcher.end())));
      }
    }
    return Optional.empty();
  }

  /** A weekday and its date are one day, comma or not: "Friday, 4 December". */
  static String withDates(String words) {
    return COMMA_BEFORE_A_DATE.matcher(words).replaceAll("$1 ");
  }

  private static Way way(String words, Meaning meaning) {
    return new Way(Pattern.compile("(?<![\\w-])(?:" + words + ")(?![\\w-])"), meaning);
  }

  private static int number(MatchResult words, int group) {
    return Integer.parseInt(words.group(group));
  }

  private static DayOfWeek weekday(MatchResult words) {
    String name = words.group(1) == null ? words.group(2) : words.group(1);
    return Objects.requireNonNull(WEEKDAYS.get(unabbreviated(name)));
  }

  /**
   * @throws DateTimeException if the day is another weekday than was said
   */
  private static LocalDate on(MatchResult words, LocalDate day) {
    if (day.getDayOfWeek() != weekday(words)) {
      throw new DateTimeException(day + " is no " + words.group(1));
    }
    return day;
  }

  private static LocalDate third(DayOfWeek day, LocalDate today) {
    LocalDate inThis = today.with(TemporalAdjusters.dayOfWeekInMonth(3, day));
    return inThis.isBefore(today)
        ? today.plusMonths(1).with(TemporalAdjusters.dayOfWeekInMonth(3, day))
        : inThis;
  }

  /** Said on a Monday, next Friday is not the one of this week. */
  private static LocalDate ofNextWeek(DayOfWeek day, LocalDate today) {
    return today
        .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
        .with(TemporalAdjusters.nextOrSame(day));
  }

  private static LocalDate monthEnd(LocalDate day) {
    return day.with(TemporalAdjusters.lastDayOfMonth());
  }

  private static LocalDate written(int day, int month, @Nullable String year, LocalDate today) {
    if (year != null) {
      return LocalDate.of(Integer.parseInt(year.length() == 2 ? "20" + year : year), month, day);
    }
    return ahead(day, month, today);
  }

  private static LocalDate inMonth(int day, String month, @Nullable String year, LocalDate today) {
    int number = Objects.requireNonNull(MONTHS.get(unabbreviated(month))).getValue();
    return year == null
        ? ahead(day, number, today)
        : LocalDate.of(Integer.parseInt(year), number, day);
  }

  private static LocalDate ahead(int day, int month, LocalDate today) {
    LocalDate thisYear = LocalDate.of(today.getYear(), month, day);
    return thisYear.isBefore(today) ? thisYear.plusYears(1) : thisYear;
  }

  /** The next day of that number; of a shorter month its last. */
  private static LocalDate ofMonth(int day, LocalDate today) {
    if (day < 1 || day > 31) {
      throw new DateTimeException("no month has a day " + day);
    }
    LocalDate inThis = clamped(day, today);
    return inThis.isBefore(today) ? clamped(day, today.withDayOfMonth(1).plusMonths(1)) : inThis;
  }

  private static LocalDate clamped(int day, LocalDate month) {
    return month.withDayOfMonth(Math.min(day, month.lengthOfMonth()));
  }

  private static String unabbreviated(String name) {
    return name.replace(".", "");
  }

  private static Period period(String number, String unit) {
    Integer named = NUMBERS.get(number);
    int n = named == null ? Integer.parseInt(number) : named;
    return switch (unit.charAt(0)) {
      case 'd', 'j' -> Period.ofDays(n);
      case 'w', 's' -> Period.ofWeeks(n);
      default -> Period.ofMonths(n);
    };
  }

  private static String anyOf(Map<String, ?> names) {
    // the longer first, so that "juillet" is not read as "juil"
    return String.join(
        "|",
        names.keySet().stream()
            .sorted((one, other) -> other.length() - one.length())
            .map(name -> name + "\\.?")
            .toList());
  }

  private static Map<String, DayOfWeek> weekdays() {
    Map<String, DayOfWeek> names = new LinkedHashMap<>();
    for (String line :
        List.of(
            "monday mon lundi",
            "tuesday tue tues mardi",
            "wednesday wed mercredi",
            "thursday thu thurs jeudi",
            "friday fri vendredi",
            "saturday sat samedi",
            "sunday sun dimanche")) {
      DayOfWeek day = DayOfWeek.of(names.values().stream().distinct().toList().size() + 1);
      for (String name : line.split(" ")) {
        names.put(name, day);
      }
    }
    return names;
  }

  private static Map<String, Month> months() {
    Map<String, Month> names = new LinkedHashMap<>();
    List<String> lines =
        List.of(
            "january jan janvier janv",
            "february feb fevrier fevr fev",
            "march mar mars",
            "april apr avril avr",
            "may mai",
            "june jun juin",
            "july jul juillet juil",
            "august aug aout",
            "september sep sept septembre",
            "october oct octobre",
            "november nov novembre",
            "december dec decembre");
    for (int i = 0; i < lines.size(); i++) {
      for (String name : lines.get(i).split(" ")) {
        names.put(name, Month.of(i + 1));
      }
    }
    return names;
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> names = new LinkedHashMap<>();
    List<String> lines =
        List.of(
            "a an one un une",
            "two deux",
            "three trois",
            "four quatre",
            "five cinq",
            "six",
            "seven sept",
            "eight huit",
            "nine neuf",
            "ten dix");
    for (int i = 0; i < lines.size(); i++) {
      for (String name : lines.get(i).split(" ")) {
        names.put(name, i + 1);
      }
    }
    return names;
  }
}
