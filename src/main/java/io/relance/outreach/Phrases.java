package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/** Says days, amounts and the small words of tables as the reader writes them. */
record Phrases(MessageSource words, Locale locale, DateTimeFormatter dates) {

  /** A list of thirty numbers is read by nobody. */
  private static final int NUMBERS_MAX = 3;

  static Phrases of(MessageSource words, Locale locale) {
    return new Phrases(
        words, locale, DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale));
  }

  String word(String key, Object... arguments) {
    return words.getMessage(key, arguments, locale);
  }

  String day(LocalDate day) {
    return dates.format(day);
  }

  String amount(Money amount) {
    return amount.format(locale);
  }

  String amounts(Collection<Money> amounts) {
    return amounts.stream().map(this::amount).collect(Collectors.joining(", "));
  }

  String percent(java.math.BigDecimal percent) {
    return NumberFormat.getInstance(locale).format(percent);
  }

  /** {@code invoices A, B, C and 2 more}. */
  String invoices(List<Invoice> invoices) {
    String numbers =
        invoices.stream().limit(NUMBERS_MAX).map(Invoice::number).collect(Collectors.joining(", "));
    int more = invoices.size() - NUMBERS_MAX;
    if (more <= 0) {
      return word(invoices.size() == 1 ? "invoices.one" : "invoices.several", numbers);
    }
    return more == 1
        ? word("invoices.more.one", numbers)
        : word("invoices.more.several", numbers, String.valueOf(more));
  }

  String daysLate(int days) {
    return days == 1 ? word("late.one") : word("late.several", String.valueOf(days));
  }
}
