package io.relance.analytics.flow;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What the cases of two versions of a model brought within thirty days. Cases that began less than
 * thirty days ago are left out, of both. A comparison of what happened is no experiment: where the
 * cases of the two differ in more than the model, it says so.
 */
@Component
public class VersionComparison {

  /** Within so many days of the beginning. */
  public static final int DAYS = 30;

  /** With fewer cases the intervals are wide, and a single payer moves them. */
  public static final int CASES_MIN = 30;

  /** A larger standardised difference of the mix is told. */
  static final double MIX_MAX = 0.1;

  /**
   * What one version brought.
   *
   * @param cases that began with this version at least thirty days ago, whatever version they were
   *     moved to since: leaving those out would flatter, as who has paid is not moved
   * @param moved of them, to another version
   * @param young cases that began later, and are left out
   * @param first day on which one of the cases began; null if there is none
   * @param paid in full within thirty days, as a share of the cases; null of none
   * @param open what was open when they began, by currency
   * @param cash what came in of it within thirty days
   * @param medianDays after so many days half of all cases were paid in full; null if fewer than
   *     half are
   */
  public record Side(
      long cases,
      long young,
      long moved,
      @Nullable LocalDate first,
      @Nullable LocalDate last,
      long paidCases,
      @Nullable Interval paid,
      List<Money> open,
      List<Money> cash,
      @Nullable Integer medianDays) {}

  /** Why the comparison is not fair, or not certain. */
  public enum Why {
    FEW,
    YOUNG,
    MOVED,
    PERIODS,
    CREDITOR,
    SEGMENT,
    BAND
  }

  /**
   * A warning.
   *
   * @param what of the mix differs most, such as band {@code E}; empty where nobody has one
   * @param a its share in the first, in percent; how many cases of the first were moved to another
   *     version on their way
   * @param b the same of the second
   */
  public record Warning(Why why, String what, double a, double b) {

    static Warning of(Why why) {
      return new Warning(why, "", 0, 0);
    }
  }

  /**
   * Two versions side by side.
   *
   * @param difference how much larger the first one's share of cases paid in full is; null if
   *     either has none
   * @param withinBands the same within each score, so that a different mix of scores does not count
   */
  public record Comparison(
      Side a,
      Side b,
      @Nullable Interval difference,
      @Nullable Interval withinBands,
      List<Warning> warnings) {}

  /** Cases of a version that are alike. */
  record Group(
      String creditor,
      String segment,
      String band,
      String currency,
      LocalDate first,
      LocalDate last,
      long cases,
      long paid,
      BigDecimal open,
      BigDecimal cash) {}

  private final JdbcTemplate jdbc;

  VersionComparison(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Compares two versions.
   *
   * @param filter of the cases; its processes do not count
   * @param today of the creditor
   */
  public Comparison of(FlowFilter filter, long keyA, long keyB, LocalDate today) {
    LocalDate ripe = today.minusDays(DAYS);
    List<Group> a = groups(filter, keyA, ripe);
    List<Group> b = groups(filter, keyB, ripe);
    Side sideA =
        side(
            a,
            young(filter, keyA, ripe),
            moved(filter, keyA, ripe),
            medianDays(filter, keyA, ripe));
    Side sideB =
        side(
            b,
            young(filter, keyB, ripe),
            moved(filter, keyB, ripe),
            medianDays(filter, keyB, ripe));
    return new Comparison(
        sideA,
        sideB,
        Proportions.difference(
            new Proportions.Counted(sideA.paidCases(), sideA.cases()),
            new Proportions.Counted(sideB.paidCases(), sideB.cases())),
        Proportions.differenceWithin(strata(a, b)),
        warnings(a, b, sideA, sideB));
  }

  private static Side side(
      List<Group> groups, long young, long moved, @Nullable Integer medianDays) {
    long cases = groups.stream().mapToLong(Group::cases).sum();
    long paid = groups.stream().mapToLong(Group::paid).sum();
    return new Side(
        cases,
        young,
        moved,
        groups.stream().map(Group::first).min(LocalDate::compareTo).orElse(null),
        groups.stream().map(Group::last).max(LocalDate::compareTo).orElse(null),
        paid,
        Proportions.share(new Proportions.Counted(paid, cases)),
        sums(groups, Group::open),
        sums(groups, Group::cash),
        medianDays);
  }

  private static List<Money> sums(List<Group> groups, Function<Group, BigDecimal> amount) {
    Map<String, Money> sums = new TreeMap<>();
    for (Group group : groups) {
      sums.merge(group.currency(), Money.of(amount.apply(group), group.currency()), Money::plus);
    }
    return List.copyOf(sums.values());
  }

  static List<Warning> warnings(List<Group> a, List<Group> b, Side sideA, Side sideB) {
    List<Warning> warnings = new ArrayList<>();
    if (sideA.cases() < CASES_MIN || sideB.cases() < CASES_MIN) {
      warnings.add(Warning.of(Why.FEW));
    }
    if (sideA.young() + sideB.young() > 0) {
      warnings.add(Warning.of(Why.YOUNG));
    }
    if (sideA.moved() + sideB.moved() > 0) {
      warnings.add(new Warning(Why.MOVED, "", sideA.moved(), sideB.moved()));
    }
    LocalDate firstA = sideA.first();
    LocalDate firstB = sideB.first();
    LocalDate lastA = sideA.last();
    LocalDate lastB = sideB.last();
    if (firstA == null || firstB == null || lastA == null || lastB == null) {
      return warnings;
    }
    if (lastA.isBefore(firstB) || lastB.isBefore(firstA)) {
      warnings.add(Warning.of(Why.PERIODS));
    }
    addMix(warnings, Why.BAND, a, b, Group::band);
    addMix(warnings, Why.SEGMENT, a, b, Group::segment);
    addMix(warnings, Why.CREDITOR, a, b, Group::creditor);
    return warnings;
  }

  /** Names the kind of case whose share differs most, if it differs by much. */
  private static void addMix(
      List<Warning> warnings, Why why, List<Group> a, List<Group> b, Function<Group, String> of) {
    Map<String, Long> casesA = cases(a, of);
    Map<String, Long> casesB = cases(b, of);
    long allA = a.stream().mapToLong(Group::cases).sum();
    long allB = b.stream().mapToLong(Group::cases).sum();
    TreeSet<String> kinds = new TreeSet<>(casesA.keySet());
    kinds.addAll(casesB.keySet());
    double most = MIX_MAX;
    Warning worst = null;
    for (String kind : kinds) {
      Proportions.Counted one = new Proportions.Counted(casesA.getOrDefault(kind, 0L), allA);
      Proportions.Counted other = new Proportions.Counted(casesB.getOrDefault(kind, 0L), allB);
      double difference = Proportions.standardisedDifference(one, other);
      if (difference > most) {
        most = difference;
        worst = new Warning(why, kind, 100 * one.share(), 100 * other.share());
      }
    }
    if (worst != null) {
      warnings.add(worst);
    }
  }

  private static Map<String, Long> cases(List<Group> groups, Function<Group, String> of) {
    Map<String, Long> cases = new TreeMap<>();
    groups.forEach(group -> cases.merge(of.apply(group), group.cases(), Long::sum));
    return cases;
  }

  static List<Proportions.Stratum> strata(List<Group> a, List<Group> b) {
    TreeSet<String> bands = new TreeSet<>(cases(a, Group::band).keySet());
    bands.addAll(cases(b, Group::band).keySet());
    return bands.stream()
        .map(band -> new Proportions.Stratum(counted(a, band), counted(b, band)))
        .toList();
  }

  private static Proportions.Counted counted(List<Group> groups, String band) {
    List<Group> those = groups.stream().filter(group -> group.band().equals(band)).toList();
    return new Proportions.Counted(
        those.stream().mapToLong(Group::paid).sum(), those.stream().mapToLong(Group::cases).sum());
  }

  static String groupsSql(FlowFilter filter, long key, LocalDate ripe, List<Object> arguments) {
    arguments.add(key);
    String condition = filter.condition(arguments);
    arguments.add(ripe);
    return "SELECT k.name, s.segment, s.band, d.currency, MIN(d.day) AS first, MAX(d.day) AS last, COUNT(*),"
        + " SUM(d.outcome = 'paid' AND d.paid_after <= "
        + DAYS
        + "), SUM(d.amount), SUM(d.cash_30)"
        + CaseFunnel.CASES
            .formatted("?")
            .replace(" WHERE ", " JOIN creditor k ON k.id = s.creditor_id WHERE ")
        + condition
        + " AND d.day <= ? GROUP BY k.name, s.segment, s.band, d.currency";
  }

  private List<Group> groups(FlowFilter filter, long key, LocalDate ripe) {
    List<Object> arguments = new ArrayList<>();
    return jdbc.query(
        groupsSql(filter, key, ripe, arguments),
        (rs, n) ->
            new Group(
                rs.getString(1),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                Sql.requiredDate(rs, "first"),
                Sql.requiredDate(rs, "last"),
                rs.getLong(7),
                rs.getLong(8),
                rs.getBigDecimal(9),
                rs.getBigDecimal(10)),
        arguments.toArray());
  }

  private long young(FlowFilter filter, long key, LocalDate ripe) {
    List<Object> arguments = new ArrayList<>(List.of(key));
    String sql =
        "SELECT COUNT(*)"
            + CaseFunnel.CASES.formatted("?")
            + filter.condition(arguments)
            + " AND d.day > ?";
    arguments.add(ripe);
    Long young = jdbc.queryForObject(sql, Long.class, arguments.toArray());
    return young == null ? 0 : young;
  }

  private long moved(FlowFilter filter, long key, LocalDate ripe) {
    List<Object> arguments = new ArrayList<>(List.of(key));
    String sql =
        "SELECT COUNT(*)"
            + CaseFunnel.CASES.formatted("?")
            + filter.condition(arguments)
            + " AND d.day <= ? AND d.process_instance_key IN (SELECT v.process_instance_key FROM engine_process f"
            + " JOIN engine_process t ON t.bpmn_process_id = f.bpmn_process_id AND t.process_key <> f.process_key"
            + " JOIN engine_element_event v ON v.process_key = t.process_key AND v.element_id = t.bpmn_process_id"
            + " AND v.intent = 'migrated' WHERE f.process_key = ?)";
    arguments.add(ripe);
    arguments.add(key);
    Long moved = jdbc.queryForObject(sql, Long.class, arguments.toArray());
    return moved == null ? 0 : moved;
  }

  /** Those that were not paid count as paid never: leaving them out would flatter. */
  private @Nullable Integer medianDays(FlowFilter filter, long key, LocalDate ripe) {
    List<Object> arguments = new ArrayList<>(List.of(key));
    String sql =
        "SELECT d.paid_after, COUNT(*)"
            + CaseFunnel.CASES.formatted("?")
            + filter.condition(arguments)
            + " AND d.day <= ? GROUP BY d.paid_after ORDER BY d.paid_after IS NULL, d.paid_after";
    arguments.add(ripe);
    record Paid(@Nullable Long after, long cases) {}
    List<Paid> paid =
        jdbc.query(
            sql,
            (rs, n) -> new Paid(Sql.number(rs, "paid_after"), rs.getLong(2)),
            arguments.toArray());
    long all = paid.stream().mapToLong(Paid::cases).sum();
    long seen = 0;
    for (Paid each : paid) {
      seen += each.cases();
      Long after = each.after();
      if (after != null && 2 * seen >= all) {
        return after.intValue();
      }
    }
    return null;
  }
}
