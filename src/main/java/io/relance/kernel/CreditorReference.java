package io.relance.kernel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A structured creditor reference of ISO 11649: {@code RF}, two check digits, and up to 21 letters
 * and digits. The check digits are 98 minus the remainder of the reference followed by {@code
 * RF00}, letters written as 10 to 35, divided by 97.
 *
 * @param value without spaces, in capitals
 */
public record CreditorReference(String value) {

  private static final int BODY_MAX = 21;
  private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);
  private static final Pattern FORM = Pattern.compile("RF[0-9]{2}[0-9A-Z]{1,21}");

  /** Where one may begin in a text, and the groups that may belong to it. */
  private static final Pattern BEGINNING =
      Pattern.compile("(?<![0-9A-Z])RF[0-9]{2}[0-9A-Z]*(?: (?!RF[0-9]{2})[0-9A-Z]{1,21})*");

  public CreditorReference {
    if (!isValid(value)) {
      throw new IllegalArgumentException("'" + value + "' is no creditor reference of ISO 11649");
    }
  }

  /**
   * The reference with this body.
   *
   * @throws IllegalArgumentException unless it has 1 to 21 letters and digits
   */
  public static CreditorReference of(String body) {
    String capitals = body.toUpperCase(Locale.ROOT);
    if (!capitals.matches("[0-9A-Z]{1," + BODY_MAX + "}")) {
      throw new IllegalArgumentException("'" + body + "' is not 1 to 21 letters and digits");
    }
    int check = 98 - remainder(capitals + "RF00");
    return new CreditorReference("RF%02d%s".formatted(check, capitals));
  }

  /** Whether a text is one, with its check digits, without spaces. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches() && remainder(text.substring(4) + text.substring(0, 4)) == 1;
  }

  private static int remainder(String text) {
    StringBuilder digits = new StringBuilder();
    text.chars().forEach(c -> digits.append(Character.getNumericValue(c)));
    return new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue();
  }

  /**
   * The references in what a bank passes on, written in one piece or in groups. Where the words
   * after one could belong to it, and two readings have right check digits, it is left out.
   *
   * @param known which bodies somebody has given out; others are no reading
   */
  public static List<CreditorReference> in(String text, Predicate<CreditorReference> known) {
    Set<CreditorReference> found = new LinkedHashSet<>();
    Matcher matcher = BEGINNING.matcher(text.toUpperCase(Locale.ROOT));
    while (matcher.find()) {
      List<CreditorReference> readings = readings(matcher.group()).filter(known).toList();
      if (readings.size() == 1) {
        found.add(readings.getFirst());
      }
    }
    return List.copyOf(found);
  }

  private static Stream<CreditorReference> readings(String groups) {
    List<String> joined = new ArrayList<>();
    for (String group : groups.split(" ")) {
      joined.add(joined.isEmpty() ? group : joined.getLast() + group);
    }
    return joined.stream().filter(CreditorReference::isValid).map(CreditorReference::new);
  }

  /** What follows the check digits. */
  public String body() {
    return value.substring(4);
  }

  /** In groups of four, as it is printed. */
  public String printed() {
    return value.replaceAll("(.{4})(?=.)", "$1 ");
  }
}
