package io.relance.analytics;

import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Days in a row, both ends included, by the calendar of a zone.
 *
 * @param zone where the days begin and end
 */
public record Span(LocalDate from, LocalDate to, ZoneId zone) {

  /** The first moment of it. */
  Timestamp begin() {
    return Sql.timestamp(from.atStartOfDay(zone).toInstant());
  }

  /** The first moment after it. */
  Timestamp end() {
    return Sql.timestamp(to.plusDays(1).atStartOfDay(zone).toInstant());
  }
}
