package io.relance.web;

import io.relance.casework.CaseFiles;
import io.relance.casework.Holds;
import io.relance.casework.ReasonLists;
import io.relance.casework.Timeline;
import io.relance.casework.disputes.Disputes;
import io.relance.casework.handovers.Handovers;
import io.relance.engine.ProcessModels;
import io.relance.ledger.Invoice;
import io.relance.ledger.InvoiceDocuments;
import io.relance.ledger.Invoices;
import io.relance.scoring.PayPredictions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** Invoices, where their processes are, and customers. */
@Controller
class LedgerPages {

  private static final int SIZE = 50;
  private final CaseFiles files;
  private final Invoices invoices;
  private final Timeline timeline;
  private final PayPredictions predictions;
  private final ProcessModels models;
  private final Holds holds;
  private final Disputes disputes;
  private final Handovers handovers;
  private final ReasonLists reasons;
  private final ChargeResource charges;
  private final NamedRows named;
  private final PayerView payers;
  private final InvoiceDocuments documents;
  private final PayerGone gone;
  private final ActsView acts;
  private final InvoiceProcess processes;

  LedgerPages(
      CaseFiles files,
      Invoices invoices,
      Timeline timeline,
      PayPredictions predictions,
      ProcessModels models,
      Holds holds,
      Disputes disputes,
      Handovers handovers,
      ReasonLists reasons,
      ChargeResource charges,
      NamedRows named,
      PayerView payers,
      InvoiceDocuments documents,
      PayerGone gone,
      ActsView acts,
      InvoiceProcess processes) {
    this.files = files;
    this.invoices = invoices;
    this.timeline = timeline;
    this.predictions = predictions;
    this.models = models;
    this.holds = holds;
    this.disputes = disputes;
    this.handovers = handovers;
    this.reasons = reasons;
    this.charges = charges;
    this.named = named;
    this.payers = payers;
    this.documents = documents;
    this.gone = gone;
    this.acts = acts;
    this.processes = processes;
  }

  @GetMapping("/invoices")
  String list(
      @RequestParam(required = false) @Nullable String number,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    String wanted = TaskPages.blankToNull(number);
    if (wanted != null && files.find(wanted).isPresent()) {
      return "redirect:" + UriComponentsBuilder.fromPath("/invoices/{n}").build(wanted);
    }
    CaseFiles.Page found =
        wanted != null
            ? new CaseFiles.Page(List.of(), 0)
            : files.list(
                TaskPages.blankToNull(status), TaskPages.blankToNull(customer), page, SIZE);
    model.addAttribute("invoices", found.items());
    model.addAttribute("total", found.total() >= 10_000 ? "10,000+" : "" + found.total());
    model.addAttribute("status", status);
    model.addAttribute("customer", customer);
    model.addAttribute(
        "statuses",
        List.of(
            "open",
            "overdue",
            "promised",
            "plan",
            "suspended",
            "disputed",
            "paid",
            "written-off",
            "handed-over"));
    ListPage.at("/invoices")
        .with("status", status)
        .with("customer", customer)
        .show(model, page, SIZE, found.total());
    return "invoices";
  }

  @GetMapping("/invoices/{number}")
  String one(@PathVariable String number, Locale locale, Model model) {
    CaseFiles.File file =
        files.find(number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Invoice invoice = invoices.findByNumber(number).orElseThrow();
    model.addAttribute("file", file);
    model.addAttribute(
        "holds",
        holds.running(invoice.payerId(), named.today(invoice.creditorId())).stream()
            .filter(h -> h.invoiceId() == null || h.invoiceId() == invoice.id())
            .toList());
    model.addAttribute("document", documents.nameOf(invoice.id()).orElse(null));
    model.addAttribute("dispute", disputes.liveOf(invoice.id()).orElse(null));
    model.addAttribute("handover", handovers.latestOf(invoice.id()).orElse(null));
    model.addAttribute("disputeReasons", reasons.ofDisputes(locale));
    model.addAttribute("charges", charges.today(number));
    acts.done(invoice.payerId(), number, model);
    model.addAttribute("timeline", timeline.ofInvoice(invoice.id()));
    processes.show(invoice, model);
    model.addAttribute(
        "prediction",
        predictions.predict(invoice.id(), named.today(invoice.creditorId())).orElse(null));
    return "invoice";
  }

  /** The running process alone, for the payer's page. */
  @GetMapping("/invoices/{number}/process")
  String process(@PathVariable String number, Model model) {
    CaseFiles.File file =
        files.find(number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("file", file);
    processes.show(invoices.findByNumber(number).orElseThrow(), model);
    return "process :: of";
  }

  @GetMapping("/customers/{number}")
  String customer(@PathVariable String number, Locale locale, Model model) {
    if (gone.isMerged(number, model)) {
      return "payer-merged";
    }
    if (!payers.showFile(number, model, timeline, locale)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return "customer";
  }

  @GetMapping("/models/{processKey}.bpmn")
  ResponseEntity<String> model(@PathVariable long processKey) {
    return models
        .xml(processKey)
        .map(xml -> ResponseEntity.ok().contentType(MediaType.APPLICATION_XML).body(xml))
        .orElse(ResponseEntity.notFound().build());
  }
}
