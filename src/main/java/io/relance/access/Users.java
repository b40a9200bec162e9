package io.relance.access;

import io.relance.platform.StartFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * The users. Demo users exist in the demo only: they are made at its start, and shut out where it
 * is off.
 */
@Component
public class Users implements UserDetailsService {

  private static final Logger log = LoggerFactory.getLogger(Users.class);
  private final JdbcTemplate jdbc;
  private final PasswordEncoder passwords;
  private final boolean demo;
  private final String adminPassword;

  Users(
      JdbcTemplate jdbc,
      PasswordEncoder passwords,
      @Value("${relance.demo.enabled}") boolean demo,
      @Value("${relance.access.admin-password:}") String adminPassword) {
    this.jdbc = jdbc;
    this.passwords = passwords;
    this.demo = demo;
    this.adminPassword = adminPassword;
    prepare();
  }

  private void prepare() {
    if (demo) {
      for (Role role : Role.values()) {
        String login = role.name().toLowerCase(Locale.ROOT);
        add(
            login,
            login.substring(0, 1).toUpperCase(Locale.ROOT) + login.substring(1),
            login,
            role,
            true);
      }
      return;
    }
    jdbc.update("UPDATE app_user SET enabled = FALSE WHERE demo = TRUE");
    // whoever knew a demo password may have made a token with it
    jdbc.update(
        "DELETE FROM api_token WHERE login IN (SELECT login FROM app_user WHERE demo = TRUE)");
    if (!adminPassword.isBlank()) {
      jdbc.update("DELETE FROM app_user WHERE login = 'admin' AND demo = TRUE");
      add("admin", "Administrator", adminPassword, Role.ADMIN, false);
    }
    Integer enabled =
        jdbc.queryForObject("SELECT COUNT(*) FROM app_user WHERE enabled = TRUE", Integer.class);
    if (enabled == null || enabled == 0) {
      throw new StartFailure(
          "There is no user who could log in, and no demo users outside the demo.",
          "Set relance.access.admin-password (RELANCE_ACCESS_ADMIN_PASSWORD) for the first start; it makes the user 'admin'.");
    }
  }

  /** Adds a user unless the log-in is there; a demo user is made fit again. */
  public void add(String login, String name, String password, Role role, boolean demoUser) {
    Integer present =
        jdbc.queryForObject("SELECT COUNT(*) FROM app_user WHERE login = ?", Integer.class, login);
    if (present != null && present > 0) {
      if (demoUser) {
        jdbc.update("UPDATE app_user SET enabled = TRUE WHERE login = ? AND demo = TRUE", login);
      }
      return;
    }
    jdbc.update(
        "INSERT IGNORE INTO app_user (login, name, password_hash, role, enabled, demo) VALUES (?,?,?,?,TRUE,?)",
        login,
        name,
        passwords.encode(password),
        role.name(),
        demoUser);
  }

  @EventListener(ApplicationStartedEvent.class)
  void warn() {
    if (demo) {
      log.debug("Demo users are enabled");
    }
  }

  /** The role of an enabled user; empty for anybody else. */
  public Optional<Role> roleOf(String login) {
    return jdbc
        .queryForList(
            "SELECT role FROM app_user WHERE login = ? AND enabled = TRUE", String.class, login)
        .stream()
        .findFirst()
        .map(Role::valueOf);
  }

  /** The enabled users to whom tasks can be given, by their log-ins. */
  public List<String> whoDoTasks() {
    return jdbc.queryForList(
        "SELECT login FROM app_user WHERE enabled = TRUE AND role IN ('AGENT','MANAGER','ADMIN') ORDER BY login LIMIT 500",
        String.class);
  }

  /** Where a user reads their mail; empty if they never said. */
  public Optional<String> emailOf(String login) {
    return jdbc
        .queryForList(
            "SELECT email FROM app_user WHERE login = ? AND email IS NOT NULL", String.class, login)
        .stream()
        .findFirst();
  }

  /**
   * Keeps where a user reads their mail.
   *
   * @throws IllegalArgumentException if it is no address
   */
  public void readsMailAt(String login, String email) {
    if (!email.matches("[^@\\s<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,189}")) {
      throw new IllegalArgumentException("'" + email + "' is no e-mail address");
    }
    jdbc.update("UPDATE app_user SET email = ? WHERE login = ?", email, login);
  }

  @Override
  public UserDetails loadUserByUsername(String login) {
    List<UserDetails> found =
        jdbc.query(
            "SELECT login, password_hash, role, enabled FROM app_user WHERE login = ?",
            (rs, n) ->
                User.withUsername(rs.getString(1))
                    .password(rs.getString(2))
                    .roles(rs.getString(3))
                    .disabled(!rs.getBoolean(4))
                    .build(),
            login);
    if (found.isEmpty()) {
      throw new UsernameNotFoundException("unknown user");
    }
    return found.getFirst();
  }
}
