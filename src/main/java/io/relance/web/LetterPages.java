package io.relance.web;

import io.relance.ledger.Invoice;
import io.relance.outreach.print.LetterPdfs;
import io.relance.outreach.print.PostalHandOver;
import io.relance.outreach.print.PrintBatches;
import io.relance.worklist.LetterPosting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Letters to post and their batches, and the PDFs that go with an invoice. */
@Controller
class LetterPages {

  private final LetterResource resource;
  private final DocumentResource documents;
  private final NamedRows named;
  private final PrintBatches batches;
  private final LetterPdfs letters;
  private final LetterPosting posting;
  private final PostalHandOver provider;

  LetterPages(
      LetterResource resource,
      DocumentResource documents,
      NamedRows named,
      PrintBatches batches,
      LetterPdfs letters,
      LetterPosting posting,
      PostalHandOver provider) {
    this.resource = resource;
    this.documents = documents;
    this.named = named;
    this.batches = batches;
    this.letters = letters;
    this.posting = posting;
    this.provider = provider;
  }

  @GetMapping("/letters")
  String list(Model model) {
    List<PrintBatches.Waiting> waiting = batches.waiting();
    model.addAttribute("waiting", waiting);
    model.addAttribute("free", waiting.stream().filter(w -> w.batch() == null).count());
    model.addAttribute("batches", resource.newest());
    return "letters";
  }

  @PostMapping("/letters/batches")
  String make(Principal principal, RedirectAttributes flash) {
    PrintBatches.Made made = resource.make(principal);
    flash.addFlashAttribute("made", made);
    return made.batches().size() == 1 && made.leftOut().isEmpty()
        ? "redirect:/letters/batches/" + made.batches().getFirst()
        : "redirect:/letters";
  }

  @GetMapping("/letters/batches/{id}")
  String batch(@PathVariable long id, Model model) {
    PrintBatches.Batch batch = find(id);
    List<PrintBatches.Item> items = batches.items(id);
    Map<Long, Long> tasks = new HashMap<>();
    items.stream()
        .filter(i -> i.status() == PrintBatches.Status.OPEN)
        .forEach(i -> posting.taskOf(i.noticeId()).ifPresent(key -> tasks.put(i.noticeId(), key)));
    model.addAttribute("batch", batch);
    model.addAttribute("items", items);
    model.addAttribute("tasks", tasks);
    model.addAttribute("provider", provider.provider().orElse(null));
    return "batch";
  }

  private PrintBatches.Batch find(long id) {
    return batches.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @GetMapping("/letters/batches/{id}.pdf")
  ResponseEntity<byte[]> pdf(@PathVariable long id) {
    find(id);
    return made(() -> resource.pdf(id));
  }

  @GetMapping("/letters/batches/{id}.csv")
  ResponseEntity<byte[]> manifest(@PathVariable long id) {
    find(id);
    return made(() -> resource.manifest(id));
  }

  /** Of a batch whose letters are all gone there is no file. */
  private static ResponseEntity<byte[]> made(Supplier<ResponseEntity<byte[]>> file) {
    try {
      return file.get();
    } catch (IllegalArgumentException empty) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, empty.getMessage(), empty);
    }
  }

  @PostMapping("/letters/batches/{id}/posted")
  String posted(@PathVariable long id, Principal principal, RedirectAttributes flash) {
    find(id);
    flash.addFlashAttribute("report", resource.posted(id, principal));
    return "redirect:/letters/batches/" + id;
  }

  @PostMapping("/letters/batches/{id}/release")
  String release(@PathVariable long id, Principal principal, RedirectAttributes flash) {
    find(id);
    return told(
        flash, id, () -> flash.addFlashAttribute("report", resource.release(id, principal)));
  }

  @PostMapping("/letters/batches/{id}/letters/{noticeId}/leave-out")
  String leaveOut(
      @PathVariable long id,
      @PathVariable long noticeId,
      Principal principal,
      RedirectAttributes flash) {
    return told(flash, id, () -> resource.leaveOut(id, noticeId, principal));
  }

  @PostMapping("/letters/batches/{id}/letters/{noticeId}/word")
  String resolve(
      @PathVariable long id,
      @PathVariable long noticeId,
      @RequestParam boolean taken,
      @RequestParam(required = false) @Nullable String providerId,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        id,
        () ->
            resource.resolve(id, noticeId, new LetterResource.Word(taken, providerId), principal));
  }

  private static String told(RedirectAttributes flash, long id, Runnable action) {
    return ActionPages.told(flash, "/letters/batches/{n}", String.valueOf(id), action);
  }

  /** The letter as it is printed. */
  @GetMapping("/messages/{id}/letter.pdf")
  ResponseEntity<byte[]> letter(@PathVariable long id) {
    return letters
        .of(id)
        .map(letter -> Downloads.pdf(letter.content(), "letter-" + id + ".pdf"))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @PostMapping("/invoices/{number}/document")
  String keep(
      @PathVariable String number,
      @RequestParam MultipartFile file,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/invoices/{n}",
        number,
        () -> {
          Invoice invoice = named.invoice(number);
          try {
            documents.keep(
                invoice,
                file.getOriginalFilename(),
                file.getInputStream(),
                file.getSize(),
                principal);
          } catch (Problems.TooLarge large) {
            throw new IllegalArgumentException(large.getMessage(), large);
          } catch (IOException broken) {
            throw new UncheckedIOException("The upload broke off", broken);
          }
        });
  }

  @PostMapping("/invoices/{number}/document/remove")
  String drop(@PathVariable String number, Principal principal, RedirectAttributes flash) {
    return ActionPages.told(
        flash, "/invoices/{n}", number, () -> documents.drop(number, principal));
  }
}
