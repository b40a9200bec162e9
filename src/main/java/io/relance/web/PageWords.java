package io.relance.web;

import io.relance.casework.ReasonLists;
import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What stands in our records, as the reader of the page that is being made would write it: words
 * for codes, days, amounts. Templates call it {@code @say}.
 */
@Component("say")
class PageWords {

  private final MessageSource messages;
  private final Phrases phrases;

  PageWords(MessageSource messages, Phrases phrases) {
    this.messages = messages;
    this.phrases = phrases;
  }

  /** A text of the bundles; it must be there. */
  public String text(String key, Object... parameters) {
    return messages.getMessage(key, parameters, locale());
  }

  /**
   * A code in words.
   *
   * @param group the beginning of the key, such as {@code words.status}
   * @return the code itself if there is no word for it, and nothing for none
   */
  public String word(String group, @Nullable Object code) {
    if (code == null) {
      return "";
    }
    String word = messages.getMessage(group + "." + code, null, null, locale());
    return word == null ? code.toString() : word;
  }

  /** Several codes in words: one or another. */
  public String either(String group, Collection<?> codes) {
    return codes.stream()
        .map(code -> word(group, code))
        .reduce((one, other) -> text("words.either", one, other))
        .orElse("");
  }

  /**
   * The name of an element of a model. It is translated while it is the one that we ship: a
   * designer's own name is shown as they wrote it.
   */
  public String element(String id, String name) {
    String key = "words.element." + id;
    String shipped = messages.getMessage(key, null, null, Locale.ENGLISH);
    return name.equals(shipped) ? text(key) : name;
  }

  /** The label of a reason in a list of them; its code if it is not in the list any more. */
  public String reason(List<ReasonLists.Reason> list, String code) {
    return list.stream()
        .filter(reason -> reason.code().equals(code))
        .map(ReasonLists.Reason::label)
        .findFirst()
        .orElseGet(() -> word("words.reason", code)); // of what no person chose
  }

  /** A sentence of our records or refusals, if it is known in the reader's language. */
  public String phrase(@Nullable Object text) {
    return text == null ? "" : phrases.in(locale(), text.toString());
  }

  /** A piece of a sentence, such as the name of a task and of its payer. */
  public String part(@Nullable Object text) {
    return text == null ? "" : phrases.part(locale(), text.toString());
  }

  /** What is wrong with the fields of a form. */
  public String fields(List<String> problems) {
    return String.join(
        "; ", problems.stream().map(each -> phrases.ofField(locale(), each)).toList());
  }

  /** Several sentences in a line. */
  public String phrases(List<String> texts) {
    return String.join(" \u00b7 ", texts.stream().map(this::phrase).toList());
  }

  /** The name of a language. */
  public String language(String code) {
    return Locale.of(code).getDisplayLanguage(locale());
  }

  /** A day such as 2 Mar 2026; nothing for none. */
  public String day(@Nullable LocalDate day) {
    return day == null ? "" : DateTimeFormatter.ofPattern("d MMM yyyy", locale()).format(day);
  }

  /** A month such as March 2026. */
  public String month(LocalDate day) {
    return DateTimeFormatter.ofPattern("MMMM yyyy", locale()).format(day);
  }

  public String days(List<LocalDate> days) {
    return String.join(", ", days.stream().map(this::day).toList());
  }

  /** An amount with its currency. */
  public String money(@Nullable String amount, @Nullable String currency) {
    return amount == null || currency == null
        ? ""
        : Money.of(new BigDecimal(amount), currency).format(locale());
  }

  /** A duration in the unit that is needed, such as 3.5 d; nothing for none. */
  public String duration(@Nullable Duration duration) {
    if (duration == null) {
      return "";
    }
    double seconds = duration.toMillis() / 1000.0;
    if (seconds < 60) {
      return text("flow.duration.seconds", tenths(seconds));
    }
    if (seconds < 3600) {
      return text("flow.duration.minutes", tenths(seconds / 60));
    }
    return seconds < 86_400
        ? text("flow.duration.hours", tenths(seconds / 3600))
        : text("flow.duration.days", tenths(seconds / 86_400));
  }

  private static String tenths(double value) {
    NumberFormat format = NumberFormat.getNumberInstance(locale());
    format.setMaximumFractionDigits(1);
    return format.format(value);
  }

  /** A number with as many decimals as it has. */
  public String number(@Nullable String number) {
    if (number == null) {
      return "";
    }
    BigDecimal value = new BigDecimal(number);
    NumberFormat format = NumberFormat.getNumberInstance(locale());
    format.setMinimumFractionDigits(Math.max(0, value.scale()));
    format.setMaximumFractionDigits(Math.max(0, value.scale()));
    return format.format(value);
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
