package io.relance.ledger.csv;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns texts into values, or says which field cannot take which text and why. */
public final class Values {

  private static final Pattern POINT = Pattern.compile("[-+]?(\\d{1,3}(,\\d{3})+|\\d+)(\\.\\d+)?");
  private static final Pattern COMMA =
      Pattern.compile("[-+]?(\\d{1,3}([. \\u00a0\\u202f]\\d{3})+|\\d+)(,\\d+)?");
  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,185}\\.[A-Za-z]{2,63}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** A telephone number or a plain number: what may begin with a sign. */
  private static final Pattern NUMBER_LIKE =
      Pattern.compile("[-+]\\d[\\d ().,/-]*( ?(x|ext)[. ]*\\d+)?");

  private static final Set<String> YES = Set.of("yes", "y", "true", "1", "oui", "ja", "x");
  private static final Set<String> NO = Set.of("no", "n", "false", "0", "non", "nein", "");
  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
  private static final LocalDate DATE_MIN = LocalDate.of(1970, 1, 1);
  private static final LocalDate DATE_MAX = LocalDate.of(2200, 1, 1);

  private final DateTimeFormatter dates;
  private final String datePattern;
  private final boolean comma;

  public Values(@Nullable String dateFormat, @Nullable String decimal) {
    this.datePattern = dateFormat == null ? "yyyy-MM-dd" : dateFormat;
    this.comma = ",".equals(decimal);
    try {
      this.dates =
          DateTimeFormatter.ofPattern(datePattern.replace('y', 'u'), Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException bad) {
      throw new FileRefused("mapping: dateFormat \"" + datePattern + "\" is not a date pattern");
    }
  }

  /** A text without line breaks that no spreadsheet would take for a formula. */
  public String text(String field, @Nullable String value, int charactersMax) {
    String text = optionalText(field, value, charactersMax);
    if (text == null) {
      throw new BadValue(field, "is missing");
    }
    return text;
  }

  public @Nullable String optionalText(String field, @Nullable String value, int charactersMax) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = CONTROL.matcher(value.strip()).replaceAll(" ");
    if (text.length() > charactersMax) {
      throw new BadValue(
          field, "has " + text.length() + " characters; at most " + charactersMax + " fit");
    }
    char first = text.charAt(0);
    boolean sign = first == '+' || first == '-';
    if (first == '=' || first == '@' || (sign && !NUMBER_LIKE.matcher(text).matches())) {
      throw new BadValue(field, "'" + shown(text) + "' starts like a spreadsheet formula");
    }
    return text;
  }

  public @Nullable String email(String field, @Nullable String value) {
    String text = optionalText(field, value, 254);
    if (text != null && !EMAIL.matcher(text).matches()) {
      throw new BadValue(field, "'" + shown(text) + "' is not an e-mail address");
    }
    return text;
  }

  public @Nullable String country(String field, @Nullable String value) {
    String text = optionalText(field, value, 60);
    if (text == null) {
      return null;
    }
    String code = text.toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(code)) {
      throw new BadValue(
          field, "'" + shown(text) + "' is not an ISO 3166 country code of two letters");
    }
    return code;
  }

  /** A zone by its IANA name, such as {@code Europe/Paris}. */
  public @Nullable String timeZone(String field, @Nullable String value) {
    String text = optionalText(field, value, 60);
    if (text != null && !ZoneId.getAvailableZoneIds().contains(text)) {
      throw new BadValue(
          field, "'" + shown(text) + "' is not the name of a time zone, such as Europe/Paris");
    }
    return text;
  }

  public @Nullable String language(String field, @Nullable String value) {
    String text = optionalText(field, value, 60);
    if (text == null) {
      return null;
    }
    String code = text.toLowerCase(Locale.ROOT);
    if (!LANGUAGES.contains(code)) {
      throw new BadValue(
          field, "'" + shown(text) + "' is not an ISO 639 language code of two letters");
    }
    return code;
  }

  public LocalDate date(String field, @Nullable String value) {
    LocalDate date = optionalDate(field, value);
    if (date == null) {
      throw new BadValue(field, "is missing");
    }
    return date;
  }

  public @Nullable LocalDate optionalDate(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    LocalDate date;
    try {
      date = LocalDate.parse(value.strip(), dates);
    } catch (DateTimeException bad) {
      throw new BadValue(
          field, "'" + shown(value.strip()) + "' is not a date of the form " + datePattern);
    }
    if (date.isBefore(DATE_MIN) || date.isAfter(DATE_MAX)) {
      throw new BadValue(field, "'" + shown(value.strip()) + "' is not a date of this age");
    }
    return date;
  }

  public String currency(String field, @Nullable String value) {
    String code = text(field, value, 60).toUpperCase(Locale.ROOT);
    try {
      return Money.currencyOf(code).getCurrencyCode();
    } catch (IllegalArgumentException unknown) {
      throw new BadValue(field, shown(unknown.getMessage() == null ? code : unknown.getMessage()));
    }
  }

  public Money amount(String field, @Nullable String value, String currency) {
    if (value == null || value.isBlank()) {
      throw new BadValue(field, "is missing");
    }
    String text = value.strip();
    if (!(comma ? COMMA : POINT).matcher(text).matches()) {
      throw new BadValue(
          field,
          "'"
              + shown(text)
              + "' is not an amount with the decimal sign '"
              + (comma ? "," : ".")
              + "'"
              + ((comma ? POINT : COMMA).matcher(text).matches()
                  ? "; set decimal in the mapping if the file uses the other one"
                  : ""));
    }
    String plain =
        comma ? text.replaceAll("[. \\u00a0\\u202f]", "").replace(',', '.') : text.replace(",", "");
    BigDecimal amount = new BigDecimal(plain);
    if (amount.precision() - amount.scale() > 13) {
      throw new BadValue(field, "'" + shown(text) + "' is larger than any invoice");
    }
    try {
      return Money.of(amount, currency);
    } catch (IllegalArgumentException tooFine) {
      throw new BadValue(
          field, "'" + shown(text) + "' has more decimals than " + currency + " has");
    }
  }

  public boolean yesOrNo(String field, @Nullable String value) {
    String text = value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    if (YES.contains(text)) {
      return true;
    }
    if (NO.contains(text)) {
      return false;
    }
    throw new BadValue(field, "'" + shown(text) + "' is neither yes nor no");
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
