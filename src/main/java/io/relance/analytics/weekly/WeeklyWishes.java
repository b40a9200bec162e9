package io.relance.analytics.weekly;

import io.relance.access.Audit;
import io.relance.access.Role;
import io.relance.access.Users;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.kernel.Weeks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which managers want the weekly mail, in which language, and from which hour of Monday on. */
@Component
public class WeeklyWishes {

  /** The languages of the mail. */
  public static final List<String> LANGUAGES = List.of("en", "fr");

  private static final String SELECT =
      "SELECT login, language, from_hour, zone, wished_at FROM weekly_mail_wish";

  /**
   * A wish.
   *
   * @param fromHour 0 to 23, by the clock of the zone
   * @param wishedAt Mondays before bring nothing
   */
  public record Wish(String login, String language, int fromHour, ZoneId zone, Instant wishedAt) {

    /** The Monday of the week that it is there. */
    LocalDate mondayAt(Instant now) {
      return Weeks.mondayOf(now.atZone(zone).toLocalDate());
    }

    /** When the mail of the week of that Monday is due. */
    Instant dueOn(LocalDate monday) {
      return monday.atTime(fromHour, 0).atZone(zone).toInstant();
    }
  }

  private final JdbcTemplate jdbc;
  private final Users users;
  private final Audit audit;
  private final InstantSource clock;

  WeeklyWishes(JdbcTemplate jdbc, Users users, Audit audit, InstantSource clock) {
    this.jdbc = jdbc;
    this.users = users;
    this.audit = audit;
    this.clock = clock;
  }

  public Optional<Wish> of(String login) {
    return jdbc.query(SELECT + " WHERE login = ?", (rs, n) -> wish(rs), login).stream().findFirst();
  }

  List<Wish> all() {
    return jdbc.query(SELECT + " ORDER BY login", (rs, n) -> wish(rs));
  }

  private static Wish wish(ResultSet rs) throws SQLException {
    return new Wish(
        rs.getString(1),
        rs.getString(2),
        rs.getInt(3),
        ZoneId.of(rs.getString(4)),
        Sql.requiredInstant(rs, "wished_at"));
  }

  /** Whether a user may see figures at all; roles change. */
  boolean maySee(String login) {
    return users.roleOf(login).filter(r -> r == Role.MANAGER || r == Role.ADMIN).isPresent();
  }

  /**
   * Wishes for it, or changes the wish.
   *
   * @throws IllegalArgumentException for what cannot be meant, naming the field
   */
  @Transactional
  public void wish(
      String login, @Nullable String language, @Nullable Integer fromHour, @Nullable String zone) {
    if (!maySee(login)) {
      throw new IllegalArgumentException("the weekly mail is for managers and administrators");
    }
    if (users.emailOf(login).isEmpty()) {
      throw new IllegalArgumentException("email is missing: say where you read your mail");
    }
    if (language == null || !LANGUAGES.contains(language)) {
      throw new IllegalArgumentException(
          "language can be " + String.join(" or ", LANGUAGES) + ", not '" + language + "'");
    }
    if (fromHour == null || fromHour < 0 || fromHour > 23) {
      throw new IllegalArgumentException("fromHour can be 0 to 23, not " + fromHour);
    }
    jdbc.update(
        "INSERT INTO weekly_mail_wish (login, language, from_hour, zone, wished_at) VALUES (?,?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE language = VALUES(language), from_hour = VALUES(from_hour), zone = VALUES(zone)",
        login,
        language,
        fromHour,
        zone(zone).getId(),
        Sql.timestamp(clock.instant()));
    audit.record(
        Actor.user(login),
        "wish-weekly-mail",
        "user " + login,
        language + ", Mondays from " + fromHour + ":00 " + zone);
  }

  private static ZoneId zone(@Nullable String zone) {
    try {
      return ZoneId.of(zone == null ? "" : zone.strip());
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "zone is '" + zone + "', which is no time zone such as Europe/Paris", unknown);
    }
  }

  /** Wants it no more. */
  @Transactional
  public void end(String login) {
    if (jdbc.update("DELETE FROM weekly_mail_wish WHERE login = ?", login) > 0) {
      audit.record(Actor.user(login), "end-weekly-mail", "user " + login, null);
    }
  }
}
