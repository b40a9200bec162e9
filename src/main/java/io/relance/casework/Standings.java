package io.relance.casework;

import io.relance.cash.Payments;
import io.relance.kernel.Money;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads what stands against asking a payer for anything: once for all of their invoices. */
@Component
class Standings {

  private static final List<String> KINDS =
      List.of("difficulty", "excluded", "planned", "handover");

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final Invoices invoices;
  private final Payers payers;
  private final Holds holds;
  private final Payments payments;

  Standings(
      JdbcTemplate jdbc,
      Creditors creditors,
      Invoices invoices,
      Payers payers,
      Holds holds,
      Payments payments) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.invoices = invoices;
    this.payers = payers;
    this.holds = holds;
    this.payments = payments;
  }

  /**
   * What was read to know how a payer stands.
   *
   * @param open invoices and credit notes, the oldest due first
   * @param received money of theirs that is not matched, the oldest first
   */
  record Read(Standing standing, List<Invoice> open, List<Payments.Unallocated> received) {}

  /**
   * How the payer stands. Who has nothing with us, as nearly everybody, is judged without a look at
   * all that they owe: each of a large payer's cases asks.
   */
  Standing of(long payerId, LocalDate today) {
    List<Payments.Unallocated> received = payments.unallocatedOf(payerId);
    return received.isEmpty() && !hasCreditNote(payerId)
        ? standing(payerId, today)
        : read(payerId, today, received).standing();
  }

  private boolean hasCreditNote(long payerId) {
    return !jdbc.queryForList(
            "SELECT 1 FROM invoice WHERE payer_id = ? AND settled_on IS NULL AND outcome IS NULL AND amount < 0 LIMIT 1",
            Integer.class,
            payerId)
        .isEmpty();
  }

  Read read(long payerId, LocalDate today) {
    return read(payerId, today, payments.unallocatedOf(payerId));
  }

  private Read read(long payerId, LocalDate today, List<Payments.Unallocated> received) {
    List<Invoice> open = invoices.openOf(payerId);
    return new Read(
        standing(payerId, today).covered(open, credits(open, received)), open, received);
  }

  private Standing standing(long payerId, LocalDate today) {
    Map<String, Set<Long>> marked = marked(payerId, today);
    return new Standing(
        today,
        creditors.findByPayer(payerId).orElseThrow().calendar(),
        holds.running(payerId, today),
        insolventSince(payerId),
        !of(marked, "difficulty").isEmpty(),
        of(marked, "excluded"),
        of(marked, "planned"),
        promised(payerId),
        of(marked, "handover"),
        Standing.Covered.NONE);
  }

  private @Nullable LocalDate insolventSince(long payerId) {
    Payer payer = payers.findById(payerId).orElseThrow();
    return payer.isInsolvent() ? payer.insolventSince() : null;
  }

  /** Each sender and each worker asks for all of them: so it is one question. */
  private Map<String, Set<Long>> marked(long payerId, LocalDate today) {
    Map<String, Set<Long>> marked = new HashMap<>();
    KINDS.forEach(kind -> marked.put(kind, new HashSet<>()));
    jdbc.query(
        """
        SELECT 'difficulty', id FROM payer_difficulty WHERE payer_id = ? AND live = 1
        UNION ALL SELECT 'excluded', x.invoice_id FROM collection_exclusion x JOIN invoice i ON i.id = x.invoice_id
          WHERE i.payer_id = ? AND i.settled_on IS NULL AND (x.until_date IS NULL OR x.until_date >= ?)
        UNION ALL SELECT 'planned', x.invoice_id FROM payment_plan p JOIN payment_plan_item x ON x.plan_id = p.id
          WHERE p.payer_id = ? AND p.state IN ('proposed','running') AND x.live = 1
        UNION ALL SELECT 'handover', invoice_id FROM handover WHERE payer_id = ? AND live = 1
        """,
        rs -> {
          of(marked, rs.getString(1)).add(rs.getLong(2));
        },
        payerId,
        payerId,
        today,
        payerId,
        payerId);
    return marked;
  }

  private static Set<Long> of(Map<String, Set<Long>> marked, String kind) {
    return Objects.requireNonNull(marked.get(kind));
  }

  /** The day until which each invoice is promised. */
  private Map<Long, LocalDate> promised(long payerId) {
    Map<Long, LocalDate> days = new HashMap<>();
    jdbc.query(
        "SELECT invoice_id, MAX(promised_for) FROM promise WHERE payer_id = ? AND state = 'open' GROUP BY invoice_id",
        rs -> {
          days.put(rs.getLong(1), rs.getObject(2, LocalDate.class));
        },
        payerId);
    return days;
  }

  /** What the payer has with us in each currency: credit notes, and money that is not matched. */
  private static Map<String, Money> credits(
      List<Invoice> open, List<Payments.Unallocated> received) {
    Map<String, Money> credits = new HashMap<>();
    open.stream()
        .filter(Invoice::isCreditNote)
        .forEach(i -> credits.merge(i.currency(), i.open().negated(), Money::plus));
    received.forEach(p -> credits.merge(p.left().currencyCode(), p.left(), Money::plus));
    return credits;
  }
}
