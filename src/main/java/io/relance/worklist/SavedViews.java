package io.relance.worklist;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The filters that users named, each their own. */
@Component
public class SavedViews {

  private static final int NAME_MAX = 60;
  private static final int QUERY_MAX = 500;
  private static final int VIEWS_MAX = 30;

  /**
   * A named filter.
   *
   * @param query of the address of the work list, without its question mark
   */
  public record View(String name, String query) {}

  private final JdbcTemplate jdbc;

  SavedViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** By their names. */
  public List<View> of(String login) {
    return jdbc.query(
        "SELECT name, query FROM saved_view WHERE login = ? ORDER BY name LIMIT " + VIEWS_MAX,
        (rs, n) -> new View(rs.getString(1), rs.getString(2)),
        login);
  }

  /**
   * Keeps a view under a name; the one that had it before is gone.
   *
   * @throws IllegalArgumentException if name or filter are too long, or there are too many
   */
  public void keep(String login, String name, String query) {
    String called = name.strip();
    if (called.isEmpty() || called.length() > NAME_MAX) {
      throw new IllegalArgumentException(
          "name of a view can have 1 to " + NAME_MAX + " characters, not " + called.length());
    }
    if (query.length() > QUERY_MAX) {
      throw new IllegalArgumentException("the filter is too long to be kept: shorten its texts");
    }
    List<View> views = of(login);
    if (views.size() >= VIEWS_MAX && views.stream().noneMatch(v -> v.name().equals(called))) {
      throw new IllegalArgumentException(
          "there are " + VIEWS_MAX + " views already: remove one first");
    }
    jdbc.update(
        "INSERT INTO saved_view (login, name, query) VALUES (?,?,?) ON DUPLICATE KEY UPDATE query = VALUES(query)",
        login,
        called,
        query);
  }

  public void remove(String login, String name) {
    jdbc.update("DELETE FROM saved_view WHERE login = ? AND name = ?", login, name);
  }
}
