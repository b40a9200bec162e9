package io.relance.worklist;

import io.relance.access.Audit;
import io.relance.access.Users;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is away, and who stands in. While somebody is away nothing is given to them, and what they
 * have goes to their deputy or back to its queue ({@link AbsenceHandOver}).
 */
@Component
public class Absences {

  private static final int DAYS_MAX = 366;
  private static final String COLUMNS =
      "SELECT id, login, from_day, to_day, deputy, said_by FROM agent_absence";

  /**
   * Days on which somebody is away.
   *
   * @param from the first day
   * @param to the last day
   * @param deputy who stands in; null leaves the tasks to their queues
   * @param saidBy who said so: themselves, or a manager
   */
  public record Absence(
      long id,
      String login,
      LocalDate from,
      LocalDate to,
      @Nullable String deputy,
      String saidBy) {}

  private final JdbcTemplate jdbc;
  private final Users users;
  private final TaskRights rights;
  private final Creditors creditors;
  private final Audit audit;
  private final InstantSource clock;

  Absences(
      JdbcTemplate jdbc,
      Users users,
      TaskRights rights,
      Creditors creditors,
      Audit audit,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.users = users;
    this.rights = rights;
    this.creditors = creditors;
    this.audit = audit;
    this.clock = clock;
  }

  /** The house's day. */
  public LocalDate today() {
    return creditors.findAll().getFirst().calendar().dateOf(clock.instant());
  }

  /** Those of today and those to come, in the order of their first days. */
  public List<Absence> all() {
    return jdbc.query(
        COLUMNS + " WHERE to_day >= ? ORDER BY from_day, login LIMIT 1000",
        Absences::absence,
        today());
  }

  /** The same of one person. */
  public List<Absence> of(String login) {
    return jdbc.query(
        COLUMNS + " WHERE login = ? AND to_day >= ? ORDER BY from_day",
        Absences::absence,
        login,
        today());
  }

  /** Who is away today, by their log-ins. */
  public Map<String, Absence> now() {
    Map<String, Absence> away = new HashMap<>();
    jdbc.query(
            COLUMNS + " WHERE to_day >= ? AND from_day <= ?", Absences::absence, today(), today())
        .forEach(absence -> away.put(absence.login(), absence));
    return away;
  }

  StandIns standIns() {
    return new StandIns(now());
  }

  /** Until when that person is away; empty if they are there. */
  public Optional<Absence> now(String login) {
    LocalDate today = today();
    return of(login).stream().filter(absence -> !absence.from().isAfter(today)).findFirst();
  }

  /**
   * Says that somebody is away. What was said of the same days before must be taken back first.
   *
   * @throws OnlyManagers if it is said of somebody else, and not by who leads agents
   * @throws IllegalArgumentException for days that cannot be meant, and for a deputy who cannot
   *     stand in
   */
  @Transactional
  public Absence say(
      String login,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String deputy,
      String by) {
    requireMay(login, by);
    if (!rights.doesTasks(login)) {
      throw new IllegalArgumentException("login: there is no user '" + login + "' who does tasks");
    }
    LocalDate today = today();
    if (from == null || to == null || to.isBefore(from)) {
      throw new IllegalArgumentException(
          "from and to name the first and the last day, such as 2026-03-02 and 2026-03-06; the last"
              + " is not before the first");
    }
    if (to.isBefore(today) || to.isAfter(today.plusDays(DAYS_MAX))) {
      throw new IllegalArgumentException(
          "to can be a day from " + today + " to " + today.plusDays(DAYS_MAX) + ", not " + to);
    }
    if (deputy != null && (deputy.equals(login) || !rights.doesTasks(deputy))) {
      throw new IllegalArgumentException(
          "deputy is '" + deputy + "': name somebody else who does tasks, or nobody");
    }
    List<Absence> same =
        jdbc.query(
            COLUMNS + " WHERE login = ? AND to_day >= ? AND from_day <= ?",
            Absences::absence,
            login,
            from,
            to);
    if (!same.isEmpty()) {
      throw new IllegalArgumentException(
          "from: %s is away from %s to %s already: remove that first"
              .formatted(login, same.getFirst().from(), same.getFirst().to()));
    }
    jdbc.update(
        "INSERT INTO agent_absence (login, from_day, to_day, deputy, said_by, said_at) VALUES (?,?,?,?,?,?)",
        login,
        from,
        to,
        deputy,
        by,
        Sql.timestamp(clock.instant()));
    audit.record(
        Actor.user(by),
        "say-absence",
        "user " + login,
        "from " + from + " to " + to + (deputy == null ? "" : ", deputy " + deputy));
    return of(login).stream().filter(a -> a.from().equals(from)).findFirst().orElseThrow();
  }

  /**
   * Takes an absence back, or ends it: from now on they are there. False if there is none.
   *
   * @throws OnlyManagers as above
   */
  @Transactional
  public boolean remove(long id, String by) {
    List<Absence> found = jdbc.query(COLUMNS + " WHERE id = ?", Absences::absence, id);
    for (Absence absence : found) {
      requireMay(absence.login(), by);
      jdbc.update("DELETE FROM agent_absence WHERE id = ?", id);
      audit.record(
          Actor.user(by),
          "remove-absence",
          "user " + absence.login(),
          "from " + absence.from() + " to " + absence.to());
    }
    return !found.isEmpty();
  }

  private void requireMay(String login, String by) {
    if (!login.equals(by) && !rights.isManager(by)) {
      throw new OnlyManagers("say that somebody else is away; say it of yourself");
    }
  }

  /** Who can be named as a deputy. */
  public List<String> deputiesOf(String login) {
    return users.whoDoTasks().stream().filter(other -> !other.equals(login)).toList();
  }

  private static Absence absence(ResultSet rs, int n) throws SQLException {
    return new Absence(
        rs.getLong("id"),
        rs.getString("login"),
        Sql.requiredDate(rs, "from_day"),
        Sql.requiredDate(rs, "to_day"),
        rs.getString("deputy"),
        rs.getString("said_by"));
  }
}
