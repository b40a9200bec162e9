package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.ledger.Creditor;
import io.relance.ledger.CreditorLogos;
import io.relance.ledger.Invoice;
import io.relance.ledger.InvoiceDocument;
import io.relance.ledger.InvoiceDocuments;
import io.relance.ledger.Logo;
import io.relance.outreach.print.PdfFiles;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The PDFs of invoices and the logos of creditors, which go with messages. */
@RestController
@RequestMapping("/api/v1")
class DocumentResource {

  private final NamedRows named;
  private final InvoiceDocuments documents;
  private final CreditorLogos logos;
  private final Audit audit;

  DocumentResource(NamedRows named, InvoiceDocuments documents, CreditorLogos logos, Audit audit) {
    this.named = named;
    this.documents = documents;
    this.logos = logos;
    this.audit = audit;
  }

  @GetMapping("/invoices/{number}/document")
  ResponseEntity<byte[]> document(@PathVariable String number) {
    InvoiceDocument document =
        documents
            .of(named.invoice(number).id())
            .orElseThrow(
                () -> new Problems.NotFound("No document of invoice '" + number + "' is kept"));
    return Downloads.pdf(document.content(), document.name());
  }

  /** Keeps the invoice's PDF, instead of one before it; the body is the file. */
  @PutMapping(
      path = "/invoices/{number}/document",
      consumes = {MediaType.APPLICATION_PDF_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String name,
      HttpServletRequest request,
      Principal principal)
      throws IOException {
    Invoice invoice = named.theOnlyInvoice(number);
    keep(invoice, name, request.getInputStream(), request.getContentLengthLong(), principal);
  }

  /**
   * @param said how many bytes it is said to have; negative if that is not said
   */
  void keep(
      Invoice invoice, @Nullable String name, InputStream in, long said, Principal principal) {
    byte[] content =
        Downloads.read(
            in,
            said,
            InvoiceDocuments.SIZE_MAX,
            bytes ->
                String.format(
                    Locale.ROOT,
                    "The document has %,d bytes or more; it goes with messages, so make it %,d or"
                        + " smaller, such as a scan in black and white",
                    bytes,
                    InvoiceDocuments.SIZE_MAX));
    PdfFiles.requireReadable(content);
    Actor actor = Actor.user(principal.getName());
    documents.store(
        invoice,
        name == null || name.isBlank() ? "invoice-" + invoice.number() : name,
        content,
        actor);
    audit.record(actor, "keep-document", "invoice " + invoice.number(), content.length + " bytes");
  }

  @DeleteMapping("/invoices/{number}/document")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void drop(@PathVariable String number, Principal principal) {
    if (!documents.remove(named.theOnlyInvoice(number))) {
      throw new Problems.NotFound("No document of invoice '" + number + "' is kept");
    }
    audit.record(Actor.user(principal.getName()), "remove-document", "invoice " + number, null);
  }

  @GetMapping("/creditors/{code}/logo")
  ResponseEntity<byte[]> logo(@PathVariable String code) {
    Logo logo =
        logos
            .of(named.creditor(code).key())
            .orElseThrow(() -> new Problems.NotFound("Creditor '" + code + "' has no logo"));
    MediaType type = MediaType.parseMediaType(logo.contentType());
    return Downloads.file(logo.content(), "logo." + type.getSubtype(), type, true);
  }

  /** Keeps the creditor's logo, instead of one before it; the body is the picture. */
  @PutMapping(
      path = "/creditors/{code}/logo",
      consumes = {MediaType.IMAGE_PNG_VALUE, MediaType.IMAGE_JPEG_VALUE})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keepLogo(@PathVariable String code, HttpServletRequest request, Principal principal)
      throws IOException {
    Creditor creditor = named.creditor(code);
    byte[] content =
        Downloads.read(
            request.getInputStream(),
            request.getContentLengthLong(),
            CreditorLogos.SIZE_MAX,
            CreditorLogos::tooLarge);
    Actor actor = Actor.user(principal.getName());
    Logo logo = logos.store(creditor, content, actor);
    audit.record(
        actor,
        "keep-logo",
        "creditor " + code,
        logo.contentType() + ", " + logo.width() + " by " + logo.height());
  }

  @DeleteMapping("/creditors/{code}/logo")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void dropLogo(@PathVariable String code, Principal principal) {
    if (!logos.remove(named.creditor(code))) {
      throw new Problems.NotFound("Creditor '" + code + "' has no logo");
    }
    audit.record(Actor.user(principal.getName()), "remove-logo", "creditor " + code, null);
  }
}
