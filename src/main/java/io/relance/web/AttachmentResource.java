package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.acts.PayerFiles;
import io.relance.kernel.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files that are kept with a payer. */
@RestController
@RequestMapping("/api/v1/customers/{number}/files")
class AttachmentResource {

  record Id(long id) {}

  private final NamedRows named;
  private final PayerFiles files;
  private final Audit audit;

  AttachmentResource(NamedRows named, PayerFiles files, Audit audit) {
    this.named = named;
    this.files = files;
    this.audit = audit;
  }

  @GetMapping
  List<PayerFiles.Listed> all(@PathVariable String number) {
    return files.of(named.payer(number).id());
  }

  /** Never shown by a browser: whatever it is, it is saved. */
  @GetMapping("/{id}")
  ResponseEntity<byte[]> one(@PathVariable String number, @PathVariable long id) {
    PayerFiles.Content file =
        files
            .content(named.payer(number).id(), id)
            .orElseThrow(
                () -> new Problems.NotFound("Customer '" + number + "' has no file " + id));
    return Downloads.file(file.bytes(), file.name(), MediaType.APPLICATION_OCTET_STREAM, false);
  }

  /**
   * Keeps a file; the body is what is in it.
   *
   * @param token names the request: sent again, it keeps one file
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Id keep(
      @PathVariable String number,
      @RequestParam String name,
      @RequestParam(required = false) @Nullable String token,
      HttpServletRequest request,
      Principal principal)
      throws IOException {
    return keep(
        number, name, token, request.getInputStream(), request.getContentLengthLong(), principal);
  }

  /**
   * @param said how many bytes it is said to have; negative if that is not said
   */
  Id keep(
      String number,
      String name,
      @Nullable String token,
      InputStream in,
      long said,
      Principal principal) {
    byte[] content =
        Downloads.read(
            in,
            said,
            PayerFiles.SIZE_MAX,
            bytes ->
                String.format(
                    Locale.ROOT,
                    "The file has %,d bytes or more; %,d is the most that is kept",
                    bytes,
                    PayerFiles.SIZE_MAX));
    Actor actor = Actor.user(principal.getName());
    long id =
        files.keep(named.theOnlyPayer(number).id(), name, content, ActSupport.token(token), actor);
    audit.record(
        actor, "add-file", "customer " + number, "file " + id + ", " + content.length + " bytes");
    return new Id(id);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String number, @PathVariable long id, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    ActSupport.found(() -> files.remove(named.theOnlyPayer(number).id(), id, actor));
    audit.record(actor, "remove-file", "customer " + number, "file " + id);
  }
}
