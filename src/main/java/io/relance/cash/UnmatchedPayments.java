package io.relance.cash;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Money for which no invoice was found, or what is left of it, until a person says what it is: what
 * it pays, whose it is, or that it is not ours.
 */
@Component
public class UnmatchedPayments {

  /**
   * A payment of which something is left.
   *
   * @param left what is not matched
   * @param customerId whose it is, as far as that is known
   */
  public record Waiting(
      long id,
      LocalDate bookedOn,
      String amount,
      String left,
      String currency,
      String reference,
      @Nullable String remittance,
      @Nullable String debtorName,
      @Nullable String customerId,
      @Nullable String customerName) {}

  /** A page of them, the newest first. */
  public record Page(List<Waiting> items, long total) {}

  /**
   * A person said whose a payment is, or that it is nobody's here; what it is set against, the open
   * amounts tell. Published in the transaction that records it.
   *
   * @param payerId whose account it changes
   * @param words what was decided
   */
  public record Decided(long paymentId, long payerId, String words, Actor actor) {}

  private record Row(
      long id,
      long creditorId,
      @Nullable Long payerId,
      LocalDate bookedOn,
      Money left,
      String reference,
      String entryKey,
      @Nullable String setAside) {}

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Payers payers;
  private final Balances balances;
  private final ApplicationEventPublisher events;

  UnmatchedPayments(
      JdbcTemplate jdbc,
      Invoices invoices,
      Payers payers,
      Balances balances,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.payers = payers;
    this.balances = balances;
    this.events = events;
  }

  /** What waits for a person; {@code customer} narrows it to one. */
  public Page list(@Nullable String customer, int page, int size) {
    Sql.requirePage(page, size);
    String from =
        " FROM payment m LEFT JOIN payer p ON p.id = m.payer_id WHERE m.unallocated > 0 AND m.set_aside IS NULL"
            + (customer == null ? "" : " AND p.number = ?");
    List<Object> arguments = new ArrayList<>();
    if (customer != null) {
      arguments.add(customer);
    }
    Long total = jdbc.queryForObject("SELECT COUNT(*)" + from, Long.class, arguments.toArray());
    arguments.add(size);
    arguments.add(page * size);
    List<Waiting> items =
        jdbc.query(
            "SELECT m.id, m.booked_on, m.amount, m.unallocated, m.currency, m.reference, m.remittance, m.debtor_name, p.number, p.name"
                + from
                + " ORDER BY m.booked_on DESC, m.id DESC LIMIT ? OFFSET ?",
            (rs, n) ->
                new Waiting(
                    rs.getLong(1),
                    Sql.requiredDate(rs, "booked_on"),
                    money(rs, 3).plain(),
                    money(rs, 4).plain(),
                    rs.getString(5),
                    rs.getString(6),
                    rs.getString(7),
                    rs.getString(8),
                    rs.getString(9),
                    rs.getString(10)),
            arguments.toArray());
    return new Page(items, total == null ? 0 : total);
  }

  private static Money money(ResultSet rs, int column) throws SQLException {
    return Money.of(rs.getBigDecimal(column), rs.getString("currency"));
  }

  /** Whether there is such a payment, matched or not. */
  public boolean exists(long paymentId) {
    return !jdbc.queryForList("SELECT id FROM payment WHERE id = ?", Long.class, paymentId)
        .isEmpty();
  }

  /**
   * Sets what is left of it against these invoices, in this order.
   *
   * @return what is left then
   * @throws NoSuchElementException if there is no such payment
   * @throws IllegalArgumentException if nothing of it is left, or an invoice is another creditor's,
   *     in another currency, or settled
   */
  @Transactional
  public Money match(long paymentId, List<Long> invoiceIds, Actor actor) {
    List<Invoice> named =
        invoiceIds.stream().distinct().map(id -> invoices.findById(id).orElseThrow()).toList();
    Set<Long> owners = new LinkedHashSet<>(named.stream().map(Invoice::payerId).toList());
    Row payment = locked(paymentId, owners);
    Money left = payment.left();
    for (Invoice before : named) {
      Invoice invoice = invoices.findById(before.id()).orElseThrow();
      require(payment, invoice);
      // what is left becomes less with each: so each has a name of its own
      String reference =
          "payment %s #%s, %s by hand"
              .formatted(payment.reference(), payment.entryKey().substring(0, 8), left.plain());
      Money taken =
          left.isPositive()
              ? balances.reduce(invoice.id(), left, "payment", payment.bookedOn(), reference, actor)
              : left;
      if (!taken.isPositive()) {
        throw new IllegalArgumentException(
            "nothing is left of the payment for invoice " + invoice.number());
      }
      left = left.minus(taken);
    }
    jdbc.update(
        "UPDATE payment SET unallocated = ?, payer_id = COALESCE(payer_id, ?) WHERE id = ?",
        left.amount(),
        owners.size() == 1 ? owners.iterator().next() : null,
        paymentId);
    return left;
  }

  private static void require(Row payment, Invoice invoice) {
    if (invoice.creditorId() != payment.creditorId()) {
      throw new IllegalArgumentException(
          "invoice " + invoice.number() + " is another creditor's than the payment");
    }
    if (!invoice.currency().equals(payment.left().currencyCode())) {
      throw new IllegalArgumentException(
          "invoice "
              + invoice.number()
              + " is in "
              + invoice.currency()
              + ", and the payment in "
              + payment.left().currencyCode());
    }
    if (invoice.isSettled() || invoice.isCreditNote()) {
      throw new IllegalArgumentException(
          "invoice " + invoice.number() + " waits for no money: choose another one");
    }
  }

  /**
   * It is this payer's: it counts for them until it is matched.
   *
   * @throws IllegalArgumentException as {@link #match}
   */
  @Transactional
  public void belongsTo(long paymentId, long payerId, Actor actor) {
    Row payment = locked(paymentId, Set.of(payerId));
    Payer payer = payers.findById(payerId).orElseThrow();
    if (payer.creditorId() != payment.creditorId()) {
      throw new IllegalArgumentException(
          "customer " + payer.number() + " is another creditor's than the payment");
    }
    jdbc.update("UPDATE payment SET payer_id = ? WHERE id = ?", payerId, paymentId);
    String words = "Payment " + payment.reference() + " is theirs: " + payment.left();
    events.publishEvent(new Decided(paymentId, payerId, words, actor));
  }

  /**
   * It pays nothing here: sent back, or dealt with elsewhere. It counts for nobody any more.
   *
   * @throws IllegalArgumentException as {@link #match}, or if no reason is given
   */
  @Transactional
  public void setAside(long paymentId, String reason, Actor actor) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "reason is missing: say what became of the money, such as 'sent back'");
    }
    Row payment = locked(paymentId, Set.of());
    jdbc.update(
        "UPDATE payment SET set_aside = ? WHERE id = ?", Sql.fit(reason.strip(), 200), paymentId);
    if (payment.payerId() != null) {
      String words = "Payment " + payment.reference() + " set aside: " + reason.strip();
      events.publishEvent(new Decided(paymentId, payment.payerId(), words, actor));
    }
  }

  /** With the payers whose account it changes locked, in the order in which everybody locks. */
  private Row locked(long paymentId, Set<Long> others) {
    Set<Long> owners = new LinkedHashSet<>(others);
    Row seen = row(paymentId, "");
    if (seen.payerId() != null) {
      owners.add(seen.payerId());
    }
    balances.lock(owners);
    Row payment = row(paymentId, " FOR UPDATE");
    if (!payment.left().isPositive() || payment.setAside() != null) {
      throw new IllegalArgumentException(
          "nothing of payment "
              + paymentId
              + " waits any more: it was "
              + (payment.setAside() == null ? "matched" : "set aside"));
    }
    return payment;
  }

  private Row row(long id, String lock) {
    return jdbc
        .query(
            "SELECT id, creditor_id, payer_id, booked_on, unallocated, currency, reference, entry_key, set_aside FROM payment WHERE id = ?"
                + lock,
            (rs, n) ->
                new Row(
                    rs.getLong(1),
                    rs.getLong(2),
                    Sql.number(rs, "payer_id"),
                    Sql.requiredDate(rs, "booked_on"),
                    money(rs, 5),
                    rs.getString(7),
                    rs.getString(8),
                    rs.getString(9)),
            id)
        .stream()
        .findFirst()
        .orElseThrow();
  }
}
