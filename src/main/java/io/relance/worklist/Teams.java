package io.relance.worklist;

import io.relance.access.Audit;
import io.relance.access.Users;
import io.relance.kernel.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who works on which queues, and with how much experience. Whoever is in no team has all queues
 * before them, as everybody has while there are no teams.
 */
@Component
public class Teams {

  private static final int NAMES_MAX = 100;

  /** Somebody in a team; tasks for seniors are shown to seniors first. */
  public record Member(String login, boolean senior) {}

  /** A team with its queues and members, each in the order of their names. */
  public record Team(String name, List<String> queues, List<Member> members) {

    /** {@code any} or {@code senior}; empty for who is not in the team. */
    public String skillOf(String login) {
      return members.stream()
          .filter(member -> member.login().equals(login))
          .findFirst()
          .map(member -> member.senior() ? "senior" : "any")
          .orElse("");
    }
  }

  /** A queue, and which of its tasks: for {@code any} or for {@code senior}. */
  record Lane(String queue, String skill) {}

  /**
   * What a user's day is made of.
   *
   * @param queues that they are to see; empty for all
   */
  record Day(String login, boolean isManager, List<Lane> queues) {}

  private final JdbcTemplate jdbc;
  private final Users users;
  private final TaskRights rights;
  private final Audit audit;

  Teams(JdbcTemplate jdbc, Users users, TaskRights rights, Audit audit) {
    this.jdbc = jdbc;
    this.users = users;
    this.rights = rights;
    this.audit = audit;
  }

  Day dayOf(String login) {
    List<Lane> lanes = new ArrayList<>();
    jdbc.query(
        "SELECT q.queue, MAX(m.senior) FROM team_member m JOIN team_queue q ON q.team_id = m.team_id WHERE m.login = ?"
            + " GROUP BY q.queue ORDER BY q.queue",
        rs -> {
          lanes.add(new Lane(rs.getString(1), "any"));
          if (rs.getBoolean(2)) {
            lanes.add(new Lane(rs.getString(1), "senior"));
          }
        },
        login);
    return new Day(login, rights.isManager(login), List.copyOf(lanes));
  }

  /** By their names. */
  public List<Team> all() {
    Map<Long, List<String>> queues = new HashMap<>();
    jdbc.query(
        "SELECT team_id, queue FROM team_queue ORDER BY queue",
        rs -> {
          queues.computeIfAbsent(rs.getLong(1), id -> new ArrayList<>()).add(rs.getString(2));
        });
    Map<Long, List<Member>> members = new HashMap<>();
    jdbc.query(
        "SELECT team_id, login, senior FROM team_member ORDER BY login",
        rs -> {
          members
              .computeIfAbsent(rs.getLong(1), id -> new ArrayList<>())
              .add(new Member(rs.getString(2), rs.getBoolean(3)));
        });
    return jdbc.query(
        "SELECT id, name FROM team ORDER BY name",
        (rs, n) ->
            new Team(
                rs.getString(2),
                queues.getOrDefault(rs.getLong(1), List.of()),
                members.getOrDefault(rs.getLong(1), List.of())));
  }

  /**
   * Makes a team, or makes it anew.
   *
   * @throws IllegalArgumentException for a name, a queue or a member that cannot be
   */
  @Transactional
  public void keep(Team team, Actor actor) {
    String name = checked("name", team.name(), 100);
    Set<String> queues = new TreeSet<>();
    team.queues().forEach(queue -> queues.add(checked("queues", queue, 40)));
    Map<String, Boolean> members = new LinkedHashMap<>();
    for (Member member : team.members()) {
      if (users.roleOf(member.login()).isEmpty()) {
        throw new IllegalArgumentException(
            "members: there is no user '" + member.login() + "' who can log in");
      }
      members.merge(member.login(), member.senior(), Boolean::logicalOr);
    }
    if (queues.size() > NAMES_MAX || members.size() > NAMES_MAX) {
      throw new IllegalArgumentException(
          "a team can have up to " + NAMES_MAX + " queues and " + NAMES_MAX + " members");
    }
    jdbc.update(
        "INSERT INTO team (name) VALUES (?) ON DUPLICATE KEY UPDATE name = VALUES(name)", name);
    long id = idOf(name);
    jdbc.update("DELETE FROM team_queue WHERE team_id = ?", id);
    jdbc.update("DELETE FROM team_member WHERE team_id = ?", id);
    queues.forEach(
        queue -> jdbc.update("INSERT INTO team_queue (team_id, queue) VALUES (?,?)", id, queue));
    members.forEach(
        (login, senior) ->
            jdbc.update(
                "INSERT INTO team_member (team_id, login, senior) VALUES (?,?,?)",
                id,
                login,
                senior));
    audit.record(actor, "keep-team", "team " + name, "queues " + queues + ", members " + members);
  }

  /** Ends a team; false if there is none of that name. */
  @Transactional
  public boolean remove(String name, Actor actor) {
    List<Long> found = jdbc.queryForList("SELECT id FROM team WHERE name = ?", Long.class, name);
    for (long id : found) {
      jdbc.update("DELETE FROM team_queue WHERE team_id = ?", id);
      jdbc.update("DELETE FROM team_member WHERE team_id = ?", id);
      jdbc.update("DELETE FROM team WHERE id = ?", id);
      audit.record(actor, "remove-team", "team " + name, null);
    }
    return !found.isEmpty();
  }

  private long idOf(String name) {
    return jdbc.queryForList("SELECT id FROM team WHERE name = ?", Long.class, name).getFirst();
  }

  private static String checked(String field, @Nullable String text, int charactersMax) {
    if (text == null || text.isBlank() || text.strip().length() > charactersMax) {
      throw new IllegalArgumentException(
          field + " can have 1 to " + charactersMax + " characters, not '" + text + "'");
    }
    return text.strip();
  }
}
