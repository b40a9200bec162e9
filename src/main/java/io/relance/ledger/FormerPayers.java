package io.relance.ledger;

import io.relance.kernel.PayerIds;
import io.relance.kernel.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Payers that were merged into others: their numbers stay known, and lead to who is left. */
@Component
public class FormerPayers implements PayerIds {

  /**
   * A number that is used no more.
   *
   * @param into the customer number that is used now
   * @param email the address that was known under the old number
   */
  public record Former(
      String number,
      String name,
      @Nullable String email,
      @Nullable String phone,
      String into,
      String intoName,
      Instant at,
      String by) {}

  private static final String SELECT =
      "SELECT f.number, f.name, f.email, f.phone, p.number AS into_number, p.name AS into_name, f.merged_at, f.merged_by"
          + " FROM payer f JOIN payer p ON p.id = f.merged_into ";

  private final JdbcTemplate jdbc;
  private final Creditors creditors;

  FormerPayers(JdbcTemplate jdbc, Creditors creditors) {
    this.jdbc = jdbc;
    this.creditors = creditors;
  }

  @Override
  public long current(long payerId) {
    return jdbc
        .queryForList(
            "SELECT merged_into FROM payer WHERE id = ? AND merged_into IS NOT NULL",
            Long.class,
            payerId)
        .stream()
        .findFirst()
        .orElse(payerId);
  }

  /** What became of this number; empty if a creditor still uses it, or nobody ever did. */
  public Optional<Former> find(String number) {
    Former former = null;
    for (Creditor creditor : creditors.findAll()) {
      List<Former> found =
          jdbc.query(
              SELECT + "WHERE f.creditor_id = ? AND f.number = ?",
              (rs, n) -> former(rs),
              creditor.key(),
              number);
      if (found.isEmpty() && isUsed(creditor.key(), number)) {
        return Optional.empty();
      }
      former = found.isEmpty() ? former : found.getFirst();
    }
    return Optional.ofNullable(former);
  }

  private boolean isUsed(long creditorId, String number) {
    return !jdbc.queryForList(
            "SELECT id FROM payer WHERE creditor_id = ? AND number = ?",
            Long.class,
            creditorId,
            number)
        .isEmpty();
  }

  /** The numbers that gave way to this payer's, the latest first. */
  public List<Former> of(long payerId) {
    return jdbc.query(
        SELECT + "WHERE f.merged_into = ? ORDER BY f.merged_at DESC, f.id DESC",
        (rs, n) -> former(rs),
        payerId);
  }

  private static Former former(ResultSet rs) throws SQLException {
    return new Former(
        rs.getString("number"),
        rs.getString("name"),
        rs.getString("email"),
        rs.getString("phone"),
        rs.getString("into_number"),
        rs.getString("into_name"),
        Sql.requiredInstant(rs, "merged_at"),
        rs.getString("merged_by"));
  }
}
