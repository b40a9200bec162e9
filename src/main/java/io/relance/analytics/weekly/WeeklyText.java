package io.relance.analytics.weekly;

import java.time.LocalDate;
import java.util.Locale;

/** Writes the mail: whoever shows figures on pages shows them here, too. */
public interface WeeklyText {

  /** What is sent. */
  record Words(String subject, String text, String html) {}

  /**
   * The figures of a week that is over.
   *
   * @param monday of the week that begins
   */
  Words of(LocalDate monday, Locale language);
}
