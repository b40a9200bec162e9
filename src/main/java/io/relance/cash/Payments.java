package io.relance.cash;

import io.relance.kernel.Actor;
import io.relance.kernel.CreditorReference;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.OpenAmountChanged;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.ledger.PaymentReferences;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Books money received, once an entry, and sets it against invoices: those whose numbers the
 * remittance text names, oldest due first; else, where it names the customer, the one invoice or
 * the whole balance that the amount meets exactly. What is left over stays on the payment.
 */
@Component
public class Payments {

  /** What became of a payment. */
  public enum Outcome {
    MATCHED,
    PARTIAL,
    UNMATCHED,
    DUPLICATE
  }

  /** So many days money that is not matched counts for who it seems to come from. */
  private static final int WAITS_DAYS = 60;

  /** A shorter customer number may be a year, or a word: it names nobody without the amount. */
  private static final int TELLING = 5;

  private static final Pattern TOKEN =
      Pattern.compile("[\\p{Alnum}][\\p{Alnum}/_.-]{1,58}[\\p{Alnum}]|\\p{Alnum}");

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Payers payers;
  private final AgreedInvoices plans;
  private final Balances balances;
  private final Allotments allotments;
  private final InstantSource clock;

  Payments(
      JdbcTemplate jdbc,
      Invoices invoices,
      Payers payers,
      AgreedInvoices plans,
      Balances balances,
      Allotments allotments,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.payers = payers;
    this.plans = plans;
    this.balances = balances;
    this.allotments = allotments;
    this.clock = clock;
  }

  @Transactional
  public Outcome receive(Creditor creditor, BankImport.Entry entry, Actor actor) {
    String key = entry.key();
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO payment (creditor_id, booked_on, amount, currency, reference, remittance, debtor_name, unallocated,
              created_at, entry_key) VALUES (?,?,?,?,?,?,?,?,?,?)
            """,
            creditor.key(),
            entry.date(),
            entry.amount().amount(),
            entry.amount().currencyCode(),
            entry.reference(),
            entry.remittance(),
            entry.debtorName(),
            entry.amount().amount(),
            Sql.timestamp(clock.instant()),
            key);
    if (added == 0) {
      return Outcome.DUPLICATE;
    }
    Meant meant = meant(creditor, entry);
    if (meant.payerId() != null) {
      // what is left over counts for them: a message that is leaving is before it, or sees it
      balances.lock(List.of(meant.payerId()));
    }
    List<Invoice> candidates = meant.invoices();
    String reference = "payment " + entry.reference() + " #" + key.substring(0, 8);
    Money left =
        allotments.allot(creditor, candidates, entry.amount(), entry.date(), reference, actor);
    jdbc.update(
        "UPDATE payment SET unallocated = ?, payer_id = ? WHERE creditor_id = ? AND entry_key = ?",
        left.amount(),
        meant.payerId(),
        creditor.key(),
        key);
    if (left.isZero()) {
      return Outcome.MATCHED;
    }
    return left.equals(entry.amount()) ? Outcome.UNMATCHED : Outcome.PARTIAL;
  }

  /** Money of a payer for which no invoice was found, or what is left of it. */
  public record Unallocated(LocalDate bookedOn, Money left) {}

  /**
   * What came from this payer of late, as far as they are known, and is not matched; the oldest
   * first. What nobody has matched for long is not theirs, or was settled otherwise.
   */
  public List<Unallocated> unallocatedOf(long payerId) {
    return jdbc.query(
        "SELECT booked_on, unallocated, currency FROM payment WHERE payer_id = ? AND unallocated > 0 AND set_aside IS NULL AND booked_on >= ?"
            + " ORDER BY booked_on, id",
        (rs, n) ->
            new Unallocated(
                Sql.requiredDate(rs, "booked_on"), Money.of(rs.getBigDecimal(2), rs.getString(3))),
        payerId,
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(WAITS_DAYS));
  }

  /**
   * The ledger's own word that less is open: the accountant has matched what waited here, so that
   * it is not deducted once more.
   */
  @EventListener
  void on(OpenAmountChanged changed) {
    if (!changed.kind().equals("ledger") || !changed.by().isPositive()) {
      return;
    }
    Money left = changed.by();
    for (Waiting waiting : waiting(changed.payerId(), changed.by().currencyCode())) {
      if (!left.isPositive()) {
        break;
      }
      Money taken = left.min(waiting.left());
      jdbc.update(
          "UPDATE payment SET unallocated = unallocated - ? WHERE id = ?",
          taken.amount(),
          waiting.id());
      left = left.minus(taken);
    }
  }

  private record Waiting(long id, Money left) {}

  private List<Waiting> waiting(long payerId, String currency) {
    return jdbc.query(
        "SELECT id, unallocated FROM payment WHERE payer_id = ? AND unallocated > 0 AND set_aside IS NULL AND currency = ? ORDER BY booked_on, id",
        (rs, n) -> new Waiting(rs.getLong(1), Money.of(rs.getBigDecimal(2), currency)),
        payerId,
        currency);
  }

  /**
   * What a payment is for.
   *
   * @param payerId whose it is; null if that is not certain
   */
  private record Meant(List<Invoice> invoices, @Nullable Long payerId) {

    static Meant of(List<Invoice> invoices) {
      List<Long> payers = invoices.stream().map(Invoice::payerId).distinct().toList();
      return new Meant(invoices, payers.size() == 1 ? payers.getFirst() : null);
    }
  }

  /**
   * What a payment is for, in the order of how surely its payer said so: the invoices that it
   * names, by our references or their numbers; the plan that it names; then what the payer named
   * can have meant.
   */
  private Meant meant(Creditor creditor, BankImport.Entry entry) {
    String remittance = entry.remittance() == null ? "" : entry.remittance();
    List<CreditorReference> references =
        PaymentReferences.in(remittance + "\n" + entry.reference());
    Set<String> tokens = tokens(remittance);
    Set<Invoice> named = new LinkedHashSet<>();
    references.stream()
        .flatMap(r -> PaymentReferences.invoiceIn(r).stream().boxed())
        .flatMap(id -> invoices.findById(id).stream())
        .forEach(named::add);
    for (String token : tokens) {
      spelled(token, number -> invoices.findByCreditorIdAndNumber(creditor.key(), number))
          .ifPresent(named::add);
    }
    List<Invoice> open = openOf(creditor, named.stream(), entry.amount());
    if (!open.isEmpty()) {
      return Meant.of(open);
    }
    List<Invoice> agreed =
        openOf(
            creditor,
            references.stream()
                .flatMap(r -> PaymentReferences.planIn(r).stream().boxed())
                .flatMap(id -> plans.ofPlan(id).stream())
                .flatMap(id -> invoices.findById(id).stream()),
            entry.amount());
    if (!agreed.isEmpty()) {
      return Meant.of(agreed);
    }
    return ofPayer(creditor, entry, references, tokens);
  }

  private static List<Invoice> openOf(Creditor creditor, Stream<Invoice> named, Money amount) {
    return named
        .filter(i -> i.creditorId() == creditor.key() && Allotments.isOpen(i, amount))
        .distinct()
        .sorted(Allotments.OLDEST_FIRST)
        .toList();
  }

  private Meant ofPayer(
      Creditor creditor,
      BankImport.Entry entry,
      List<CreditorReference> references,
      Set<String> tokens) {
    Optional<Payer> referred =
        references.stream()
            .flatMap(r -> PaymentReferences.payerIn(r).stream().boxed())
            .flatMap(id -> payers.findById(id).stream())
            .filter(p -> p.creditorId() == creditor.key())
            .findFirst();
    if (referred.isPresent()) {
      return new Meant(
          allotments.meant(creditor, referred.get(), entry.amount(), entry.date()),
          referred.get().id());
    }
    Set<Long> named = new LinkedHashSet<>();
    for (String token : tokens) {
      Payer payer =
          spelled(token, number -> payers.findByCreditorIdAndNumber(creditor.key(), number))
              .orElse(null);
      if (payer == null) {
        continue;
      }
      List<Invoice> meant = allotments.exactly(creditor, payer, entry.amount(), entry.date());
      if (!meant.isEmpty()) {
        return Meant.of(meant);
      }
      if (token.length() >= TELLING) {
        named.add(payer.id());
      }
    }
    return new Meant(List.of(), named.size() == 1 ? named.iterator().next() : null);
  }

  /** Numbers are kept as written, but banks like capitals and people like none. */
  private static <T> Optional<T> spelled(String token, Function<String, Optional<T>> find) {
    return Stream.of(token, token.toUpperCase(Locale.ROOT), token.toLowerCase(Locale.ROOT))
        .distinct()
        .flatMap(number -> find.apply(number).stream())
        .findFirst();
  }

  private static Set<String> tokens(String text) {
    Set<String> tokens = new LinkedHashSet<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find() && tokens.size() < 50) {
      tokens.add(matcher.group());
    }
    return tokens;
  }
}
