package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes back what was entered by mistake, as if it had never been. */
@Component
public class Mistakes {

  private record Allocated(
      long invoiceId,
      String kind,
      Money amount,
      LocalDate bookedOn,
      String reference,
      Instant createdAt) {}

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Balances balances;
  private final Allocations allocations;
  private final OpenSpans spans;

  Mistakes(
      JdbcTemplate jdbc,
      Invoices invoices,
      Balances balances,
      Allocations allocations,
      OpenSpans spans) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.balances = balances;
    this.allocations = allocations;
    this.spans = spans;
  }

  /**
   * Opens again what was set against a payer's invoices under these references. Each row stays and
   * gets a counterpart of the same moment, so that interest, promises and plans count as if nothing
   * had been paid.
   *
   * @return the invoices of which more is open now
   * @throws IllegalArgumentException if the ledger file has said since that less of one is open
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Long> takeBack(long payerId, List<String> references, Actor actor) {
    balances.lock(List.of(payerId));
    List<Long> opened = new ArrayList<>();
    for (Allocated allocated : allocated(payerId, references)) {
      Invoice invoice = invoices.findById(allocated.invoiceId()).orElseThrow();
      Money open = invoice.open().plus(allocated.amount());
      if (open.compareTo(invoice.told()) > 0) {
        throw new IllegalArgumentException(
            "the ledger says that "
                + invoice.told()
                + " is open of invoice "
                + invoice.number()
                + ", and it would be "
                + open
                + ": have the payment corrected there first");
      }
      if (book(allocated, "taken back: " + allocated.reference(), actor)) {
        balances.setOpen(
            invoice,
            open,
            allocated.bookedOn(),
            allocated.kind(),
            allocated.amount().negated(),
            "taken back: " + allocated.reference(),
            spans.today(invoice.creditorId()),
            actor);
        opened.add(invoice.id());
      }
    }
    return opened.stream().distinct().toList();
  }

  private List<Allocated> allocated(long payerId, List<String> references) {
    List<Object> arguments = new ArrayList<>(references);
    arguments.add(payerId);
    return jdbc.query(
        "SELECT a.invoice_id, a.kind, a.amount, a.currency, a.booked_on, a.reference, a.created_at FROM invoice i"
            + " JOIN allocation a ON a.invoice_id = i.id AND a.reference IN ("
            + Sql.marks(references.size())
            + ") WHERE i.payer_id = ? ORDER BY a.id",
        (rs, n) ->
            new Allocated(
                rs.getLong(1),
                rs.getString(2),
                Money.of(rs.getBigDecimal(3), rs.getString(4)),
                Sql.requiredDate(rs, "booked_on"),
                rs.getString(6),
                Sql.requiredInstant(rs, "created_at")),
        arguments.toArray());
  }

  private boolean book(Allocated allocated, String reference, Actor actor) {
    return allocations.add(
        allocated.invoiceId(),
        allocated.kind(),
        allocated.amount().negated(),
        allocated.bookedOn(),
        reference,
        actor,
        allocated.createdAt());
  }

  /**
   * A dispute that was opened by mistake counts for nothing, unless the ledger file speaks of one,
   * or there was another.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void neverDisputed(Invoice invoice) {
    jdbc.update(
        "UPDATE invoice SET was_disputed = FALSE WHERE id = ? AND told_disputed = FALSE AND disputed = FALSE",
        invoice.id());
  }
}
