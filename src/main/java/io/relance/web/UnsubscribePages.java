package io.relance.web;

import io.relance.access.Audit;
import io.relance.outreach.SentMessages;
import io.relance.outreach.Unsubscribing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where payers say that they want no more mails. To look changes nothing, for programs look at
 * every link of a mail; the button does it, or the one click that mail providers offer (RFC 8058).
 */
@Controller
class UnsubscribePages {

  private final Unsubscribing unsubscribing;
  private final UnsubscribeWords words;
  private final Audit audit;

  UnsubscribePages(Unsubscribing unsubscribing, UnsubscribeWords words, Audit audit) {
    this.unsubscribing = unsubscribing;
    this.words = words;
    this.audit = audit;
  }

  @GetMapping("/unsubscribe/{token}")
  String ask(
      @PathVariable String token,
      CsrfToken csrf,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    csrf.getToken(); // its cookie is set before the page begins
    return page(unsubscribing.find(token), false, request.getLocale(), response, model);
  }

  @PostMapping("/unsubscribe/{token}")
  String end(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<SentMessages.Sent> mail = unsubscribing.find(token);
    mail.ifPresent(
        m -> {
          unsubscribing.end(m, "by the link in a mail");
          audit.record(
              Unsubscribing.actor(m), "opt-out", "customer " + m.customerId() + ", email", null);
        });
    return page(mail, true, request.getLocale(), response, model);
  }

  private String page(
      Optional<SentMessages.Sent> mail,
      boolean done,
      Locale locale,
      HttpServletResponse response,
      Model model) {
    response.setHeader("X-Robots-Tag", "noindex");
    if (mail.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
    String creditor = mail.map(SentMessages.Sent::creditorName).orElse("");
    String address = mail.map(m -> Unsubscribing.masked(m.recipient())).orElse("");
    String language = mail.map(SentMessages.Sent::language).orElse(locale.getLanguage());
    model.addAttribute("words", words.in(language, creditor, address));
    model.addAttribute("known", mail.isPresent());
    model.addAttribute("done", done);
    return "unsubscribe";
  }
}
