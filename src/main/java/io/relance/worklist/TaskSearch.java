package io.relance.worklist;

import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Finds the payers that a text means: by the beginning of their number, name, or an invoice's. */
@Component
class TaskSearch {

  private static final int FOUND_MAX = 50;
  private static final int TEXT_MAX = 200;

  private final JdbcTemplate jdbc;
  private final Creditors creditors;

  TaskSearch(JdbcTemplate jdbc, Creditors creditors) {
    this.jdbc = jdbc;
    this.creditors = creditors;
  }

  /** The payers of this number, of each creditor. */
  List<Long> ofNumber(String number) {
    List<Long> found = new ArrayList<>();
    for (Creditor creditor : creditors.findAll()) {
      found.addAll(
          jdbc.queryForList(
              "SELECT id FROM payer WHERE creditor_id = ? AND number = ?",
              Long.class,
              creditor.key(),
              number));
    }
    return withFormer(found);
  }

  /** A payer's tasks stand under the number that is left, or were done under a former one. */
  private List<Long> withFormer(Collection<Long> found) {
    Set<Long> all = new LinkedHashSet<>(found);
    all.addAll(related("SELECT merged_into FROM payer WHERE merged_into IS NOT NULL AND id", all));
    all.addAll(related("SELECT id FROM payer WHERE merged_into", all));
    return List.copyOf(all);
  }

  private List<Long> related(String sql, Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.queryForList(sql + " IN (" + Sql.marks(ids.size()) + ")", Long.class, ids.toArray());
  }

  /**
   * Up to fifty of each kind: who types more of it finds what is further down.
   *
   * @throws IllegalArgumentException if the text is too long for any name
   */
  List<Long> startingWith(String text) {
    if (text.length() > TEXT_MAX) {
      throw new IllegalArgumentException(
          "text can have up to " + TEXT_MAX + " characters, not " + text.length());
    }
    // what a person types has no wildcards
    String prefix = text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    Set<Long> found = new LinkedHashSet<>();
    for (Creditor creditor : creditors.findAll()) {
      found.addAll(
          ids(
              "SELECT id FROM payer WHERE creditor_id = ? AND number LIKE ? ESCAPE '!'",
              creditor.key(),
              prefix));
      found.addAll(
          ids(
              "SELECT payer_id FROM invoice WHERE creditor_id = ? AND number LIKE ? ESCAPE '!'",
              creditor.key(),
              prefix));
    }
    found.addAll(ids("SELECT id FROM payer WHERE name LIKE ? ESCAPE '!'", prefix));
    return withFormer(found);
  }

  private List<Long> ids(String sql, Object... arguments) {
    return jdbc.queryForList(sql + " LIMIT " + FOUND_MAX, Long.class, arguments);
  }
}
