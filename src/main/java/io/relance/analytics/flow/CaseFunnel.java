package io.relance.analytics.flow;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How far the cases came that began in a period. The stages come from what the product knows of
 * each case, whatever its model looks like.
 */
@Component
public class CaseFunnel {

  /** A stage; the first four lead to the others, of which each case has one. */
  public enum Stage {
    BEGUN("begun"),
    REMINDED("reminded"),
    SPOKEN("spoken"),
    AGREED("agreed"),
    PAID("paid"),
    CREDITED("credited"),
    HANDED_OVER("handed-over"),
    WRITTEN_OFF("written-off"),
    ENDED("ended"),
    OPEN("open");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    /** As the API and keys of texts have it. */
    public String word() {
      return word;
    }

    /**
     * @throws IllegalArgumentException if there is no such stage
     */
    public static Stage of(String word) {
      return Arrays.stream(values())
          .filter(stage -> stage.word.equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "stage can be "
                          + Arrays.stream(values())
                              .map(Stage::word)
                              .collect(Collectors.joining(", "))
                          + ", not '"
                          + word
                          + "'"));
    }
  }

  /**
   * The cases that reached a stage.
   *
   * @param share of all that began; null if none did
   * @param amounts what was open of their invoices when they began, by currency
   * @param cash what came in of them since
   * @param median how long it took half of them from the beginning; null for those that are open,
   *     and for none; right to within five per cent
   */
  public record Reached(
      Stage stage,
      long cases,
      @Nullable Double share,
      List<Money> amounts,
      List<Money> cash,
      @Nullable Duration median) {}

  private record Line(
      String currency,
      String outcome,
      boolean reminded,
      boolean spoken,
      boolean agreed,
      long cases,
      Money amount,
      Money cash) {}

  private static final String FROM = " FROM flow_case d JOIN flow_slice s ON s.id = d.slice";
  private static final String OF =
      " WHERE d.outcome <> 'superseded' AND d.process_key IN (%s) AND ";
  static final String CASES = FROM + OF;

  private static final String INSTANCE =
      " JOIN flow_instance n ON n.process_instance_key = d.process_instance_key";

  private final JdbcTemplate jdbc;

  CaseFunnel(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** All stages; none if no case of these processes began in the period. */
  public List<Reached> of(FlowFilter filter) {
    if (filter.processKeys().isEmpty()) {
      return List.of();
    }
    List<Line> lines = lines(filter);
    if (lines.isEmpty()) {
      return List.of();
    }
    long begun = lines.stream().mapToLong(Line::cases).sum();
    Map<String, Durations> ended = durations("ended", filter);
    List<Reached> stages = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      List<Line> those = lines.stream().filter(isAt(stage)).toList();
      long cases = those.stream().mapToLong(Line::cases).sum();
      Durations took =
          switch (stage) {
            case REMINDED, SPOKEN, AGREED -> all(durations(stage.word(), filter));
            case BEGUN, OPEN -> new Durations();
            default -> ended.getOrDefault(stage.word(), new Durations());
          };
      stages.add(
          new Reached(
              stage,
              cases,
              (double) cases / begun,
              sums(those, false),
              sums(those, true),
              took.percentile(0.5)));
    }
    return stages;
  }

  private static Predicate<Line> isAt(Stage stage) {
    return switch (stage) {
      case BEGUN -> line -> true;
      case REMINDED -> Line::reminded;
      case SPOKEN -> Line::spoken;
      case AGREED -> Line::agreed;
      default -> line -> line.outcome().equals(stage.word());
    };
  }

  private static List<Money> sums(List<Line> lines, boolean ofCash) {
    Map<String, Money> sums = new TreeMap<>();
    for (Line line : lines) {
      sums.merge(line.currency(), ofCash ? line.cash() : line.amount(), Money::plus);
    }
    return List.copyOf(sums.values());
  }

  static String linesSql(FlowFilter filter, List<Object> arguments) {
    arguments.addAll(filter.processKeys());
    return "SELECT d.currency, d.outcome, d.reminded IS NOT NULL, d.spoken IS NOT NULL, d.agreed IS NOT NULL,"
        + " COUNT(*), SUM(d.amount), SUM(d.cash)"
        + CASES.formatted(Sql.marks(filter.processKeys().size()))
        + filter.condition(arguments)
        + " GROUP BY 1, 2, 3, 4, 5";
  }

  private List<Line> lines(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>();
    String sql = linesSql(filter, arguments);
    return jdbc.query(
        sql,
        (rs, n) ->
            new Line(
                rs.getString(1),
                rs.getString(2),
                rs.getBoolean(3),
                rs.getBoolean(4),
                rs.getBoolean(5),
                rs.getLong(6),
                Money.of(rs.getBigDecimal(7), rs.getString(1)),
                Money.of(rs.getBigDecimal(8), rs.getString(1))),
        arguments.toArray());
  }

  /** The cases behind a stage, the newest first. */
  public List<FlowPaths.Instance> cases(FlowFilter filter, Stage stage, int max) {
    if (filter.processKeys().isEmpty()) {
      return List.of();
    }
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    String condition = filter.condition(arguments) + at(stage, arguments);
    arguments.add(max);
    return jdbc.query(
        "SELECT d.process_instance_key, p.number, p.name, i.number AS invoice, n.started_at, n.ended_at, 1 AS times"
            + FROM
            + INSTANCE
            + FlowPaths.WHO
            + OF.formatted(Sql.marks(filter.processKeys().size()))
            + condition
            + " ORDER BY d.day DESC, d.case_id DESC LIMIT ?",
        (rs, n) -> FlowPaths.instance(rs),
        arguments.toArray());
  }

  private static String at(Stage stage, List<Object> arguments) {
    return switch (stage) {
      case BEGUN -> "";
      case REMINDED, SPOKEN, AGREED -> " AND d." + stage.word + " IS NOT NULL";
      default -> {
        arguments.add(stage.word);
        yield " AND d.outcome = ?";
      }
    };
  }

  private static Durations all(Map<String, Durations> byOutcome) {
    Durations all = new Durations();
    byOutcome.values().forEach(all::addAll);
    return all;
  }

  /** By outcome. */
  private Map<String, Durations> durations(String column, FlowFilter filter) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    Map<String, Durations> durations = new LinkedHashMap<>();
    jdbc.query(
        "SELECT d.outcome, d."
            + column
            + ", COUNT(*)"
            + CASES.formatted(Sql.marks(filter.processKeys().size()))
            + filter.condition(arguments)
            + " AND d."
            + column
            + " IS NOT NULL GROUP BY 1, 2",
        rs -> {
          durations
              .computeIfAbsent(rs.getString(1), outcome -> new Durations())
              .add(rs.getInt(2), rs.getLong(3));
        },
        arguments.toArray());
    return durations;
  }
}
