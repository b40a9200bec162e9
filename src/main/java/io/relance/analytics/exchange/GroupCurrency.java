package io.relance.analytics.exchange;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The currency in which a group of creditors is looked at, and how amounts come to be in it: by the
 * newest rate of the day or earlier, if it is not too old. A rate between both is taken first; then
 * one the other way round; then two of one day against the euro, as the European Central Bank
 * publishes them.
 */
@Component
public class GroupCurrency {

  /** How old a rate may be unless somebody says otherwise, in days. */
  public static final int DAYS_MAX = 7;

  /** Rates are published on working days: with fewer days a long weekend would have none. */
  private static final int DAYS_LEAST = 4; // the refusal says both numbers

  private static final int DAYS_MOST = 400;
  private static final String EURO = "EUR";
  private static final String CURRENCY = "figures.group-currency";
  private static final String DAYS = "figures.rate-days-max";

  /**
   * What was chosen.
   *
   * @param currency null where none was
   * @param daysMax how old a rate may be
   */
  public record Settings(@Nullable String currency, int daysMax) {}

  /** How to convert, or why not. */
  public sealed interface Rates {}

  /** All that is needed, by the codes of the currencies. */
  public record Known(Currency group, SortedMap<String, Conversion> conversions) implements Rates {

    /** An amount in the group's currency. */
    public Money of(Money amount) {
      Conversion conversion = conversions.get(amount.currencyCode());
      if (conversion == null) {
        throw new IllegalArgumentException("no rate was asked for of " + amount.currencyCode());
      }
      return conversion.of(amount);
    }
  }

  /** What is missing; at least one. */
  public record Missing(List<RateGap> gaps) implements Rates {}

  private final ExchangeRates rates;
  private final JdbcTemplate jdbc;
  private final Audit audit;

  GroupCurrency(ExchangeRates rates, JdbcTemplate jdbc, Audit audit) {
    this.rates = rates;
    this.jdbc = jdbc;
    this.audit = audit;
  }

  public Settings settings() {
    return new Settings(
        read(CURRENCY).orElse(null), read(DAYS).map(Integer::valueOf).orElse(DAYS_MAX));
  }

  private Optional<String> read(String name) {
    return jdbc
        .queryForList("SELECT value FROM app_setting WHERE name = ?", String.class, name)
        .stream()
        .findFirst();
  }

  /**
   * Chooses both.
   *
   * @param currency an ISO code; blank for none
   * @throws IllegalArgumentException if there is no such currency, or no rate could be that new
   */
  @Transactional
  public void choose(@Nullable String currency, int daysMax, Actor actor) {
    if (daysMax < DAYS_LEAST || daysMax > DAYS_MOST) {
      throw new IllegalArgumentException("daysMax can be 4 to 400 days, not " + daysMax);
    }
    Settings before = settings();
    String code =
        currency == null || currency.isBlank() ? null : ExchangeRates.code("currency", currency);
    if (code == null) {
      jdbc.update("DELETE FROM app_setting WHERE name = ?", CURRENCY);
    } else {
      keep(CURRENCY, code);
    }
    keep(DAYS, String.valueOf(daysMax));
    audit.record(
        actor,
        "choose-group-currency",
        "figures",
        before.currency()
            + ", "
            + before.daysMax()
            + " days -> "
            + code
            + ", "
            + daysMax
            + " days");
  }

  private void keep(String name, String value) {
    jdbc.update(
        "INSERT INTO app_setting (name, value) VALUES (?,?) ON DUPLICATE KEY UPDATE value = VALUES(value)",
        name,
        value);
  }

  /** How amounts of these currencies are converted at the end of a day. */
  public Rates at(Collection<String> currencies, LocalDate day) {
    Settings settings = settings();
    String group = settings.currency();
    if (group == null) {
      return new Missing(
          List.of(
              new RateGap(
                  RateGap.Kind.NO_GROUP_CURRENCY, null, null, day, null, settings.daysMax())));
    }
    SortedMap<String, Conversion> known = new TreeMap<>();
    List<RateGap> gaps = new ArrayList<>();
    for (String currency : new java.util.TreeSet<>(currencies)) {
      Conversion found = conversion(currency, group, day);
      if (found == null) {
        gaps.add(new RateGap(RateGap.Kind.NO_RATE, currency, group, day, null, settings.daysMax()));
      } else {
        LocalDate oldest =
            found.quotes().stream().map(Quote::day).min(LocalDate::compareTo).orElse(day);
        if (ChronoUnit.DAYS.between(oldest, day) > settings.daysMax()) {
          gaps.add(
              new RateGap(RateGap.Kind.TOO_OLD, currency, group, day, oldest, settings.daysMax()));
        }
        known.put(currency, found);
      }
    }
    return gaps.isEmpty() ? new Known(Currency.getInstance(group), known) : new Missing(gaps);
  }

  /** The newest that there is: of two that are equally new, the more direct one. */
  private @Nullable Conversion conversion(String from, String to, LocalDate day) {
    Currency source = Currency.getInstance(from);
    Currency target = Currency.getInstance(to);
    if (from.equals(to)) {
      return Conversion.same(source);
    }
    List<Conversion> found = new ArrayList<>();
    rates
        .upTo(to, from, day)
        .map(q -> new Conversion(source, target, java.math.BigDecimal.ONE, q.units(), List.of(q)))
        .ifPresent(found::add);
    rates
        .upTo(from, to, day)
        .map(q -> new Conversion(source, target, q.units(), java.math.BigDecimal.ONE, List.of(q)))
        .ifPresent(found::add);
    if (!from.equals(EURO) && !to.equals(EURO)) {
      List<Quote> pair = rates.pairUpTo(EURO, from, to, day);
      if (pair.size() == 2) {
        Quote ofSource = pair.get(pair.get(0).currency().equals(from) ? 0 : 1);
        Quote ofTarget = pair.get(pair.get(0).currency().equals(from) ? 1 : 0);
        found.add(
            new Conversion(
                source, target, ofTarget.units(), ofSource.units(), List.of(ofSource, ofTarget)));
      }
    }
    Conversion best = null;
    for (Conversion each : found) {
      if (best == null || each.quotes().getFirst().day().isAfter(best.quotes().getFirst().day())) {
        best = each;
      }
    }
    return best;
  }
}
