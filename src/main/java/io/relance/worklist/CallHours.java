package io.relance.worklist;

import io.relance.engine.TaskMarks;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.permission.PayerZones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * When to call: within the permitted hours of the payer's clock, best when this payer answered
 * before, else when payers of their segment did, else in the business morning.
 */
@Component
class CallHours {

  private static final Set<String> IN_VAIN = Set.of("no-answer", "wrong-number");
  private static final int OWN_MIN = 3;
  private static final int SEGMENT_MIN = 10;
  private static final int NEWEST = 3_000;
  private static final int OF_PAYERS_MAX = 20_000;
  private static final Duration LEARNED_FOR = Duration.ofHours(12);
  private static final int DAY = 24;

  /**
   * Hours of a call.
   *
   * @param bestNow whether one of the best is now
   * @param changes when {@code bestNow} turns
   */
  record Window(TaskMarks.Hours hours, boolean bestNow, Instant changes) {}

  private record Learned(Instant at, Map<String, BestHour> bySegment) {}

  private record Call(long payerId, Instant at, boolean answered) {}

  /** Those who are called, and whom they owe: read once for all. */
  private record People(Map<Long, Payer> payers, Map<Long, Creditor> creditors) {

    Payer payer(long id) {
      return Objects.requireNonNull(payers.get(id));
    }

    Creditor creditorOf(Payer payer) {
      return Objects.requireNonNull(creditors.get(payer.creditorId()));
    }
  }

  private final JdbcTemplate jdbc;
  private final Payers payers;
  private final Creditors creditors;
  private final PayerZones zones;
  private final PermittedHours permitted;
  private @Nullable Learned learned;

  CallHours(
      JdbcTemplate jdbc,
      Payers payers,
      Creditors creditors,
      PayerZones zones,
      PermittedHours permitted) {
    this.jdbc = jdbc;
    this.payers = payers;
    this.creditors = creditors;
    this.zones = zones;
    this.permitted = permitted;
  }

  /** The hours of each of these payers from now on. */
  Map<Long, Window> of(List<Long> payerIds, Instant now) {
    Map<Long, Window> windows = new HashMap<>();
    if (payerIds.isEmpty()) {
      return windows;
    }
    Map<Long, BestHour> own = new HashMap<>();
    People people = people(payerIds);
    callsOf(payerIds).forEach(call -> learn(own, call.payerId(), call, people));
    Set<Long> unwilling = Set.copyOf(optedOut(payerIds));
    for (long payerId : payerIds) {
      windows.put(
          payerId, window(payerId, people, own.get(payerId), unwilling.contains(payerId), now));
    }
    return windows;
  }

  private Window window(
      long payerId, People people, @Nullable BestHour own, boolean unwilling, Instant now) {
    Payer payer = people.payer(payerId);
    Creditor creditor = people.creditorOf(payer);
    ZoneId zone = zones.of(payer, creditor);
    String country = payer.country() == null ? creditor.country() : payer.country();
    BusinessCalendar theirs = BusinessCalendar.of(zone.getId(), country);
    int callable = 0;
    if (!unwilling && payer.phone() != null) {
      callable = permitted.inUtc(theirs, creditor.calendar(), now);
    }
    LocalDate today = now.atZone(zone).toLocalDate();
    boolean[] hours = new boolean[DAY];
    if (callable != 0) {
      LocalDate worked = permitted.workedOnOrAfter(theirs, creditor.calendar(), today);
      for (int hour = 0; hour < DAY; hour++) {
        hours[hour] = permitted.isWholeHour(theirs, creditor.calendar(), worked, hour);
      }
    }
    BestHour knows = own != null && own.answered() >= OWN_MIN ? own : ofSegment(payer, now);
    Integer first = knows.first(hours);
    int best = first == null ? 0 : callable & inUtc(first, zone, now);
    Instant turn = now.truncatedTo(ChronoUnit.HOURS);
    boolean bestNow = isIn(best, now);
    for (int i = 0; i < DAY && isIn(best, turn) == bestNow; i++) {
      turn = turn.plus(1, ChronoUnit.HOURS);
    }
    return new Window(new TaskMarks.Hours(callable, best, first), bestNow, turn);
  }

  /** Whether that moment lies in one of the hours. */
  static boolean isIn(int hours, Instant moment) {
    return (hours & bit(moment)) != 0;
  }

  /** The bit of the hour in which that moment lies. */
  static int bit(Instant moment) {
    return 1 << moment.atOffset(ZoneOffset.UTC).getHour();
  }

  private static int inUtc(int firstLocal, ZoneId zone, Instant now) {
    int bits = 0;
    for (int i = 0; i < DAY; i++) {
      Instant each = now.truncatedTo(ChronoUnit.HOURS).plus(i, ChronoUnit.HOURS);
      int local = each.atZone(zone).getHour();
      if (local >= firstLocal && local < firstLocal + BestHour.HOURS) {
        bits |= bit(each);
      }
    }
    return bits;
  }

  private synchronized BestHour ofSegment(Payer payer, Instant now) {
    Learned known = learned;
    if (known == null || known.at().plus(LEARNED_FOR).isBefore(now)) {
      known = learn(now);
      learned = known;
    }
    BestHour segment = known.bySegment().get(segmentOf(payer));
    return segment != null && segment.answered() >= SEGMENT_MIN ? segment : new BestHour();
  }

  private Learned learn(Instant now) {
    Map<String, BestHour> bySegment = new HashMap<>();
    List<Call> newest =
        jdbc.query(
            "SELECT payer_id, called_at, outcome FROM payer_call WHERE outcome <> 'skipped' ORDER BY called_at DESC LIMIT "
                + NEWEST,
            CallHours::call);
    People people = people(newest.stream().map(Call::payerId).distinct().toList());
    for (Call call : newest) {
      learn(bySegment, segmentOf(people.payer(call.payerId())), call, people);
    }
    return new Learned(now, bySegment);
  }

  private <K> void learn(Map<K, BestHour> known, K whose, Call call, People people) {
    Payer payer = people.payer(call.payerId());
    ZonedDateTime local = call.at().atZone(zones.of(payer, people.creditorOf(payer)));
    known.computeIfAbsent(whose, k -> new BestHour()).add(local.getHour(), call.answered());
  }

  private static String segmentOf(Payer payer) {
    return payer.segment() == null ? "" : payer.segment();
  }

  private People people(List<Long> payerIds) {
    return new People(
        payers.findAllById(payerIds).stream().collect(Collectors.toMap(Payer::id, p -> p)),
        creditors.findAll().stream().collect(Collectors.toMap(Creditor::key, c -> c)));
  }

  private List<Call> callsOf(List<Long> payerIds) {
    return jdbc.query(
        "SELECT payer_id, called_at, outcome FROM payer_call WHERE outcome <> 'skipped' AND payer_id IN ("
            + Sql.marks(payerIds.size())
            + ") ORDER BY payer_id, called_at DESC LIMIT "
            + OF_PAYERS_MAX,
        CallHours::call,
        payerIds.toArray());
  }

  private static Call call(java.sql.ResultSet rs, int n) throws java.sql.SQLException {
    return new Call(
        rs.getLong(1), Sql.requiredInstant(rs, "called_at"), !IN_VAIN.contains(rs.getString(3)));
  }

  private List<Long> optedOut(List<Long> payerIds) {
    return jdbc.queryForList(
        "SELECT payer_id FROM contact_opt_out WHERE channel = 'call' AND payer_id IN ("
            + Sql.marks(payerIds.size())
            + ")",
        Long.class,
        payerIds.toArray());
  }
}
