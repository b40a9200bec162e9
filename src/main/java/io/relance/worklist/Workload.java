package io.relance.worklist;

import io.relance.access.Users;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.kernel.Weeks;
import io.relance.ledger.Creditors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who has how much, and what nobody has: one walk along an index for all that is open, and one for
 * what was done this week.
 */
@Component
public class Workload {

  /** Groups of what is open, in the order of the index that has all of their columns. */
  static final String OPEN =
      "SELECT assignee, queue, worth_currency, COUNT(*) AS tasks, SUM(asleep_until > ?) AS asleep, SUM(due_at < ?) AS overdue,"
          + " SUM(worth) AS worth, MIN(created_at) AS oldest FROM engine_user_task FORCE INDEX (engine_user_task_load)"
          + " WHERE state = 'created' GROUP BY assignee, queue, worth_currency ORDER BY assignee, queue, worth_currency";

  static final String DONE =
      "SELECT assignee, COUNT(*) AS week, SUM(ended_at >= ?) AS today FROM engine_user_task FORCE INDEX (engine_user_task_done)"
          + " WHERE state = 'completed' AND ended_at >= ? AND assignee IS NOT NULL GROUP BY assignee ORDER BY NULL";

  /**
   * A part of the open tasks.
   *
   * @param tasks how many they are, the postponed ones among them
   * @param postponed those that sleep
   * @param overdue those that should be done by now
   * @param worth the money that they are about, a sum a currency; what is about several currencies
   *     at once is left out
   * @param oldest when the oldest one came up; null if there is none
   */
  public record Load(
      long tasks, long postponed, long overdue, List<Money> worth, @Nullable Instant oldest) {}

  /** A team of somebody, and whether they are a senior there. */
  public record Membership(String team, boolean senior) {}

  /**
   * An agent's.
   *
   * @param known whether it is a user of ours; tasks can be given to others in the engine
   * @param doneToday tasks that they completed today, wherever they did
   * @param doneThisWeek the same since Monday
   * @param absence until when they are away; null if they are there
   */
  public record Agent(
      String login,
      boolean known,
      List<Membership> teams,
      Load load,
      long doneToday,
      long doneThisWeek,
      Absences.@Nullable Absence absence) {}

  /** What nobody has in a queue; an empty name is for what is not ranked yet. */
  public record Queue(String name, Load load) {}

  /** All of it, whoever has most first. */
  public record Overview(List<Agent> agents, List<Queue> queues, LocalDate today) {}

  /**
   * @param week from Monday on
   */
  private record Done(long week, long today) {

    static final Done NOTHING = new Done(0, 0);
  }

  private static final class Sum {
    private long tasks;
    private long postponed;
    private long overdue;
    private final Map<String, Money> worth = new TreeMap<>();
    private @Nullable Instant oldest;

    void add(ResultSet rs) throws SQLException {
      tasks += rs.getLong("tasks");
      postponed += rs.getLong("asleep");
      overdue += rs.getLong("overdue");
      String currency = rs.getString("worth_currency");
      if (currency != null && rs.getBigDecimal("worth") != null) {
        worth.merge(currency, Money.of(rs.getBigDecimal("worth"), currency), Money::plus);
      }
      Instant first = Sql.requiredInstant(rs, "oldest");
      oldest = oldest == null || first.isBefore(oldest) ? first : oldest;
    }

    Load load() {
      return new Load(tasks, postponed, overdue, List.copyOf(worth.values()), oldest);
    }
  }

  private final JdbcTemplate jdbc;
  private final Users users;
  private final Teams teams;
  private final Absences absences;
  private final Creditors creditors;
  private final InstantSource clock;

  Workload(
      JdbcTemplate jdbc,
      Users users,
      Teams teams,
      Absences absences,
      Creditors creditors,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.users = users;
    this.teams = teams;
    this.absences = absences;
    this.creditors = creditors;
    this.clock = clock;
  }

  public Overview now() {
    Instant now = clock.instant();
    Map<String, Sum> ofAgents = new HashMap<>();
    Map<String, Sum> ofQueues = new TreeMap<>();
    jdbc.query(
        OPEN,
        rs -> {
          String login = rs.getString("assignee");
          (login == null
                  ? ofQueues.computeIfAbsent(rs.getString("queue"), queue -> new Sum())
                  : ofAgents.computeIfAbsent(login, agent -> new Sum()))
              .add(rs);
        },
        Sql.timestamp(now),
        Sql.timestamp(now));
    BusinessCalendar calendar = creditors.findAll().getFirst().calendar();
    Map<String, Done> done = done(calendar, now);
    Map<String, List<Membership>> memberships = memberships();
    Map<String, Absences.Absence> away = absences.now();
    Set<String> known = new TreeSet<>(users.whoDoTasks());
    Set<String> all = new TreeSet<>(known);
    all.addAll(ofAgents.keySet());
    List<Agent> agents = new ArrayList<>();
    for (String login : all) {
      Done theirs = done.getOrDefault(login, Done.NOTHING);
      agents.add(
          new Agent(
              login,
              known.contains(login),
              memberships.getOrDefault(login, List.of()),
              ofAgents.getOrDefault(login, new Sum()).load(),
              theirs.today(),
              theirs.week(),
              away.get(login)));
    }
    agents.sort(
        Comparator.comparingLong((Agent agent) -> -agent.load().tasks())
            .thenComparingLong(agent -> -agent.load().overdue())
            .thenComparing(Agent::login));
    return new Overview(
        List.copyOf(agents),
        ofQueues.entrySet().stream().map(q -> new Queue(q.getKey(), q.getValue().load())).toList(),
        calendar.dateOf(now));
  }

  private Map<String, Done> done(BusinessCalendar calendar, Instant now) {
    LocalDate today = calendar.dateOf(now);
    LocalDate monday = Weeks.mondayOf(today);
    Map<String, Done> done = new HashMap<>();
    jdbc.query(
        DONE,
        rs -> {
          done.put(rs.getString("assignee"), new Done(rs.getLong("week"), rs.getLong("today")));
        },
        Sql.timestamp(today.atStartOfDay(calendar.zone()).toInstant()),
        Sql.timestamp(monday.atStartOfDay(calendar.zone()).toInstant()));
    return done;
  }

  private Map<String, List<Membership>> memberships() {
    Map<String, List<Membership>> memberships = new HashMap<>();
    for (Teams.Team team : teams.all()) {
      for (Teams.Member member : team.members()) {
        memberships
            .computeIfAbsent(member.login(), login -> new ArrayList<>())
            .add(new Membership(team.name(), member.senior()));
      }
    }
    return memberships;
  }
}
