package io.relance.worklist;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.scoring.PayerScores;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads what ranks are made of, for many tasks at once: a few queries a batch. */
@Component
class RankFacts {

  private static final int BROKEN_DAYS = 30;

  /**
   * A task and what its rank is made of.
   *
   * @param stake the money that it is about
   * @param currency of the stake; null where several were added by their bare numbers
   */
  record Ranked(
      long key,
      int priority,
      @Nullable BigDecimal stake,
      @Nullable String currency,
      RoutingFacts facts,
      CallHours.@Nullable Window window) {}

  private record Row(
      long key,
      String type,
      @Nullable String groups,
      int priority,
      @Nullable Instant dueAt,
      Instant createdAt,
      @Nullable Long payerId,
      @Nullable Long creditorId,
      @Nullable String segment,
      @Nullable String country,
      @Nullable BigDecimal open,
      @Nullable String currency,
      @Nullable LocalDate dueDate) {}

  /** What is open, and since when the oldest of it is due. */
  private record Stake(BigDecimal amount, @Nullable String currency, LocalDate oldestDue) {

    Stake plus(Stake other) {
      boolean one = currency != null && currency.equals(other.currency);
      return new Stake(
          amount.add(other.amount),
          one ? currency : null,
          oldestDue.isBefore(other.oldestDue) ? oldestDue : other.oldestDue);
    }
  }

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final PayerScores scores;
  private final CallHours hours;

  RankFacts(JdbcTemplate jdbc, Creditors creditors, PayerScores scores, CallHours hours) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.scores = scores;
    this.hours = hours;
  }

  /** Of those that are still open. */
  List<Ranked> of(List<Long> keys, Instant now) {
    if (keys.isEmpty()) {
      return List.of();
    }
    Map<Long, Creditor> owed =
        creditors.findAll().stream().collect(Collectors.toMap(Creditor::key, c -> c));
    LocalDate today = owed.values().iterator().next().calendar().dateOf(now);
    List<Row> rows = rows(keys);
    List<Long> payers = distinctPayers(rows);
    Map<Long, Stake> asked = asked(payers);
    Map<Long, Stake> open = open(payers, today);
    Map<Long, String> promises = promises(payers, today);
    Map<Long, String> bands = new HashMap<>(scores.bandsOf(payers));
    Map<Long, CallHours.Window> windows =
        hours.of(
            distinctPayers(rows.stream().filter(r -> TaskItem.CALLS.contains(r.type())).toList()),
            now);
    List<Ranked> ranked = new ArrayList<>();
    for (Row row : rows) {
      Long payer = row.payerId();
      Creditor creditor = row.creditorId() == null ? null : owed.get(row.creditorId());
      if (payer == null || creditor == null) {
        ranked.add(new Ranked(row.key(), row.priority(), null, null, ofNobody(row, now), null));
        continue;
      }
      Stake stake =
          row.dueDate() != null && row.open() != null
              ? new Stake(row.open(), row.currency(), row.dueDate())
              : asked.getOrDefault(payer, open.get(payer));
      CallHours.Window window = TaskItem.CALLS.contains(row.type()) ? windows.get(payer) : null;
      String band = bands.computeIfAbsent(payer, id -> scores.scoreOf(id, today).band());
      RoutingFacts facts =
          new RoutingFacts(
              row.type(),
              row.groups() == null ? "" : row.groups(),
              creditor.amountBand(worth(stake, creditor)),
              band,
              stake == null ? 0 : days(stake.oldestDue(), today),
              row.segment() == null ? "" : row.segment(),
              row.country() == null ? creditor.country() : row.country(),
              promises.getOrDefault(payer, "none"),
              row.dueAt() == null
                  ? 0
                  : (int) Math.max(0, ChronoUnit.DAYS.between(row.dueAt(), now)),
              (int) Math.max(0, ChronoUnit.DAYS.between(row.createdAt(), now)),
              window != null && window.bestNow());
      ranked.add(
          new Ranked(
              row.key(),
              row.priority(),
              stake == null ? null : stake.amount(),
              stake == null ? null : stake.currency(),
              facts,
              window));
    }
    return ranked;
  }

  private static RoutingFacts ofNobody(Row row, Instant now) {
    return new RoutingFacts(
        row.type(),
        row.groups() == null ? "" : row.groups(),
        "small",
        "",
        0,
        "",
        "",
        "none",
        row.dueAt() == null ? 0 : (int) Math.max(0, ChronoUnit.DAYS.between(row.dueAt(), now)),
        (int) Math.max(0, ChronoUnit.DAYS.between(row.createdAt(), now)),
        false);
  }

  /** By its bare number if it is of another currency, as the bands of amounts are everywhere. */
  private static Money worth(@Nullable Stake stake, Creditor creditor) {
    return Money.rounded(
        stake == null ? BigDecimal.ZERO : stake.amount(), Money.currencyOf(creditor.currency()));
  }

  private static int days(LocalDate due, LocalDate today) {
    return (int) Math.max(0, ChronoUnit.DAYS.between(due, today));
  }

  private static List<Long> distinctPayers(List<Row> rows) {
    return rows.stream().map(Row::payerId).filter(java.util.Objects::nonNull).distinct().toList();
  }

  private List<Row> rows(List<Long> keys) {
    return jdbc.query(
        """
        SELECT t.user_task_key, t.element_id, t.candidate_groups, t.priority, t.due_at, t.created_at, p.id AS payer_id,
          p.creditor_id, p.segment, p.country, i.open_amount, i.currency, i.due_date
        FROM engine_user_task t LEFT JOIN process_subject s ON s.process_instance_key = t.process_instance_key
        LEFT JOIN payer p ON p.id = s.payer_id LEFT JOIN invoice i ON i.id = s.invoice_id
        WHERE t.user_task_key IN (%s) AND t.state = 'created'
        """
            .formatted(Sql.marks(keys.size())),
        RankFacts::row,
        keys.toArray());
  }

  private static Row row(ResultSet rs, int n) throws SQLException {
    return new Row(
        rs.getLong("user_task_key"),
        rs.getString("element_id"),
        rs.getString("candidate_groups"),
        rs.getInt("priority"),
        Sql.instant(rs, "due_at"),
        Sql.requiredInstant(rs, "created_at"),
        Sql.number(rs, "payer_id"),
        Sql.number(rs, "creditor_id"),
        rs.getString("segment"),
        rs.getString("country"),
        rs.getBigDecimal("open_amount"),
        rs.getString("currency"),
        Sql.date(rs, "due_date"));
  }

  /** What calls and visits were asked for. */
  private Map<Long, Stake> asked(List<Long> payers) {
    return stakes(
        payers,
        """
        SELECT r.payer_id, SUM(i.open_amount), i.currency, MIN(i.due_date) FROM call_request r JOIN invoice i ON i.id = r.invoice_id
        WHERE r.state = 'requested' AND r.payer_id IN (%s) GROUP BY r.payer_id, i.currency
        """);
  }

  /** What is overdue; where nothing is, all that is open. */
  private Map<Long, Stake> open(List<Long> payers, LocalDate today) {
    String live =
        "SELECT payer_id, SUM(open_amount), currency, MIN(due_date) FROM invoice"
            + " WHERE settled_on IS NULL AND outcome IS NULL AND amount > 0 AND payer_id IN (%s)";
    Map<Long, Stake> all = stakes(payers, live + " GROUP BY payer_id, currency");
    all.putAll(
        stakes(payers, live + " AND due_date < '" + today + "' GROUP BY payer_id, currency"));
    return all;
  }

  private Map<Long, Stake> stakes(List<Long> payers, String sql) {
    Map<Long, Stake> stakes = new HashMap<>();
    if (!payers.isEmpty()) {
      jdbc.query(
          sql.formatted(Sql.marks(payers.size())),
          rs -> {
            stakes.merge(
                rs.getLong(1),
                new Stake(rs.getBigDecimal(2), rs.getString(3), rs.getObject(4, LocalDate.class)),
                Stake::plus);
          },
          payers.toArray());
    }
    return stakes;
  }

  /** What holds of a payer's promises: one that is due before one that was broken lately. */
  private Map<Long, String> promises(List<Long> payers, LocalDate today) {
    Map<Long, String> promises = new HashMap<>();
    if (!payers.isEmpty()) {
      List<Object> arguments = new ArrayList<>(List.of(today, today.minusDays(BROKEN_DAYS)));
      arguments.addAll(payers);
      jdbc.query(
          "SELECT payer_id, MAX(state = 'open' AND promised_for <= ?), MAX(state = 'broken' AND decided_on >= ?), MAX(state = 'open')"
              + " FROM payment_promise WHERE state IN ('open','broken') AND payer_id IN ("
              + Sql.marks(payers.size())
              + ") GROUP BY payer_id",
          rs -> {
            promises.put(
                rs.getLong(1),
                rs.getBoolean(2)
                    ? "due"
                    : rs.getBoolean(3) ? "broken" : rs.getBoolean(4) ? "open" : "none");
          },
          arguments.toArray());
    }
    return promises;
  }
}
