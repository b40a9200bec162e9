package io.relance.casework;

import io.relance.kernel.Sql;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The user's lists of reasons: why payers have not paid, and what they disagree with. */
@Component
public class ReasonLists {

  /** An entry: a code for ever, and words in the reader's language. */
  public record Reason(String code, String label) {}

  private final JdbcTemplate jdbc;

  ReasonLists(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public List<Reason> ofNonpayment(Locale locale) {
    return read("nonpayment_reason", locale);
  }

  public List<Reason> ofDisputes(Locale locale) {
    return read("dispute_reason", locale);
  }

  /**
   * Adds an entry to a list, or changes the one of that code. An entry that is not active is
   * offered no more, and keeps its words for what was recorded with it.
   *
   * @param list {@code nonpayment} or {@code disputes}
   * @throws IllegalArgumentException if there is no such list, or a word is missing
   */
  public void keep(
      String list,
      String code,
      @Nullable String labelEn,
      @Nullable String labelFr,
      int place,
      boolean active) {
    if (!code.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "code is '" + code + "': small letters, digits and hyphens, 40 at the most");
    }
    if (labelEn == null || labelEn.isBlank() || labelFr == null || labelFr.isBlank()) {
      throw new IllegalArgumentException("labelEn and labelFr are both needed");
    }
    jdbc.update(
        """
        INSERT INTO %s (code, label_en, label_fr, place, active) VALUES (?,?,?,?,?)
        ON DUPLICATE KEY UPDATE label_en = VALUES(label_en), label_fr = VALUES(label_fr), place = VALUES(place), active = VALUES(active)
        """
            .formatted(tableOf(list)),
        code,
        Sql.fit(labelEn.strip(), 100),
        Sql.fit(labelFr.strip(), 100),
        place,
        active);
  }

  /** A list by its name in the API. */
  public List<Reason> of(String list, Locale locale) {
    return read(tableOf(list), locale);
  }

  private static String tableOf(String list) {
    return switch (list) {
      case "nonpayment" -> "nonpayment_reason";
      case "disputes" -> "dispute_reason";
      default ->
          throw new IllegalArgumentException(
              "there is no list '" + list + "': it is nonpayment or disputes");
    };
  }

  private List<Reason> read(String table, Locale locale) {
    return jdbc.query(
        "SELECT code, %s FROM %s WHERE active = TRUE ORDER BY place, code"
            .formatted(locale.getLanguage().equals("fr") ? "label_fr" : "label_en", table),
        (rs, n) -> new Reason(rs.getString(1), rs.getString(2)));
  }
}
