package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Whose process an instance is, and on which day of theirs something happened. */
@Component
class FlowSlices {

  private final JdbcTemplate jdbc;
  private final Creditors creditors;

  FlowSlices(JdbcTemplate jdbc, Creditors creditors) {
    this.jdbc = jdbc;
    this.creditors = creditors;
  }

  /** Whose process instances are, by the days on which something happened to them. */
  static final class Whose {

    private record Subject(long creditorId, String segment, long payerId) {}

    private final Map<Long, Subject> subjects = new HashMap<>();
    private final Map<Long, NavigableMap<LocalDate, String>> bands = new HashMap<>();

    /** Unknown while the instance has told of no payer. */
    FlowNames.Slice at(long processInstanceKey, Instant at, Map<Long, ZoneId> zones) {
      Subject subject = subjects.get(processInstanceKey);
      if (subject == null) {
        return FlowNames.Slice.UNKNOWN;
      }
      LocalDate day = at.atZone(zoneOf(subject.creditorId(), zones)).toLocalDate();
      NavigableMap<LocalDate, String> judged = bands.get(subject.payerId());
      Map.Entry<LocalDate, String> band = judged == null ? null : judged.floorEntry(day);
      return new FlowNames.Slice(
          subject.creditorId(), subject.segment(), band == null ? "" : band.getValue(), "");
    }
  }

  /**
   * Of process instances, for moments from one to another: the segment as it is now, the band as it
   * was then.
   */
  Whose whose(Collection<Long> processInstanceKeys, Instant first, Instant last) {
    Whose whose = new Whose();
    jdbc.query(
        "SELECT s.process_instance_key, p.creditor_id, COALESCE(p.segment, '') AS segment, p.id FROM process_subject s"
            + " JOIN payer p ON p.id = s.payer_id WHERE s.process_instance_key IN ("
            + Sql.marks(processInstanceKeys.size())
            + ")",
        rs -> {
          whose.subjects.put(
              rs.getLong(1),
              new Whose.Subject(rs.getLong(2), rs.getString("segment"), rs.getLong("id")));
        },
        processInstanceKeys.toArray());
    Set<Object> payers =
        whose.subjects.values().stream().map(Whose.Subject::payerId).collect(Collectors.toSet());
    if (!payers.isEmpty()) {
      List<Object> arguments = new ArrayList<>(payers);
      // whatever the zone: it is that day there a day earlier or later at the most
      LocalDate from = first.atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
      arguments.add(last.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1));
      arguments.add(from);
      jdbc.query(
          "SELECT c.payer_id, c.as_of, c.band FROM payer_score c WHERE c.payer_id IN ("
              + Sql.marks(payers.size())
              + ") AND c.as_of <= ? AND c.as_of >= COALESCE((SELECT MAX(b.as_of) FROM payer_score b WHERE b.payer_id = c.payer_id"
              + " AND b.as_of <= ?), '1000-01-01')",
          rs -> {
            whose
                .bands
                .computeIfAbsent(rs.getLong(1), payer -> new TreeMap<>())
                .put(Sql.requiredDate(rs, "as_of"), rs.getString(3));
          },
          arguments.toArray());
    }
    return whose;
  }

  /** Who had the tasks of these instances, by the tasks' element instances. */
  Map<Long, String> agents(Collection<Long> processInstanceKeys) {
    Map<Long, String> agents = new HashMap<>();
    jdbc.query(
        "SELECT element_instance_key, assignee FROM engine_user_task WHERE assignee IS NOT NULL AND process_instance_key IN ("
            + Sql.marks(processInstanceKeys.size())
            + ")",
        rs -> {
          agents.put(rs.getLong(1), rs.getString(2));
        },
        processInstanceKeys.toArray());
    return agents;
  }

  /** The calendars that days are read from: that of each creditor. */
  Map<Long, ZoneId> zones() {
    Map<Long, ZoneId> zones = new HashMap<>();
    for (Creditor creditor : creditors.findAll()) {
      zones.put(creditor.key(), creditor.calendar().zone());
      zones.putIfAbsent(FlowNames.Slice.UNKNOWN.creditorId(), creditor.calendar().zone());
    }
    return zones;
  }

  static LocalDate dayOf(Instant at, FlowNames.Slice slice, Map<Long, ZoneId> zones) {
    return at.atZone(zoneOf(slice.creditorId(), zones)).toLocalDate();
  }

  private static ZoneId zoneOf(long creditorId, Map<Long, ZoneId> zones) {
    return zones.getOrDefault(creditorId, ZoneOffset.UTC);
  }
}
