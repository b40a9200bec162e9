package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Credit limits, credit insurers' cover and ratings of payers, with who entered what, and when. */
@Component
public class PayerCredits {

  private static final int HISTORY_MAX = 20;
  private static final int COVER_ENDS_DAYS = 30;

  /** What a person enters; amounts in the currency. */
  public record Entry(
      @Nullable String currency,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal cover,
      @Nullable String insurer,
      @Nullable LocalDate coverUntil,
      @Nullable String rating,
      @Nullable String ratingSource,
      @Nullable LocalDate ratedOn,
      @Nullable String note) {}

  /**
   * A payer's credit today.
   *
   * @param now null if nobody entered anything
   * @param used what is open in the currency of the limit, credit notes deducted
   * @param usedPercent of the limit; null without one
   * @param warnings {@code over-limit}, {@code over-cover}, {@code cover-ends} within thirty days,
   *     {@code cover-ended}
   * @param otherCurrencies whether something is open that the limit does not speak of
   * @param history the newest first, {@code now} included
   */
  public record Credit(
      @Nullable PayerCredit now,
      @Nullable Money used,
      @Nullable Integer usedPercent,
      List<String> warnings,
      boolean otherCurrencies,
      List<PayerCredit> history) {}

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Balances balances;
  private final InstantSource clock;

  PayerCredits(JdbcTemplate jdbc, Invoices invoices, Balances balances, InstantSource clock) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.balances = balances;
    this.clock = clock;
  }

  /**
   * Keeps what is known now in place of what was known before, which stays in the history.
   *
   * @throws IllegalArgumentException if an amount is negative or has no currency, or a cover or
   *     rating is only half told
   */
  @Transactional
  public void enter(long payerId, Entry entry, LocalDate today, Actor actor) {
    String currency = currency(entry);
    requirePositive("limit", entry.limit(), currency);
    requirePositive("cover", entry.cover(), currency);
    if (entry.cover() == null && (entry.coverUntil() != null || entry.insurer() != null)) {
      throw new IllegalArgumentException(
          "cover is missing: say up to how much the insurer answers, or leave insurer and end out");
    }
    if (entry.ratedOn() != null && entry.ratedOn().isAfter(today)) {
      throw new IllegalArgumentException(
          "ratedOn is " + entry.ratedOn() + ": a rating is of today or earlier");
    }
    if (entry.rating() == null && (entry.ratingSource() != null || entry.ratedOn() != null)) {
      throw new IllegalArgumentException(
          "rating is missing: say what the agency found, or leave its name and day out");
    }
    balances.lock(List.of(payerId));
    jdbc.update(
        """
        INSERT INTO payer_credit (payer_id, currency, credit_limit, cover, insurer, cover_until, rating, rating_source, rated_on,
          note, actor, noted_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
        """,
        payerId,
        currency,
        entry.limit(),
        entry.cover(),
        Sql.fit(entry.insurer(), 100),
        entry.coverUntil(),
        Sql.fit(entry.rating(), 40),
        Sql.fit(entry.ratingSource(), 100),
        entry.ratedOn(),
        Sql.fit(entry.note(), 800),
        actor.name(),
        Sql.timestamp(clock.instant()));
  }

  private static String currency(Entry entry) {
    String currency = entry.currency() == null ? "" : entry.currency().strip();
    try {
      return Currency.getInstance(currency).getCurrencyCode();
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "currency is '" + currency + "', which is no currency code such as EUR", unknown);
    }
  }

  private static void requirePositive(String field, @Nullable BigDecimal amount, String currency) {
    if (amount == null) {
      return;
    }
    if (amount.signum() < 0 || amount.precision() - amount.scale() > 15) {
      throw new IllegalArgumentException(
          field + " is " + amount.toPlainString() + ": it is zero or more, of fifteen digits");
    }
    try {
      Money.of(amount, currency);
    } catch (IllegalArgumentException tooFine) {
      throw new IllegalArgumentException(field + " is " + tooFine.getMessage(), tooFine);
    }
  }

  /** What is known, and how much of the limit is used on that day. */
  public Credit of(long payerId, LocalDate today) {
    List<PayerCredit> history =
        jdbc.query(
            "SELECT currency, credit_limit, cover, insurer, cover_until, rating, rating_source, rated_on, note, actor, noted_at"
                + " FROM payer_credit WHERE payer_id = ? ORDER BY id DESC LIMIT "
                + HISTORY_MAX,
            (rs, n) -> credit(rs),
            payerId);
    if (history.isEmpty()) {
      return new Credit(null, null, null, List.of(), false, history);
    }
    PayerCredit now = history.getFirst();
    List<Invoice> open = invoices.openOf(payerId);
    Money used =
        open.stream()
            .filter(i -> i.currency().equals(now.currency()))
            .map(Invoice::open)
            .reduce(Money.zero(Currency.getInstance(now.currency())), Money::plus);
    return new Credit(
        now,
        used,
        percent(used, now.limit()),
        warnings(now, used, today),
        open.stream().anyMatch(i -> !i.currency().equals(now.currency())),
        history);
  }

  private static @Nullable Integer percent(Money used, @Nullable Money limit) {
    if (limit == null || !limit.isPositive()) {
      return null;
    }
    return used.amount()
        .max(BigDecimal.ZERO)
        .multiply(BigDecimal.valueOf(100))
        .divide(limit.amount(), 0, RoundingMode.HALF_UP)
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .intValue();
  }

  private static List<String> warnings(PayerCredit now, Money used, LocalDate today) {
    List<String> warnings = new ArrayList<>();
    if (now.limit() != null && used.amount().compareTo(now.limit().amount()) > 0) {
      warnings.add("over-limit");
    }
    LocalDate until = now.coverUntil();
    boolean ended = until != null && until.isBefore(today);
    if (ended) {
      warnings.add("cover-ended");
    } else if (now.cover() != null) {
      if (used.amount().compareTo(now.cover().amount()) > 0) {
        warnings.add("over-cover");
      }
      if (until != null && !until.isAfter(today.plusDays(COVER_ENDS_DAYS))) {
        warnings.add("cover-ends");
      }
    }
    return warnings;
  }

  private static PayerCredit credit(ResultSet rs) throws SQLException {
    String currency = rs.getString("currency");
    return new PayerCredit(
        currency,
        money(rs.getBigDecimal("credit_limit"), currency),
        money(rs.getBigDecimal("cover"), currency),
        rs.getString("insurer"),
        Sql.date(rs, "cover_until"),
        rs.getString("rating"),
        rs.getString("rating_source"),
        Sql.date(rs, "rated_on"),
        rs.getString("note"),
        rs.getString("actor"),
        Sql.requiredInstant(rs, "noted_at"));
  }

  private static @Nullable Money money(@Nullable BigDecimal amount, String currency) {
    return amount == null ? null : Money.of(amount, currency);
  }
}
