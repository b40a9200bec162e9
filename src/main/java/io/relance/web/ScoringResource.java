package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import io.relance.scoring.PayPredictions;
import io.relance.scoring.PayerScore;
import io.relance.scoring.PayerScores;
import io.relance.scoring.WarningSignals;
import java.security.Principal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Scores with their reasons and history, predicted pay dates, and the cash that follows. */
@RestController
@RequestMapping("/api/v1")
class ScoringResource {

  private static final int HISTORY = 100;
  private static final int WEEKS_MAX = 52;
  private static final int SIGNALS = 200;

  /** A score as known at the end of a day, and how it came to be. */
  record Score(
      LocalDate asOf,
      int score,
      String band,
      List<PayerScore.Reason> reasons,
      List<PayerScores.Past> history) {}

  /** A prediction, or why there is none. */
  record Predicted(PayPredictions.@Nullable Prediction prediction, @Nullable String reason) {}

  record Week(LocalDate monday, String expected) {}

  /** Amounts add up: {@code open} = the weeks + {@code later} + {@code unpredicted}. */
  record Forecast(
      String creditor,
      String currency,
      String definition,
      LocalDate asOf,
      LocalDate learnedUpTo,
      String open,
      List<Week> weeks,
      String later,
      String unpredicted) {}

  private static final String DEFINITION =
      "Open invoices, each spread over the weeks by how likely it is paid in them, as its payer and"
          + " all payers paid so far. Later: after the last week. Unpredicted: overdue for longer"
          + " than anything that was ever paid.";

  private final NamedRows named;
  private final Creditors creditors;
  private final PayerScores scores;
  private final PayPredictions predictions;
  private final WarningSignals signals;
  private final Audit audit;

  ScoringResource(
      NamedRows named,
      Creditors creditors,
      PayerScores scores,
      PayPredictions predictions,
      WarningSignals signals,
      Audit audit) {
    this.named = named;
    this.creditors = creditors;
    this.scores = scores;
    this.predictions = predictions;
    this.signals = signals;
    this.audit = audit;
  }

  @GetMapping("/customers/{number}/score")
  Score score(
      @PathVariable String number, @RequestParam(required = false) @Nullable LocalDate asOf) {
    Payer payer = named.payer(number);
    LocalDate day = asOf == null ? named.today(payer.creditorId()) : asOf;
    PayerScore score = scores.scoreOf(payer.id(), day);
    return new Score(
        day, score.score(), score.band(), score.reasons(), scores.historyOf(payer.id(), HISTORY));
  }

  /** Signs that something changed with a payer: of one customer, or all that nobody has seen. */
  @GetMapping("/signals")
  List<WarningSignals.Signal> signals(@RequestParam(required = false) @Nullable String customer) {
    return customer == null ? signals.open(SIGNALS) : signals.ofPayer(named.payer(customer).id());
  }

  /**
   * What a payer asks for that is unusual, such as another bank account or a copy of everything.
   */
  record Noticed(@Nullable String evidence) {}

  /** A person noticed that a payer asks for something unusual. */
  @PostMapping("/customers/{number}/signals")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void notice(@PathVariable String number, @RequestBody Noticed noticed, Principal principal) {
    if (noticed.evidence() == null || noticed.evidence().isBlank()) {
      throw new IllegalArgumentException("evidence is missing: say what the payer asks for");
    }
    Payer payer = named.payer(number);
    Actor actor = Actor.user(principal.getName());
    String evidence = noticed.evidence().strip() + " (noticed by " + actor.name() + ")";
    if (!signals.raise(payer.id(), "unusual-request", named.today(payer.creditorId()), evidence)) {
      throw new IllegalArgumentException(
          "an unusual request of this customer was noted within the last thirty days");
    }
    audit.record(actor, "raise-signal", "customer " + number, noticed.evidence());
  }

  @PostMapping("/signals/{id}/seen")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void seen(@PathVariable long id, Principal principal) {
    if (!signals.see(id, principal.getName())) {
      throw new Problems.NotFound("Signal " + id + " is not open any more");
    }
    audit.record(Actor.user(principal.getName()), "see-signal", "signal " + id, null);
  }

  @GetMapping("/invoices/{number}/prediction")
  Predicted prediction(@PathVariable String number) {
    Invoice invoice = named.invoice(number);
    return predictions
        .predict(invoice.id(), named.today(invoice.creditorId()))
        .map(prediction -> new Predicted(prediction, null))
        .orElseGet(
            () ->
                new Predicted(
                    null,
                    "The invoice is not open, or overdue for longer than anything that was ever"
                        + " paid, or there are too few paid invoices to learn from"));
  }

  @GetMapping("/analytics/forecast")
  List<Forecast> forecast(
      @RequestParam(required = false) @Nullable String creditor,
      @RequestParam(defaultValue = "13") int weeks) {
    int horizon = Math.max(1, Math.min(WEEKS_MAX, weeks));
    List<Forecast> forecasts = new ArrayList<>();
    for (Creditor each : creditors.findAll()) {
      if (creditor == null || creditor.equals(each.code())) {
        LocalDate today = named.today(each.key());
        predictions
            .cashByWeek(each.key(), today, horizon)
            .forEach(forecast -> forecasts.add(view(each, today, forecast)));
      }
    }
    return forecasts;
  }

  private static Forecast view(
      Creditor creditor, LocalDate asOf, PayPredictions.CashForecast forecast) {
    return new Forecast(
        creditor.code(),
        forecast.open().currencyCode(),
        DEFINITION,
        asOf,
        forecast.model(),
        forecast.open().plain(),
        forecast.weeks().stream().map(w -> new Week(w.monday(), plain(w.expected()))).toList(),
        forecast.later().plain(),
        forecast.unpredicted().plain());
  }

  private static String plain(Money money) {
    return money.plain();
  }
}
