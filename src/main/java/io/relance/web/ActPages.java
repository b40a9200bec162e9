package io.relance.web;

import io.relance.casework.acts.PayerContacts;
import io.relance.cash.NotMoneyYet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The forms of {@code acts.html}: what an agent does from a payer's file. */
@Controller
class ActPages {

  private static final String FILE = "/customers/{n}";

  /** What was typed into the form of a payment, for showing it again. */
  record Typed(
      @Nullable String amount,
      @Nullable String currency,
      @Nullable String on,
      @Nullable String means,
      @Nullable String reference,
      @Nullable List<String> invoices) {

    public boolean names(String invoice) {
      return invoices != null && invoices.contains(invoice);
    }
  }

  private final TakenPaymentResource payments;
  private final ContactPersonResource contacts;
  private final QuestionResource questions;
  private final AttachmentResource files;
  private final UndoResource undo;

  ActPages(
      TakenPaymentResource payments,
      ContactPersonResource contacts,
      QuestionResource questions,
      AttachmentResource files,
      UndoResource undo) {
    this.payments = payments;
    this.contacts = contacts;
    this.questions = questions;
    this.files = files;
    this.undo = undo;
  }

  /** What is no money yet is offered as a promise, with what was typed. */
  @PostMapping("/customers/{number}/payments")
  String take(
      @PathVariable String number,
      Typed typed,
      @RequestParam @Nullable String token,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        FILE,
        number,
        () -> {
          try {
            payments.take(
                number,
                new TakenPaymentResource.Payment(
                    ActionPages.amount(typed.amount()),
                    typed.currency(),
                    ActionPages.day("on", typed.on()),
                    typed.means(),
                    typed.reference(),
                    typed.invoices(),
                    token),
                principal);
          } catch (NotMoneyYet notYet) {
            flash.addFlashAttribute("promiseInstead", typed);
            throw notYet;
          } catch (IllegalArgumentException refused) {
            flash.addFlashAttribute("typedPayment", typed);
            throw refused;
          }
        });
  }

  @PostMapping("/customers/{number}/promises")
  String promise(
      @PathVariable String number,
      Typed typed,
      @RequestParam @Nullable String promisedFor,
      @RequestParam @Nullable String token,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        FILE,
        number,
        () ->
            shownAgain(
                flash,
                "promiseInstead",
                typed,
                () ->
                    payments.promise(
                        number,
                        new TakenPaymentResource.Promise(
                            ActionPages.amount(typed.amount()),
                            typed.currency(),
                            ActionPages.day("promisedFor", promisedFor),
                            typed.invoices(),
                            token),
                        principal)));
  }

  @PostMapping("/customers/{number}/contacts")
  String addContact(
      @PathVariable String number,
      PayerContacts.Details details,
      @RequestParam @Nullable String token,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        FILE,
        number,
        () ->
            shownAgain(
                flash,
                "typedContact",
                details,
                () -> contacts.add(number, details, token, principal)));
  }

  @PostMapping("/customers/{number}/contacts/{id}")
  String changeContact(
      @PathVariable String number,
      @PathVariable long id,
      PayerContacts.Details details,
      @RequestParam @Nullable String token,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash, FILE, number, () -> contacts.change(number, id, details, token, principal));
  }

  @PostMapping("/customers/{number}/contacts/{id}/remove")
  String removeContact(
      @PathVariable String number,
      @PathVariable long id,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(flash, FILE, number, () -> contacts.remove(number, id, principal));
  }

  /**
   * @param of {@code login:} and a colleague, or {@code team:} and a team
   */
  @PostMapping("/customers/{number}/questions")
  String ask(
      @PathVariable String number,
      @RequestParam(defaultValue = "") String of,
      @RequestParam @Nullable String question,
      @RequestParam @Nullable String holdUntil,
      @RequestParam @Nullable String token,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        FILE,
        number,
        () ->
            questions.ask(
                number,
                new QuestionResource.Ask(
                    of.startsWith("login:") ? of.substring(6) : null,
                    of.startsWith("team:") ? of.substring(5) : null,
                    question,
                    ActionPages.day("holdUntil", holdUntil),
                    token),
                principal));
  }

  /**
   * @param list not empty if the form stood on the work list
   */
  @PostMapping("/customers/{number}/questions/{id}/answer")
  String answer(
      @PathVariable String number,
      @PathVariable long id,
      @RequestParam @Nullable String answer,
      @RequestParam(defaultValue = "") String list,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        list.isEmpty() ? FILE : "/tasks",
        number,
        () -> questions.answer(number, id, new QuestionResource.Answer(answer), principal));
  }

  @PostMapping("/customers/{number}/questions/{id}/seen")
  String seen(
      @PathVariable String number,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String list,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        list.isEmpty() ? FILE : "/tasks",
        number,
        () -> questions.seen(number, id, principal));
  }

  @GetMapping("/customers/{number}/files/{id}")
  ResponseEntity<byte[]> file(@PathVariable String number, @PathVariable long id) {
    try {
      return files.one(number, id);
    } catch (Problems.NotFound missing) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, missing.getMessage(), missing);
    }
  }

  @PostMapping("/customers/{number}/files")
  String keep(
      @PathVariable String number,
      @RequestParam MultipartFile file,
      @RequestParam @Nullable String token,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        FILE,
        number,
        () -> {
          try {
            files.keep(
                number,
                Objects.toString(file.getOriginalFilename(), ""),
                token,
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

  @PostMapping("/customers/{number}/files/{id}/remove")
  String removeFile(
      @PathVariable String number,
      @PathVariable long id,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(flash, FILE, number, () -> files.remove(number, id, principal));
  }

  /**
   * @param invoice number of the invoice on whose page the button stood; empty on a payer's file
   */
  @PostMapping("/customers/{number}/acts/{id}/undo")
  String undo(
      @PathVariable String number,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String invoice,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        invoice.isEmpty() ? FILE : "/invoices/{n}",
        invoice.isEmpty() ? number : invoice,
        () -> undo.undo(number, id, principal));
  }

  /** A form that is refused is shown as it was typed. */
  private static void shownAgain(
      RedirectAttributes flash, String name, Object typed, Runnable act) {
    try {
      act.run();
    } catch (IllegalArgumentException refused) {
      flash.addFlashAttribute(name, typed);
      throw refused;
    }
  }
}
