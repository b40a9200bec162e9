package io.relance.web;

import io.relance.casework.CaseFiles;
import io.relance.casework.Cases;
import io.relance.casework.CollectionCase;
import io.relance.casework.Timeline;
import io.relance.engine.DecisionTrail;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.scoring.PayerScore;
import io.relance.scoring.PayerScores;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Customers and invoices. */
@RestController
@RequestMapping("/api/v1")
class LedgerResource {

  /** A payer's file in short; amounts per currency. */
  record Customer(
      String id,
      String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String segment,
      int score,
      String band,
      List<String> reasons,
      Map<String, String> openAmount,
      Map<String, String> overdueAmount) {}

  private final NamedRows named;
  private final Invoices invoices;
  private final PayerScores scores;
  private final CaseFiles files;
  private final Timeline timeline;
  private final Cases cases;
  private final DecisionTrail trail;

  LedgerResource(
      NamedRows named,
      Invoices invoices,
      PayerScores scores,
      CaseFiles files,
      Timeline timeline,
      Cases cases,
      DecisionTrail trail) {
    this.named = named;
    this.invoices = invoices;
    this.scores = scores;
    this.files = files;
    this.timeline = timeline;
    this.cases = cases;
    this.trail = trail;
  }

  @GetMapping("/customers/{number}")
  Customer customer(@PathVariable String number) {
    Payer payer = named.payer(number);
    LocalDate today = named.today(payer.creditorId());
    PayerScore score = scores.scoreOf(payer.id(), today);
    List<Invoice> open = invoices.unsettledOf(payer.id());
    return new Customer(
        payer.number(),
        payer.name(),
        payer.email(),
        payer.phone(),
        payer.segment(),
        score.score(),
        score.band(),
        score.words(),
        sums(open),
        sums(open.stream().filter(i -> i.isOverdue(today)).toList()));
  }

  private static Map<String, String> sums(List<Invoice> open) {
    Map<String, io.relance.kernel.Money> sums = new TreeMap<>();
    open.forEach(i -> sums.merge(i.currency(), i.open(), io.relance.kernel.Money::plus));
    Map<String, String> plain = new TreeMap<>();
    sums.forEach((currency, sum) -> plain.put(currency, sum.plain()));
    return plain;
  }

  @GetMapping("/invoices")
  CaseFiles.Page invoices(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return files.list(status, customer, page, size);
  }

  @GetMapping("/invoices/{number}")
  CaseFiles.File invoice(@PathVariable String number) {
    return files
        .find(number)
        .orElseThrow(() -> new Problems.NotFound("There is no invoice '" + number + "'"));
  }

  /** Why each step was taken: what the decisions were given, and the rows that fired. */
  @GetMapping("/invoices/{number}/decisions")
  List<DecisionTrail.Made> decisions(@PathVariable String number) {
    Invoice invoice = named.invoice(number);
    return cases
        .latestOf(invoice.id())
        .map(CollectionCase::processInstanceKey)
        .map(trail::of)
        .orElse(List.of());
  }

  @GetMapping("/invoices/{number}/timeline")
  List<Timeline.Entry> timeline(@PathVariable String number) {
    Invoice invoice = named.invoice(number);
    return timeline.ofInvoice(invoice.id());
  }
}
