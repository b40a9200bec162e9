package io.relance.cash;

import io.relance.kernel.Actor;
import io.relance.kernel.Digests;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Mistakes;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Money that a person takes from a payer, on the telephone or at a visit. It is booked as money
 * that a bank tells of, and once a form, however often that is sent.
 */
@Component
public class TakenPayments {

  /** An older one is in a bank file, or in the ledger. */
  private static final int DAYS_BACK_MAX = 60;

  private static final int REFERENCE_MAX = 100;

  /**
   * What was taken.
   *
   * @param on the day on which the payer paid
   * @param reference of the receipt or of the card terminal; null for none
   * @param invoices that the payer named, in the order in which they are paid; empty for those that
   *     are due the longest
   * @param token of the form; the same one is booked once
   */
  public record Wanted(
      long payerId,
      Money amount,
      LocalDate on,
      Means means,
      @Nullable String reference,
      List<Long> invoices,
      String token) {}

  /**
   * A payment that is booked.
   *
   * @param earlier whether the same form had booked it before
   */
  public record Taken(long paymentId, Money amount, boolean earlier) {}

  /** A person took money. Published in the transaction that books it. */
  public record Received(long paymentId, long payerId, String words, Actor actor) {}

  /**
   * It was a mistake. Published in the transaction that takes it back.
   *
   * @param invoices that are open again, or more of them
   * @param on the day of the payment
   */
  public record Reversed(
      long paymentId, long payerId, List<Long> invoices, LocalDate on, Actor actor) {}

  private record Row(
      long id, long payerId, Money amount, LocalDate on, String reference, boolean reversed) {}

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final Payers payers;
  private final Invoices invoices;
  private final Allotments allotments;
  private final Balances balances;
  private final Mistakes mistakes;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  TakenPayments(
      JdbcTemplate jdbc,
      Creditors creditors,
      Payers payers,
      Invoices invoices,
      Allotments allotments,
      Balances balances,
      Mistakes mistakes,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.payers = payers;
    this.invoices = invoices;
    this.allotments = allotments;
    this.balances = balances;
    this.mistakes = mistakes;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Books it.
   *
   * @throws NotMoneyYet if it only says that money will come
   * @throws IllegalArgumentException if it cannot be meant: more than is open, a day to come, an
   *     invoice of somebody else
   */
  @Transactional
  public Taken take(Wanted wanted, Actor actor) {
    if (!wanted.means().isMoney()) {
      throw new NotMoneyYet(wanted.means());
    }
    balances.lock(List.of(wanted.payerId()));
    Payer payer = payers.findById(wanted.payerId()).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    String key = Digests.sha256("taken|" + wanted.token());
    Optional<Row> before = find("creditor_id = ? AND entry_key = ?", creditor.key(), key);
    if (before.isPresent()) {
      return again(before.get(), wanted);
    }
    check(wanted, creditor.calendar().dateOf(clock.instant()));
    List<Invoice> meant = meant(creditor, payer, wanted);
    String reference =
        wanted.reference() == null || wanted.reference().isBlank()
            ? wanted.means().word() + " " + key.substring(0, 8)
            : wanted.reference().strip();
    long id = add(creditor, payer, wanted, reference, key, actor);
    Money left =
        allotments.allot(
            creditor, meant, wanted.amount(), wanted.on(), bookedAs(reference, key), actor);
    if (!left.isZero()) {
      throw new IllegalStateException(left + " of a payment that was checked found no invoice");
    }
    String words =
        "Payment taken: "
            + wanted.amount()
            + " by "
            + wanted.means().word()
            + " on "
            + wanted.on()
            + " ("
            + reference
            + ")";
    events.publishEvent(new Received(id, payer.id(), words, actor));
    return new Taken(id, wanted.amount(), false);
  }

  private static Taken again(Row before, Wanted wanted) {
    if (before.reversed()
        || before.payerId() != wanted.payerId()
        || !before.amount().equals(wanted.amount())) {
      throw new IllegalArgumentException(
          "this form has booked "
              + before.amount()
              + (before.reversed() ? ", which was taken back" : " already")
              + ": open the page anew to take another payment");
    }
    return new Taken(before.id(), before.amount(), true);
  }

  private static void check(Wanted wanted, LocalDate today) {
    if (!wanted.amount().isPositive()) {
      throw new IllegalArgumentException(
          "amount is " + wanted.amount() + ": what was taken is more than nothing");
    }
    if (wanted.on().isAfter(today)) {
      throw new IllegalArgumentException(
          "on is "
              + wanted.on()
              + ", a day to come: note what is to come as a promise, and what was taken today as of "
              + today);
    }
    if (wanted.on().isBefore(today.minusDays(DAYS_BACK_MAX))) {
      throw new IllegalArgumentException(
          "on is "
              + wanted.on()
              + ", longer ago than "
              + DAYS_BACK_MAX
              + " days: have it booked in the ledger");
    }
    if (wanted.reference() != null && wanted.reference().strip().length() > REFERENCE_MAX) {
      throw new IllegalArgumentException(
          "reference has more than " + REFERENCE_MAX + " characters");
    }
  }

  private List<Invoice> meant(Creditor creditor, Payer payer, Wanted wanted) {
    Money amount = wanted.amount();
    List<Invoice> meant =
        wanted.invoices().isEmpty()
            ? allotments.meant(creditor, payer, amount, wanted.on())
            : wanted.invoices().stream().distinct().map(id -> named(id, wanted)).toList();
    if (meant.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is open in " + amount.currencyCode() + " that this could pay");
    }
    Money open =
        meant.stream().map(Invoice::open).reduce(Money.zero(amount.currency()), Money::plus);
    if (amount.compareTo(open) > 0) {
      throw new IllegalArgumentException(
          "amount is "
              + amount
              + ", and only "
              + open
              + " is open of "
              + meant.stream().map(Invoice::number).limit(10).collect(Collectors.joining(", "))
              + ": take that at the most, or name further invoices");
    }
    return meant;
  }

  private Invoice named(long id, Wanted wanted) {
    Invoice invoice = invoices.findById(id).orElseThrow();
    if (invoice.payerId() != wanted.payerId()) {
      throw new IllegalArgumentException(
          "invoice " + invoice.number() + " is another customer's: name one of this customer");
    }
    if (!Allotments.isOpen(invoice, wanted.amount())) {
      throw new IllegalArgumentException(
          "invoice "
              + invoice.number()
              + " waits for no money in "
              + wanted.amount().currencyCode()
              + ": choose another one");
    }
    return invoice;
  }

  private long add(
      Creditor creditor, Payer payer, Wanted wanted, String reference, String key, Actor actor) {
    jdbc.update(
        """
        INSERT INTO payment (creditor_id, payer_id, booked_on, amount, currency, reference, remittance, debtor_name, unallocated,
          created_at, entry_key, means, taken_by) VALUES (?,?,?,?,?,?,?,?,0,?,?,?,?)
        """,
        creditor.key(),
        payer.id(),
        wanted.on(),
        wanted.amount().amount(),
        wanted.amount().currencyCode(),
        reference,
        "taken by " + actor.name() + ", " + wanted.means().word(),
        payer.name(),
        Sql.timestamp(clock.instant()),
        key,
        wanted.means().word(),
        actor.name());
    return find("creditor_id = ? AND entry_key = ?", creditor.key(), key).orElseThrow().id();
  }

  private static String bookedAs(String reference, String key) {
    return "payment " + reference + " #" + key.substring(0, 8);
  }

  /**
   * Takes a payment back that was taken by mistake: what it paid is open again.
   *
   * @throws IllegalArgumentException if it was taken back already, or the ledger says otherwise
   */
  @Transactional
  public void reverse(long paymentId, Actor actor) {
    Row seen =
        find("id = ? AND means IS NOT NULL", paymentId)
            .orElseThrow(
                () -> new IllegalArgumentException("payment " + paymentId + " was not taken here"));
    balances.lock(List.of(seen.payerId()));
    Row payment = find("id = ?", paymentId).orElseThrow();
    if (payment.reversed()) {
      throw new IllegalArgumentException("the payment was taken back already");
    }
    List<Long> opened =
        mistakes.takeBack(
            payment.payerId(),
            List.of(payment.reference(), Allotments.discountOf(payment.reference())),
            actor);
    jdbc.update(
        "UPDATE payment SET reversed_at = ?, reversed_by = ?, set_aside = 'taken by mistake' WHERE id = ?",
        Sql.timestamp(clock.instant()),
        actor.name(),
        paymentId);
    events.publishEvent(new Reversed(paymentId, payment.payerId(), opened, payment.on(), actor));
  }

  private Optional<Row> find(String where, Object... arguments) {
    return jdbc
        .query(
            "SELECT id, payer_id, amount, currency, booked_on, reference, entry_key, reversed_at FROM payment WHERE "
                + where,
            (rs, n) ->
                new Row(
                    rs.getLong(1),
                    Objects.requireNonNull(Sql.number(rs, "payer_id")),
                    Money.of(rs.getBigDecimal(3), rs.getString(4)),
                    Sql.requiredDate(rs, "booked_on"),
                    bookedAs(rs.getString(6), rs.getString(7)),
                    Sql.instant(rs, "reversed_at") != null),
            arguments)
        .stream()
        .findFirst();
  }
}
