package io.relance.outreach;

import java.util.Locale;

/** How a message speaks, from the softest to the firmest. */
public enum Tone {
  /** About a payment plan: what is agreed, or an instalment that is late. */
  PLAN,
  /** For a payment that ended a case. */
  THANKS,
  /** Soon after an invoice: was it received, is all well? */
  COURTESY,
  /** Before due: all that is open. */
  STATEMENT,
  /** The same to payers of a bad record. */
  FIRM_STATEMENT,
  COURTEOUS,
  FIRM,
  FINAL,
  /** The formal notice, by letter. */
  FORMAL;

  /** Of an invoice that is not due yet. */
  boolean isBeforeDue() {
    return this == COURTESY || this == STATEMENT || this == FIRM_STATEMENT;
  }

  /** Of an overdue invoice. */
  boolean isReminder() {
    return this == COURTEOUS || this == FIRM || this == FINAL;
  }

  /** As models, tables and the API write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Tone of(String word) {
    try {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "There is no tone '"
              + word
              + "'; there are courteous, firm and final, and before due courtesy, statement and firm-statement, and thanks");
    }
  }
}
