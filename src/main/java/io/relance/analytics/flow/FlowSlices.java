package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

  /** Of process instances; those that have told of no payer yet are left out. */
  Map<Long, FlowNames.Slice> of(Collection<Long> processInstanceKeys) {
    Map<Long, FlowNames.Slice> slices = new HashMap<>();
    jdbc.query(
        """
        SELECT s.process_instance_key, p.creditor_id, COALESCE(p.segment, '') AS segment,
          COALESCE((SELECT c.band FROM payer_score c WHERE c.payer_id = p.id ORDER BY c.as_of DESC LIMIT 1), '') AS band
        FROM process_subject s JOIN payer p ON p.id = s.payer_id WHERE s.process_instance_key IN (%s)
        """
            .formatted(Sql.marks(processInstanceKeys.size())),
        rs -> {
          slices.put(
              rs.getLong(1),
              new FlowNames.Slice(
                  rs.getLong(2), rs.getString("segment"), rs.getString("band"), ""));
        },
        processInstanceKeys.toArray());
    return slices;
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
    ZoneId zone = zones.getOrDefault(slice.creditorId(), ZoneOffset.UTC);
    return at.atZone(zone).toLocalDate();
  }
}
