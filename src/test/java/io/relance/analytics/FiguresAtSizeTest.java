package io.relance.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.analytics.Receivables.Basis;
import io.relance.support.HandlerReads;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * The figures come from indexes alone, on the real database: of 100,000 invoices of two years, a
 * twentieth of which is open.
 */
class FiguresAtSizeTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  private static final Cut ALL = new Cut(List.of(1L), null, null, null);

  private static final Server SERVER = SharedServer.get();

  private record Read(long rows, long handled) {}

  @BeforeAll
  static void fill() {
    var jdbc = SERVER.database();
    empty();
    jdbc.execute("CREATE TABLE open_span_sized LIKE open_span");
    jdbc.execute("CREATE TABLE invoice_sized LIKE invoice");
    String digits =
        "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5"
            + " UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    String numbers =
        "(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM %1$s a, %1$s b, %1$s c, %1$s e, %1$s f) numbers"
            .formatted(digits);
    jdbc.update(
        "INSERT INTO invoice_sized (id, creditor_id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount,"
            + " currency, settled_on, created_at, updated_at) SELECT n + 1, 1, n DIV 20, CONCAT('S', n), '2026-03-02' - INTERVAL (n % 730) DAY,"
            + " '2026-03-02' - INTERVAL (n % 730) - 30 DAY, 100 + n % 900, IF(n % 20 = 0, 100 + n % 900, 0), 0,"
            + " IF(n % 7 = 0, 'USD', 'EUR'), IF(n % 20 = 0, NULL, '2026-03-02'), '2026-03-02', '2026-03-02' FROM "
            + numbers);
    jdbc.update(
        "INSERT INTO open_span_sized (invoice_id, from_day, to_day, creditor_id, currency, open_amount, issue_date, due_date)"
            + " SELECT id, issue_date, IF(open_amount > 0, '9999-12-31', due_date + INTERVAL 10 DAY), creditor_id, currency, amount,"
            + " issue_date, due_date FROM invoice_sized");
    jdbc.execute("ANALYZE TABLE open_span_sized, invoice_sized");
  }

  @AfterAll
  static void empty() {
    SERVER.database().execute("DROP TABLE IF EXISTS open_span_sized");
    SERVER.database().execute("DROP TABLE IF EXISTS invoice_sized");
  }

  @Test
  void theAgedBalanceReadsWhatIsOpenAndNoMore() {
    long open =
        count(
            "SELECT COUNT(*) FROM open_span_sized WHERE to_day > '2026-03-02' AND from_day <= '2026-03-02'");
    for (Basis basis : Basis.values()) {
      Read today = read(Receivables.agedSql(ALL, basis), "open_span_day", 1L, TODAY, TODAY);
      assertThat(today.rows()).as("dates and currencies").isGreaterThan(200);
      // each open invoice once; then the groups are written and read again
      assertThat(today.handled()).isLessThan(2 * open + 5_000);
    }
  }

  @Test
  void twoDaysAMonthApartAreReadAtOnce() {
    LocalDate before = TODAY.minusMonths(1);
    long open =
        count(
            "SELECT COUNT(*) FROM open_span_sized WHERE to_day > '2026-02-02' AND from_day <= '2026-03-02'");
    Read both =
        read(
            Receivables.agedTwiceSql(ALL, Basis.DUE),
            "open_span_day",
            TODAY,
            before,
            1L,
            before,
            TODAY);
    assertThat(both.rows()).isGreaterThan(200);
    assertThat(both.handled()).isLessThan(2 * open + 5_000);
  }

  @Test
  void aDayOfLastYearIsReadAlongTheSameIndex() {
    LocalDate then = TODAY.minusYears(1);
    Read past = read(Receivables.agedSql(ALL, Basis.DUE), "open_span_day", 1L, then, then);
    assertThat(past.rows()).isGreaterThan(100);
    assertThat(past.handled()).as("not the year before").isLessThan(90_000);
  }

  @Test
  void whatWasBilledIsReadOfItsDaysOnly() {
    Read billed =
        read(Receivables.billedSql(ALL), "invoice_billed", 1L, TODAY.minusDays(89), TODAY);
    assertThat(billed.rows()).as("days and currencies").isEqualTo(180);
    assertThat(billed.handled()).as("ninety days of 730").isLessThan(30_000);
  }

  private static long count(String sql) {
    Long found = SERVER.database().queryForObject(sql, Long.class);
    return found == null ? 0 : found;
  }

  /** By that index, without a look at the rows. */
  private static Read read(String query, String index, Object... values) {
    String sql =
        query
            .replace("open_span s FORCE", "open_span_sized s FORCE")
            .replace("invoice i FORCE", "invoice_sized i FORCE");
    assertThat(sql).contains("_sized ");
    return SERVER
        .database()
        .execute(
            (ConnectionCallback<@Nullable Read>)
                connection -> {
                  try (PreparedStatement explain =
                          bound(
                              connection.prepareStatement("EXPLAIN FORMAT=TRADITIONAL " + sql),
                              values);
                      ResultSet plan = explain.executeQuery()) {
                    assertThat(plan.next()).isTrue();
                    assertThat(plan.getString("key")).isEqualTo(index);
                    assertThat(plan.getString("Extra")).contains("Using index");
                  }
                  try (Statement counters = connection.createStatement();
                      PreparedStatement select = bound(connection.prepareStatement(sql), values)) {
                    long before = HandlerReads.of(counters);
                    long rows = 0;
                    try (ResultSet groups = select.executeQuery()) {
                      while (groups.next()) {
                        rows++;
                      }
                    }
                    return new Read(rows, HandlerReads.of(counters) - before);
                  }
                });
  }

  private static PreparedStatement bound(PreparedStatement statement, Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
