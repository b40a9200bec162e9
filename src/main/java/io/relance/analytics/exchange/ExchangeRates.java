package io.relance.analytics.exchange;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The exchange rates that people entered, or that a file of theirs brought; nothing is fetched. A
 * rate of the same day replaces the one before, and the audit trail keeps both.
 */
@Component
public class ExchangeRates {

  /** A rate that is listed, and who entered it when. */
  public record Row(Quote quote, String actor, Instant notedAt) {}

  private static final String QUOTE =
      "SELECT base, currency, day, units, source FROM exchange_rate";
  private static final String UPSERT =
      "INSERT INTO exchange_rate (base, currency, day, units, source, actor, noted_at) VALUES (?,?,?,?,?,?,?)"
          + " ON DUPLICATE KEY UPDATE units = VALUES(units), source = VALUES(source), actor = VALUES(actor),"
          + " noted_at = VALUES(noted_at)";
  private static final int BATCH = 1_000;
  private static final int SOURCE_MAX = 300;

  private final JdbcTemplate jdbc;
  private final Audit audit;
  private final Creditors creditors;
  private final InstantSource clock;

  ExchangeRates(JdbcTemplate jdbc, Audit audit, Creditors creditors, InstantSource clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.creditors = creditors;
    this.clock = clock;
  }

  /**
   * Keeps a rate.
   *
   * @throws IllegalArgumentException if it cannot be one; names the field and says what to do
   */
  @Transactional
  public void enter(
      @Nullable String base,
      @Nullable String currency,
      @Nullable LocalDate day,
      @Nullable BigDecimal units,
      @Nullable String source,
      Actor actor) {
    if (units == null) {
      throw new IllegalArgumentException("rate is missing: how many units one unit is worth");
    }
    if (source == null || source.isBlank()) {
      throw new IllegalArgumentException("source is missing: say where the rate was published");
    }
    if (day == null) {
      throw new IllegalArgumentException("day is missing: of which day the rate is");
    }
    String one = code("base", base);
    String other = code("currency", currency);
    if (one.equals(other)) {
      throw new IllegalArgumentException(
          "currency is " + other + ", and so is base: a rate is between two currencies");
    }
    requireNotAhead(day);
    Quote quote = new Quote(one, other, day, units, source.strip());
    String before =
        on(one, other, day)
            .map(known -> "before: " + known.units().toPlainString() + ", ")
            .orElse("");
    keep(List.of(quote), actor);
    audit.record(
        actor, "enter-exchange-rate", one + "/" + other + " of " + day, before + quote.words());
  }

  /**
   * Keeps the rates of a file, all or none.
   *
   * @param file its name, for the audit trail
   */
  @Transactional
  public void enterAll(List<Quote> quotes, String file, Actor actor) {
    quotes.forEach(quote -> requireNotAhead(quote.day()));
    keep(quotes, actor);
    audit.record(actor, "import-exchange-rates", "file " + file, quotes.size() + " rates");
  }

  private void keep(List<Quote> quotes, Actor actor) {
    Timestamp now = Sql.timestamp(clock.instant());
    jdbc.batchUpdate(
        UPSERT,
        quotes,
        BATCH,
        (row, quote) -> {
          row.setString(1, quote.base());
          row.setString(2, quote.currency());
          row.setObject(3, quote.day());
          row.setBigDecimal(4, quote.units());
          row.setString(5, Sql.fit(quote.source(), SOURCE_MAX));
          row.setString(6, actor.name());
          row.setTimestamp(7, now);
        });
  }

  /** Today where the first creditor is. */
  LocalDate today() {
    return creditors.findAll().stream()
        .findFirst()
        .map(creditor -> creditor.calendar().dateOf(clock.instant()))
        .orElseThrow(() -> new IllegalArgumentException("there is no creditor yet"));
  }

  private void requireNotAhead(LocalDate day) {
    LocalDate today = today();
    if (day.isAfter(today)) {
      throw new IllegalArgumentException(
          "day is " + day + ": rates are of days up to today, " + today);
    }
  }

  static String code(String field, @Nullable String said) {
    if (said == null || said.isBlank()) {
      throw new IllegalArgumentException(field + " is missing: an ISO 4217 code such as EUR");
    }
    return Money.currencyOf(said.strip().toUpperCase(java.util.Locale.ROOT)).getCurrencyCode();
  }

  private Optional<Quote> on(String base, String currency, LocalDate day) {
    return one(QUOTE + " WHERE base = ? AND currency = ? AND day = ?", base, currency, day);
  }

  /** The newest of a pair that is of that day or earlier. */
  Optional<Quote> upTo(String base, String currency, LocalDate day) {
    return one(
        QUOTE + " WHERE base = ? AND currency = ? AND day <= ? ORDER BY day DESC LIMIT 1",
        base,
        currency,
        day);
  }

  /** The newest two of one day with one base, of that day or earlier: both or none. */
  List<Quote> pairUpTo(String base, String one, String other, LocalDate day) {
    return jdbc.query(
        QUOTE
            + " WHERE base = ? AND currency IN (?,?) AND day = (SELECT a.day FROM exchange_rate a JOIN exchange_rate b"
            + " ON b.base = a.base AND b.currency = ? AND b.day = a.day WHERE a.base = ? AND a.currency = ? AND a.day <= ?"
            + " ORDER BY a.day DESC LIMIT 1)",
        (rs, n) -> quote(rs),
        base,
        one,
        other,
        other,
        base,
        one,
        day);
  }

  private Optional<Quote> one(String sql, Object... values) {
    return jdbc.query(sql, (rs, n) -> quote(rs), values).stream().findFirst();
  }

  private static Quote quote(java.sql.ResultSet rs) throws java.sql.SQLException {
    return new Quote(
        rs.getString("base"),
        rs.getString("currency"),
        Sql.requiredDate(rs, "day"),
        rs.getBigDecimal("units"),
        rs.getString("source"));
  }

  /**
   * The rates as they are listed, the newest first: so many from one on.
   *
   * @param currency either side of the pair; null for all
   */
  public List<Row> list(@Nullable String currency, long from, int most) {
    String code = currency == null || currency.isBlank() ? null : code("currency", currency);
    String sql =
        "SELECT base, currency, day, units, source, actor, noted_at FROM exchange_rate"
            + (code == null ? "" : " WHERE currency = ? OR base = ?")
            + " ORDER BY day DESC, base, currency LIMIT ? OFFSET ?";
    Object[] values =
        code == null ? new Object[] {most, from} : new Object[] {code, code, most, from};
    return jdbc.query(
        sql,
        (rs, n) -> new Row(quote(rs), rs.getString("actor"), Sql.requiredInstant(rs, "noted_at")),
        values);
  }
}
