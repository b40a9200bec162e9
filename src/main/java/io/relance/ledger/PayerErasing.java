package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.LockRetries;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases what is kept of a payer who asks for it, but for what the law obliges to keep (GDPR,
 * article 17, paragraph 3, point b): until the accounting records may go, name, number, invoices
 * and payments stay.
 */
@Component
public class PayerErasing {

  /**
   * What was erased, and what not.
   *
   * @param keptUntil the last day on which accounting needs name and invoices; null if nothing is
   *     kept for it
   */
  public record Erased(String number, @Nullable LocalDate keptUntil) {}

  /** Who erased a payer, and when. */
  public record Past(Instant at, String by) {}

  private final JdbcTemplate jdbc;
  private final List<PayerRows> rooms;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Balances balances;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final Period retention;

  PayerErasing(
      JdbcTemplate jdbc,
      List<PayerRows> rooms,
      Invoices invoices,
      Creditors creditors,
      Balances balances,
      TransactionTemplate transactions,
      InstantSource clock,
      @Value("${relance.retention.accounting:P10Y}") Period retention) {
    this.jdbc = jdbc;
    this.rooms = rooms;
    this.invoices = invoices;
    this.creditors = creditors;
    this.balances = balances;
    this.transactions = transactions;
    this.clock = clock;
    this.retention = retention;
  }

  /**
   * Erases the payer's personal data; it cannot be brought back.
   *
   * @throws IllegalArgumentException if something of them is still open or under way, or they were
   *     erased before and accounting still needs the rest
   */
  public Erased erase(Payer payer, Actor actor) {
    return LockRetries.retrying(
        () -> Objects.requireNonNull(transactions.execute(status -> eraseLocked(payer, actor))));
  }

  /** If this payer's data was erased, and no import has brought any since. */
  public Optional<Past> of(long payerId) {
    return jdbc
        .query(
            "SELECT erased_at, erased_by FROM payer WHERE id = ? AND erased_at IS NOT NULL",
            (rs, n) -> new Past(Sql.requiredInstant(rs, "erased_at"), rs.getString("erased_by")),
            payerId)
        .stream()
        .findFirst();
  }

  /** Until when accounting needs name and invoices; null if there is no invoice. */
  public @Nullable LocalDate keptUntil(long payerId) {
    LocalDate last =
        jdbc.queryForObject(
            "SELECT MAX(issue_date) FROM invoice WHERE payer_id = ?", LocalDate.class, payerId);
    return last == null ? null : LocalDate.of(last.getYear(), 12, 31).plus(retention);
  }

  private Erased eraseLocked(Payer payer, Actor actor) {
    balances.lock(List.of(payer.id()));
    LocalDate today =
        creditors.findById(payer.creditorId()).orElseThrow().calendar().dateOf(clock.instant());
    LocalDate keptUntil = keptUntil(payer.id());
    boolean everything = keptUntil == null || keptUntil.isBefore(today);
    require(payer, everything, keptUntil);
    PayerErasure erasure = erasureOf(payer, everything, actor);
    rooms.forEach(room -> room.erase(erasure));
    erasure
        .payerIds()
        .forEach(
            id ->
                jdbc.update(
                    "UPDATE payer SET email = NULL, phone = NULL, postal_address = NULL, time_zone = NULL, account_owner = NULL,"
                        + " name = CASE WHEN ? THEN 'erased' ELSE name END, erased_at = ?, erased_by = ?, updated_at = ? WHERE id = ?",
                    everything,
                    Sql.timestamp(erasure.at()),
                    actor.name(),
                    Sql.timestamp(erasure.at()),
                    id));
    return new Erased(payer.number(), everything ? null : keptUntil);
  }

  private void require(Payer payer, boolean everything, @Nullable LocalDate keptUntil) {
    of(payer.id())
        .filter(past -> !everything)
        .ifPresent(
            past -> {
              throw new IllegalArgumentException(
                  "customer %s was erased by %s already; name, number and invoices are kept for accounting until %s"
                      .formatted(payer.number(), past.by(), keptUntil));
            });
    List<String> against = new ArrayList<>();
    invoices.unsettledOf(payer.id()).stream()
        .filter(i -> !"written-off".equals(i.outcome()))
        .limit(5)
        .forEach(
            i ->
                against.add(
                    "invoice %s is %s (%s)"
                        .formatted(
                            i.number(),
                            i.outcome() == null ? "still open" : "handed over",
                            i.open())));
    rooms.forEach(room -> against.addAll(room.underWay(payer.id())));
    if (!against.isEmpty()) {
      throw new IllegalArgumentException(
          "customer "
              + payer.number()
              + " cannot be erased while something of them is under way: "
              + String.join("; ", against)
              + ". Settle it first, then erase them");
    }
  }

  /** Not every sender is one: a word would be found in too many places. */
  private static boolean isAddress(@Nullable String value) {
    return value != null
        && (value.indexOf('@') > 0 || value.chars().filter(Character::isDigit).count() >= 6);
  }

  private PayerErasure erasureOf(Payer payer, boolean everything, Actor actor) {
    List<Long> ids = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    Set<@Nullable String> known = new LinkedHashSet<>();
    jdbc.query(
        "SELECT id, number, email, phone FROM payer WHERE id = ? OR merged_into = ? ORDER BY merged_into IS NOT NULL, id",
        rs -> {
          ids.add(rs.getLong(1));
          numbers.add(rs.getString(2));
          known.add(rs.getString(3));
          known.add(rs.getString(4));
        },
        payer.id(),
        payer.id());
    rooms.forEach(room -> known.addAll(room.addresses(payer.id())));
    return new PayerErasure(
        ids,
        numbers,
        known.stream().filter(PayerErasing::isAddress).map(String::valueOf).toList(),
        everything,
        clock.instant(),
        actor);
  }
}
