package io.relance.kernel;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A creditor's calendar: its zone turns an instant into a business date, its country says which
 * days are worked, and its sending window says when a payer may be written to. Days off are
 * Saturdays, Sundays and the country's public holidays.
 *
 * @param zone where the creditor's day begins and ends
 * @param country ISO 3166-1 alpha-2 code whose public holidays are kept
 * @param opensAt the first minute of the sending window, local time
 * @param closesAt the first minute after the sending window, local time
 */
public record BusinessCalendar(ZoneId zone, String country, LocalTime opensAt, LocalTime closesAt) {

  private static final Map<String, Holidays> HOLIDAYS = new ConcurrentHashMap<>();

  /** The calendar with the usual sending window, 08:00 to 18:00. */
  public static BusinessCalendar of(String zone, String country) {
    return new BusinessCalendar(ZoneId.of(zone), country, LocalTime.of(8, 0), LocalTime.of(18, 0));
  }

  public LocalDate dateOf(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  public boolean isBusinessDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !HOLIDAYS.computeIfAbsent(country.toLowerCase(Locale.ROOT), Holidays::of).contains(day);
  }

  /** That day if it is worked, otherwise the next one that is. */
  public LocalDate businessDayOnOrAfter(LocalDate day) {
    LocalDate candidate = day;
    while (!isBusinessDay(candidate)) {
      candidate = candidate.plusDays(1);
    }
    return candidate;
  }

  /** The day that so many business days follow; that day itself for none. */
  public LocalDate plusBusinessDays(LocalDate day, int businessDays) {
    LocalDate last = day;
    for (int i = 0; i < businessDays; i++) {
      last = businessDayOnOrAfter(last.plusDays(1));
    }
    return last;
  }

  /** Business days after the first day, up to and with the last one; 0 if there are none. */
  public int businessDaysBetween(LocalDate first, LocalDate last) {
    return first.isBefore(last)
        ? (int) first.plusDays(1).datesUntil(last.plusDays(1)).filter(this::isBusinessDay).count()
        : 0;
  }

  /**
   * That instant if it lies in the sending window of a business day, otherwise the window's next
   * opening.
   */
  public Instant sendingTimeOnOrAfter(Instant instant) {
    LocalDate day = dateOf(instant);
    LocalTime time = instant.atZone(zone).toLocalTime();
    if (isBusinessDay(day) && !time.isBefore(opensAt) && time.isBefore(closesAt)) {
      return instant;
    }
    LocalDate next = time.isBefore(opensAt) ? day : day.plusDays(1);
    return opening(businessDayOnOrAfter(next));
  }

  /**
   * When the sending window of that day opens. On a clock-change night the zone's own rules decide.
   */
  public Instant opening(LocalDate day) {
    return day.atTime(opensAt).atZone(zone).toInstant();
  }

  private record Holidays(@Nullable HolidayManager manager) {

    static Holidays of(String country) {
      try {
        return new Holidays(HolidayManager.getInstance(ManagerParameters.create(country)));
      } catch (IllegalStateException | IllegalArgumentException unknownCountry) {
        return new Holidays(null); // a country without a known calendar keeps weekends only
      }
    }

    boolean contains(LocalDate day) {
      return manager != null && manager.isHoliday(day);
    }
  }
}
