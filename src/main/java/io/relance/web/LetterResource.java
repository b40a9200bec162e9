package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.outreach.print.BatchFiles;
import io.relance.outreach.print.PostalHandOver;
import io.relance.outreach.print.PrintBatches;
import io.relance.worklist.LetterPosting;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Letters that wait to be posted, and the batches that they are printed in. */
@RestController
@RequestMapping("/api/v1/letters")
class LetterResource {

  private static final int BATCHES_SHOWN = 100;

  /** A batch with its letters. */
  record BatchView(PrintBatches.Batch batch, List<PrintBatches.Item> letters) {}

  /**
   * What became of a letter of which nobody knew.
   *
   * @param taken whether the provider has it
   * @param providerId what the provider calls it, if it has it
   */
  record Word(@Nullable Boolean taken, @Nullable String providerId) {}

  private final PrintBatches batches;
  private final BatchFiles files;
  private final LetterPosting posting;
  private final PostalHandOver provider;
  private final Audit audit;

  LetterResource(
      PrintBatches batches,
      BatchFiles files,
      LetterPosting posting,
      PostalHandOver provider,
      Audit audit) {
    this.batches = batches;
    this.files = files;
    this.posting = posting;
    this.provider = provider;
    this.audit = audit;
  }

  @GetMapping
  List<PrintBatches.Waiting> waiting() {
    return batches.waiting();
  }

  @GetMapping("/batches")
  List<PrintBatches.Batch> newest() {
    return batches.newest(BATCHES_SHOWN);
  }

  @PostMapping("/batches")
  @ResponseStatus(HttpStatus.CREATED)
  PrintBatches.Made make(Principal principal) {
    Actor actor = Actor.user(principal.getName());
    PrintBatches.Made made = batches.make(actor);
    made.batches().forEach(id -> audit.record(actor, "make-batch", "batch " + id, null));
    return made;
  }

  @GetMapping("/batches/{id}")
  BatchView one(@PathVariable long id) {
    return new BatchView(batch(id), batches.items(id));
  }

  PrintBatches.Batch batch(long id) {
    return batches
        .find(id)
        .orElseThrow(() -> new Problems.NotFound("There is no batch of letters " + id));
  }

  @GetMapping("/batches/{id}/pdf")
  ResponseEntity<byte[]> pdf(@PathVariable long id) {
    return Downloads.pdf(files.pdf(batch(id)), "letters-" + id + ".pdf");
  }

  @GetMapping("/batches/{id}/manifest")
  ResponseEntity<byte[]> manifest(@PathVariable long id) {
    return Downloads.file(
        files.manifest(batch(id)).getBytes(StandardCharsets.UTF_8),
        "letters-" + id + ".csv",
        new MediaType("text", "csv", StandardCharsets.UTF_8),
        false);
  }

  /** A person posted them: completes their tasks. */
  @PostMapping("/batches/{id}/posted")
  LetterPosting.Report posted(@PathVariable long id, Principal principal) {
    batch(id);
    LetterPosting.Report report = posting.posted(id, principal.getName());
    audit.record(Actor.user(principal.getName()), "post-batch", "batch " + id, told(report));
    return report;
  }

  /** A person lets them go: the provider prints and posts them. */
  @PostMapping("/batches/{id}/release")
  LetterPosting.Report release(@PathVariable long id, Principal principal) {
    batch(id);
    LetterPosting.Report report = posting.release(id, principal.getName());
    audit.record(Actor.user(principal.getName()), "release-batch", "batch " + id, told(report));
    return report;
  }

  private static String told(LetterPosting.Report report) {
    return report.posted() + " posted, " + report.problems().size() + " not";
  }

  @DeleteMapping("/batches/{id}/letters/{noticeId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void leaveOut(@PathVariable long id, @PathVariable long noticeId, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    letter(id, noticeId);
    if (!batches.leaveOut(id, noticeId, actor)) {
      throw new IllegalArgumentException(
          "Letter "
              + noticeId
              + " cannot be left out: it is posted or out already, or a provider may have it");
    }
    audit.record(actor, "leave-out-letter", "batch " + id, "letter " + noticeId);
  }

  /** A person says whether the provider has a letter of which nobody knew. */
  @PutMapping("/batches/{id}/letters/{noticeId}/word")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resolve(
      @PathVariable long id,
      @PathVariable long noticeId,
      @RequestBody Word word,
      Principal principal) {
    String providerId = TaskPages.blankToNull(word.providerId());
    if (word.taken() == null || (word.taken() && providerId == null)) {
      throw new IllegalArgumentException(
          "taken is true, with the providerId that the provider calls the letter by, or false");
    }
    if (!provider.resolve(letter(id, noticeId), word.taken() ? providerId : null)) {
      throw new IllegalArgumentException(
          "What became of letter " + noticeId + " is known: look at the batch again");
    }
    audit.record(
        Actor.user(principal.getName()),
        "resolve-letter",
        "letter " + noticeId,
        word.taken() ? "the provider has it: " + providerId : "the provider does not have it");
  }

  private PrintBatches.Item letter(long id, long noticeId) {
    return batches.items(id).stream()
        .filter(item -> item.noticeId() == noticeId)
        .findFirst()
        .orElseThrow(() -> new Problems.NotFound("Batch " + id + " has no letter " + noticeId));
  }
}
