package io.relance.designer.running;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a timer ends that begins now, where its text says so without a case's variables. */
final class TimerText {

  private static final Pattern IN_WORDS =
      Pattern.compile("^=\\s*(?:duration|date and time)\\s*\\(\\s*\"([^\"]+)\"\\s*\\)\\s*$");
  private static final Pattern AS_IS = Pattern.compile("^=\\s*(?:@\\s*)?\"([^\"]+)\"\\s*$");
  private static final Pattern REPEATED = Pattern.compile("^R\\d*/");

  private TimerText() {}

  /** Empty if it depends on the case, or cannot be read. */
  static Optional<Instant> dueFrom(String text, Instant now) {
    String plain = REPEATED.matcher(plain(text.strip())).replaceFirst("");
    if (plain.startsWith("=")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          plain.startsWith("P") && plain.length() > 2 ? after(plain, now) : at(plain));
    } catch (DateTimeException | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }

  private static String plain(String text) {
    for (Pattern pattern : new Pattern[] {IN_WORDS, AS_IS}) {
      Matcher found = pattern.matcher(text);
      if (found.matches()) {
        return found.group(1);
      }
    }
    return text;
  }

  private static Instant after(String duration, Instant now) {
    int time = duration.indexOf('T');
    String days = time < 0 ? duration : duration.substring(0, time);
    ZonedDateTime due = now.atZone(ZoneOffset.UTC);
    if (days.length() > 1) {
      due = due.plus(Period.parse(days));
    }
    if (time >= 0) {
      due = due.plus(java.time.Duration.parse("P" + duration.substring(time)));
    }
    return due.toInstant();
  }

  private static Instant at(String text) {
    int zone = text.indexOf('[');
    return ZonedDateTime.parse(zone < 0 ? text : text.substring(0, zone)).toInstant();
  }
}
