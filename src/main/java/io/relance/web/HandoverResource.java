package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.handovers.EvidenceFiles;
import io.relance.casework.handovers.Handover;
import io.relance.casework.handovers.Handovers;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The handover of an invoice to an agency, an insurer or a court, and its evidence file. */
@RestController
@RequestMapping("/api/v1/invoices/{number}")
class HandoverResource {

  /** Why it is to be handed over. */
  record Request(@Nullable String note) {}

  private final NamedRows named;
  private final Handovers handovers;
  private final EvidenceFiles files;
  private final Audit audit;

  HandoverResource(NamedRows named, Handovers handovers, EvidenceFiles files, Audit audit) {
    this.named = named;
    this.handovers = handovers;
    this.files = files;
    this.audit = audit;
  }

  /** The one under way, or the last one. */
  @GetMapping("/handover")
  Handover of(@PathVariable String number) {
    return handovers
        .latestOf(named.invoice(number).id())
        .orElseThrow(() -> new Problems.NotFound("Invoice '" + number + "' has no handover"));
  }

  @PostMapping("/handover")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void propose(@PathVariable String number, @RequestBody Request request, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (request.note() == null || request.note().isBlank()) {
      throw new IllegalArgumentException("note is missing: say why it is to be handed over");
    }
    handovers.propose(
        named.invoice(number).id(), request.note().strip(), "api-" + UUID.randomUUID(), actor);
    audit.record(actor, "propose-handover", "invoice " + number, request.note());
  }

  @DeleteMapping("/handover")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdraw(@PathVariable String number, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (!handovers.withdraw(named.invoice(number).id(), actor)) {
      throw new Problems.NotFound("Invoice '" + number + "' is not being handed over");
    }
    audit.record(actor, "withdraw-handover", "invoice " + number, null);
  }

  @GetMapping("/evidence")
  ResponseEntity<byte[]> evidence(@PathVariable String number) {
    EvidenceFiles.Kept file =
        files
            .find(of(number).id())
            .orElseThrow(
                () -> new Problems.NotFound("Invoice '" + number + "' has no evidence file"));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("evidence-" + number.replaceAll("[^A-Za-z0-9._-]", "_") + ".zip")
                .build()
                .toString())
        .header("X-Content-SHA256", file.sha256())
        .body(file.content());
  }
}
