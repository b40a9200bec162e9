package io.relance.web;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Sentences that our records, our models and our refusals hold in English, in the reader's
 * language. The bundle {@code phrases} has each in both languages, with what varies as a parameter;
 * what is not in it, such as what a person wrote, is shown as it is.
 */
@Component
class Phrases {

  private static final String BUNDLE = "i18n.phrases";
  private static final String NAMES = "i18n.words";

  /** What stands only within a sentence: alone, it may be what a person wrote. */
  private static final String PART = "phrases.part.";

  private static final String NAME = "words.element.";

  /** What is wrong with a field of a form: as a remark, it might be a person's. */
  private static final String FIELD = "phrases.field.";

  /** A parameter may be a phrase itself, which may have one in turn. */
  private static final int DEPTH_MAX = 4;

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\d)}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern TIME = Pattern.compile("\\d{1,2} [A-Z][a-z]{2} \\d{2}:\\d{2}");
  private static final DateTimeFormatter ENGLISH_TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final Pattern MONEY =
      Pattern.compile("(-?[\\d,]+(?:\\.\\d+)?)[\\u00a0 ]([A-Z]{3})");

  /**
   * An English sentence.
   *
   * @param order the number of the parameter that each group of the pattern is
   */
  private record Phrase(String key, Pattern english, List<Integer> order, int fixed) {

    boolean isPart() {
      return key.startsWith(PART) || key.startsWith(NAME);
    }

    boolean isOfField() {
      return key.startsWith(FIELD);
    }
  }

  private final MessageSource messages;
  private final List<Phrase> all;

  Phrases(MessageSource messages) {
    this.messages = messages;
    this.all = read();
  }

  /** The sentence in that language, or as it is. */
  String in(Locale locale, String text) {
    return isEnglish(locale) ? text : in(locale, text, DEPTH_MAX);
  }

  /** The same for what is wrong with a field of a form. */
  String ofField(Locale locale, String text) {
    return isEnglish(locale) ? text : ofKnownField(locale, text);
  }

  private String ofKnownField(Locale locale, String text) {
    for (Phrase phrase : all) {
      String said = phrase.isOfField() ? said(phrase, locale, text, 0, true) : null;
      if (said != null) {
        return said;
      }
    }
    return in(locale, text);
  }

  /** The same for what is a piece of a sentence, such as the name of a task and of its payer. */
  String part(Locale locale, String text) {
    return isEnglish(locale) ? text : in(locale, text, DEPTH_MAX - 1);
  }

  private static boolean isEnglish(Locale locale) {
    return locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
  }

  private String in(Locale locale, String text, int depth) {
    String value = value(locale, text);
    if (value != null || depth == 0) {
      return value == null ? text : value;
    }
    for (Phrase phrase : all) {
      boolean mayBe = phrase.isPart() ? depth < DEPTH_MAX : !phrase.isOfField();
      String said = mayBe ? said(phrase, locale, text, depth - 1, !phrase.isPart()) : null;
      if (said != null) {
        return said;
      }
    }
    return text;
  }

  /**
   * @param freely whether it is enough that the sentence fits; otherwise one of its parameters must
   *     be known, too
   * @return null if the text is not this sentence
   */
  private @Nullable String said(
      Phrase phrase, Locale locale, String text, int depth, boolean freely) {
    Matcher matcher = phrase.english().matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Object[] parameters = new Object[10];
    boolean known = freely || phrase.order().isEmpty();
    for (int i = 0; i < phrase.order().size(); i++) {
      String given = matcher.group(i + 1);
      String shown = in(locale, given, depth);
      parameters[phrase.order().get(i)] = shown;
      known |= !given.equals(shown);
    }
    return known ? messages.getMessage(phrase.key(), parameters, locale) : null;
  }

  /**
   * Days, times and amounts are written as the reader does; what only looks like one, in words that
   * anybody may have typed, stays as it is.
   */
  private static @Nullable String value(Locale locale, String text) {
    try {
      if (DAY.matcher(text).matches()) {
        return DateTimeFormatter.ofPattern("d MMM yyyy", locale).format(LocalDate.parse(text));
      }
      if (TIME.matcher(text).matches()) {
        return DateTimeFormatter.ofPattern("d MMM HH:mm", locale).format(ENGLISH_TIME.parse(text));
      }
      Matcher money = MONEY.matcher(text);
      return money.matches()
          ? Money.of(new BigDecimal(money.group(1).replace(",", "")), money.group(2)).format(locale)
          : null;
    } catch (DateTimeException | IllegalArgumentException noValue) {
      return null;
    }
  }

  /** Those with the most fixed words first: they say more than those that fit nearly anything. */
  private static List<Phrase> read() {
    List<Phrase> phrases = new ArrayList<>();
    for (String bundle : List.of(BUNDLE, NAMES)) {
      ResourceBundle english = ResourceBundle.getBundle(bundle, Locale.ROOT);
      english.keySet().stream()
          .filter(key -> bundle.equals(BUNDLE) || key.startsWith(NAME))
          .forEach(key -> phrases.add(phrase(key, english.getString(key))));
    }
    phrases.sort(Comparator.comparingInt(Phrase::fixed).reversed().thenComparing(Phrase::key));
    return List.copyOf(phrases);
  }

  private static Phrase phrase(String key, String text) {
    Matcher parameter = PARAMETER.matcher(text);
    StringBuilder regex = new StringBuilder();
    List<Integer> order = new ArrayList<>();
    int from = 0;
    while (parameter.find()) {
      regex.append(literal(text.substring(from, parameter.start()))).append("(.+?)");
      order.add(Integer.valueOf(parameter.group(1)));
      from = parameter.end();
    }
    regex.append(literal(text.substring(from)));
    int fixed = text.length() - 3 * order.size();
    return new Phrase(
        key, Pattern.compile(regex.toString(), Pattern.DOTALL), List.copyOf(order), fixed);
  }

  /** Sentences in code have straight apostrophes. */
  private static String literal(String text) {
    return text.isEmpty() ? "" : Pattern.quote(text.replace('\u2019', '\''));
  }
}
