package io.relance.worklist;

import io.relance.engine.Decisions;
import io.relance.kernel.BusinessCalendar;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactPermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The hours in which contact-permission.dmn lets calls be made in a country, of payers who were not
 * heard of otherwise. What a payer heard and wishes is asked when they are called.
 */
@Component
class PermittedHours {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int KEPT_MAX = 500;
  private static final int HALF_HOURS = 48;
  private static final int DAYS_LOOKED_AHEAD = 14;
  private static final int DAY = 24;

  private record Key(String country, String ours, LocalDate day) {}

  private record Kept(long atNanos, boolean[] halfHours) {}

  /** A designer may change the hours. */
  private static final Duration ASKED_AGAIN = Duration.ofMinutes(10);

  private final Decisions decisions;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

  PermittedHours(Decisions decisions) {
    this.decisions = decisions;
  }

  /** Bits of the UTC hours, from now on for a day, that are wholly permitted. */
  int inUtc(BusinessCalendar theirs, BusinessCalendar ours, Instant now) {
    int bits = 0;
    for (int i = 0; i < DAY; i++) {
      Instant begin = now.truncatedTo(ChronoUnit.HOURS).plus(i, ChronoUnit.HOURS);
      if (isIn(theirs, ours, begin) && isIn(theirs, ours, begin.plus(30, ChronoUnit.MINUTES))) {
        bits |= CallHours.bit(begin);
      }
    }
    return bits;
  }

  /** Whether all of that hour of the payer's day is permitted. */
  boolean isWholeHour(BusinessCalendar theirs, BusinessCalendar ours, LocalDate day, int hour) {
    boolean[] halves = halfHours(theirs, ours, day);
    return halves[2 * hour] && halves[2 * hour + 1];
  }

  LocalDate workedOnOrAfter(BusinessCalendar theirs, BusinessCalendar ours, LocalDate day) {
    LocalDate candidate = day;
    for (int i = 0;
        i < DAYS_LOOKED_AHEAD && !ContactPermissions.isWorked(theirs, ours, candidate);
        i++) {
      candidate = candidate.plusDays(1);
    }
    return candidate;
  }

  private boolean isIn(BusinessCalendar theirs, BusinessCalendar ours, Instant moment) {
    ZonedDateTime local = moment.atZone(theirs.zone());
    int half = 2 * local.getHour() + local.getMinute() / 30;
    return halfHours(theirs, ours, local.toLocalDate())[half];
  }

  private boolean[] halfHours(BusinessCalendar theirs, BusinessCalendar ours, LocalDate day) {
    Key key = new Key(theirs.country(), ours.country(), day);
    Kept known = kept.get(key);
    long now = System.nanoTime();
    if (known == null || now - known.atNanos() > ASKED_AGAIN.toNanos()) {
      if (kept.size() >= KEPT_MAX) {
        kept.clear();
      }
      known = new Kept(now, ask(theirs, ours, day));
      kept.put(key, known);
    }
    return known.halfHours();
  }

  private boolean[] ask(BusinessCalendar theirs, BusinessCalendar ours, LocalDate day) {
    boolean[] allowed = new boolean[HALF_HOURS];
    if (!ContactPermissions.isWorked(theirs, ours, day)) {
      return allowed;
    }
    List<String> workdays = ContactPermissions.workdaysAfter(day, theirs, ours);
    for (int half = 0; half < HALF_HOURS; half++) {
      LocalTime time = LocalTime.of(half / 2, half % 2 * 30);
      Contact contact =
          new Contact(
              Channel.CALL.word(),
              theirs.country(),
              theirs.zone().getId(),
              day.atTime(time).atZone(theirs.zone()).toInstant().toString(),
              day.toString(),
              TIME.format(time),
              true,
              workdays,
              List.of(Channel.CALL.word()),
              List.of(),
              false,
              List.of());
      allowed[half] = ContactPermissions.decide(decisions, contact).allows();
    }
    return allowed;
  }
}
