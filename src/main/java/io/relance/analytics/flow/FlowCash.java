package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Says of each step how much its invoice, or its payer, paid within 7 and 30 days after it. Money
 * counts for every step that went before it, for the last time that step was taken: the sum over
 * steps says nothing, the comparison of steps does.
 */
@Component
class FlowCash {

  private static final String STREAM = "cash";
  private static final int BATCH = 200;
  private static final int SOON_DAYS = 7;
  private static final int LATER_DAYS = 30;

  /** Of transactions that run beside each other the later number may be there first. */
  private static final Duration BEHIND = Duration.ofSeconds(3);

  private record Paid(
      long id,
      long invoiceId,
      long payerId,
      BigDecimal amount,
      String currency,
      LocalDate bookedOn,
      long creditorId,
      Instant createdAt) {}

  private record Step(
      long processInstanceKey, long processKey, String elementId, Instant at, long token) {}

  private final JdbcTemplate jdbc;
  private final FlowNames names;
  private final FlowSlices slices;
  private final FlowProgress progress;
  private final FlowKept kept;
  private final InstantSource clock;

  FlowCash(
      JdbcTemplate jdbc,
      FlowNames names,
      FlowSlices slices,
      FlowProgress progress,
      FlowKept kept,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.names = names;
    this.slices = slices;
    this.progress = progress;
    this.kept = kept;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${relance.analytics.interval:1s}", initialDelayString = "6s")
  void follow() {
    progress.follow(STREAM, this::step);
  }

  private Optional<FlowProgress.Reached> step(long after) {
    Instant until = clock.instant().minus(BEHIND);
    List<Paid> paid = read(after).stream().takeWhile(p -> !p.createdAt().isAfter(until)).toList();
    if (paid.isEmpty()) {
      return Optional.empty();
    }
    Map<Long, ZoneId> zones = slices.zones();
    LocalDate from = kept.countedFrom();
    paid.forEach(p -> credit(p, zones, from));
    Paid last = paid.getLast();
    return Optional.of(new FlowProgress.Reached(last.id(), last.createdAt(), paid.size() == BATCH));
  }

  /** What is told by a bank, or by a ledger file; a credit note is no money. */
  private List<Paid> read(long after) {
    return jdbc.query(
        "SELECT a.id, a.invoice_id, i.payer_id, a.amount, a.currency, a.booked_on, i.creditor_id, a.created_at, a.kind"
            + " FROM allocation a JOIN invoice i ON i.id = a.invoice_id WHERE a.id > ? AND a.kind IN ('payment','ledger')"
            + " ORDER BY a.id LIMIT "
            + BATCH,
        (rs, n) ->
            new Paid(
                rs.getLong(1),
                rs.getLong(2),
                rs.getLong(3),
                rs.getBigDecimal(4),
                rs.getString(5),
                Sql.requiredDate(rs, "booked_on"),
                rs.getLong("creditor_id"),
                Sql.requiredInstant(rs, "created_at")),
        after);
  }

  private void credit(Paid paid, Map<Long, ZoneId> zones, LocalDate from) {
    List<Step> before = stepsBefore(paid, zones.getOrDefault(paid.creditorId(), ZoneOffset.UTC));
    if (before.isEmpty()) {
      return;
    }
    List<Long> instances = before.stream().map(Step::processInstanceKey).distinct().toList();
    FlowSlices.Whose whose =
        slices.whose(
            instances,
            before.stream().map(Step::at).min(Instant::compareTo).orElseThrow(),
            before.stream().map(Step::at).max(Instant::compareTo).orElseThrow());
    Map<Long, String> agents = slices.agents(instances);
    for (Step step : before) {
      FlowNames.Slice slice = whose.at(step.processInstanceKey(), step.at(), zones);
      LocalDate day = FlowSlices.dayOf(step.at(), slice, zones);
      long days = ChronoUnit.DAYS.between(day, paid.bookedOn());
      if (days < 0 || days > LATER_DAYS || day.isBefore(from)) {
        continue;
      }
      jdbc.update(
          "INSERT INTO flow_cash (element, day, slice, currency, within_7, within_30) VALUES (?,?,?,?,?,?) ON DUPLICATE KEY UPDATE"
              + " within_7 = within_7 + VALUES(within_7), within_30 = within_30 + VALUES(within_30)",
          names.of(new FlowNames.Element(step.processKey(), step.elementId())),
          day,
          names.of(slice.by(agents.getOrDefault(step.token(), ""))),
          paid.currency(),
          days <= SOON_DAYS ? paid.amount() : BigDecimal.ZERO,
          paid.amount());
    }
  }

  /**
   * Of the invoice's processes, and of those that its payer has, each element's last time before
   * the money came: by the bank's day, however much later the company heard of it.
   */
  private List<Step> stepsBefore(Paid paid, ZoneId zone) {
    Instant dayEnds = paid.bookedOn().plusDays(1).atStartOfDay(zone).toInstant();
    Timestamp from =
        Sql.timestamp(paid.bookedOn().minusDays(LATER_DAYS).atStartOfDay(zone).toInstant());
    Timestamp to = Sql.timestamp(dayEnds.isBefore(paid.createdAt()) ? dayEnds : paid.createdAt());
    return jdbc.query(
        """
        SELECT MAX(e.process_instance_key) AS instance, e.process_key, e.element_id, MAX(e.at) AS at,
          MAX(e.element_instance_key) AS token
        FROM (SELECT process_instance_key FROM process_subject WHERE invoice_id = ?
          UNION SELECT process_instance_key FROM process_subject WHERE payer_id = ? AND invoice_id IS NULL) s
        JOIN engine_element_event e ON e.process_instance_key = s.process_instance_key
        WHERE e.intent = 'activated' AND e.at >= ? AND e.at < ?
        GROUP BY e.process_key, e.element_id
        """,
        (rs, n) ->
            new Step(
                rs.getLong("instance"),
                rs.getLong("process_key"),
                rs.getString("element_id"),
                Sql.requiredInstant(rs, "at"),
                rs.getLong("token")),
        paid.invoiceId(),
        paid.payerId(),
        from,
        to);
  }
}
