package io.relance.ledger;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How long an open item is overdue, in days after its due date. */
public enum AgeingBucket {
  NOT_DUE("not-due", Integer.MIN_VALUE),
  TO_30("1-30", 1),
  TO_60("31-60", 31),
  TO_90("61-90", 61),
  BEYOND("91+", 91);

  private final String word;
  private final int fromDays;

  AgeingBucket(String word, int fromDays) {
    this.word = word;
    this.fromDays = fromDays;
  }

  /** As the API and tables write it. */
  public String word() {
    return word;
  }

  /** That of an item that was due on a day, as of another one. */
  public static AgeingBucket of(LocalDate dueDate, LocalDate day) {
    long daysLate = ChronoUnit.DAYS.between(dueDate, day);
    AgeingBucket found = NOT_DUE;
    for (AgeingBucket bucket : values()) {
      if (daysLate >= bucket.fromDays) {
        found = bucket;
      }
    }
    return found;
  }

  /** The first due date that falls into it as of a day; empty for the oldest bucket. */
  public Optional<LocalDate> oldest(LocalDate day) {
    return this == BEYOND
        ? Optional.empty()
        : Optional.of(day.minusDays(values()[ordinal() + 1].fromDays - 1L));
  }

  /** The last due date that falls into it as of a day; empty for what is not due. */
  public Optional<LocalDate> youngest(LocalDate day) {
    return this == NOT_DUE ? Optional.empty() : Optional.of(day.minusDays(fromDays));
  }
}
