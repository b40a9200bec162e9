package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Payer;
import io.relance.ledger.PayerCredit;
import io.relance.ledger.PayerCredits;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Credit limit, credit insurance and rating of a customer. */
@RestController
@RequestMapping("/api/v1/customers/{number}/credit")
class CreditResource {

  /** As it was entered; amounts in plain decimals. */
  record Entered(
      String currency,
      @Nullable String limit,
      @Nullable String cover,
      @Nullable String insurer,
      @Nullable LocalDate coverUntil,
      @Nullable String rating,
      @Nullable String ratingSource,
      @Nullable LocalDate ratedOn,
      @Nullable String note,
      String actor,
      Instant notedAt) {

    static Entered of(PayerCredit credit) {
      return new Entered(
          credit.currency(),
          plain(credit.limit()),
          plain(credit.cover()),
          credit.insurer(),
          credit.coverUntil(),
          credit.rating(),
          credit.ratingSource(),
          credit.ratedOn(),
          credit.note(),
          credit.actor(),
          credit.notedAt());
    }
  }

  /**
   * @param used what is open in the currency of the limit
   * @param usedPercent of the limit
   */
  record Answer(
      @Nullable Entered now,
      @Nullable String used,
      @Nullable Integer usedPercent,
      List<String> warnings,
      List<Entered> history) {}

  private final PayerCredits credits;
  private final NamedRows named;
  private final Audit audit;

  CreditResource(PayerCredits credits, NamedRows named, Audit audit) {
    this.credits = credits;
    this.named = named;
    this.audit = audit;
  }

  @GetMapping
  Answer credit(@PathVariable String number) {
    Payer payer = named.payer(number);
    PayerCredits.Credit credit = credits.of(payer.id(), named.today(payer.creditorId()));
    return new Answer(
        credit.now() == null ? null : Entered.of(credit.now()),
        plain(credit.used()),
        credit.usedPercent(),
        credit.warnings(),
        credit.history().stream().map(Entered::of).toList());
  }

  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void enter(
      @PathVariable String number, @RequestBody PayerCredits.Entry entry, Principal principal) {
    Payer payer = named.theOnlyPayer(number);
    Actor actor = Actor.user(principal.getName());
    credits.enter(payer.id(), entry, named.today(payer.creditorId()), actor);
    audit.record(
        actor,
        "enter-credit",
        "customer " + payer.number(),
        "limit %s, cover %s until %s, rating %s"
            .formatted(
                said(entry.limit(), entry.currency()),
                said(entry.cover(), entry.currency()),
                entry.coverUntil() == null ? "no end" : entry.coverUntil(),
                entry.rating() == null ? "none" : entry.rating()));
  }

  private static String said(@Nullable BigDecimal amount, @Nullable String currency) {
    return amount == null ? "none" : amount.toPlainString() + " " + currency;
  }

  private static @Nullable String plain(@Nullable Money money) {
    return money == null ? null : money.plain();
  }
}
