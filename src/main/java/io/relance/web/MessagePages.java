package io.relance.web;

import io.relance.outreach.Messages;
import io.relance.platform.MailCatcher;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * What was sent to payers, and what the mail catcher took. Their HTML is shown in a sandbox that
 * may do nothing.
 */
@Controller
class MessagePages {

  private static final int SIZE = 50;
  private static final int MAILS_SHOWN = 100;
  private static final String BODY_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

  /** A caught mail, read. */
  record Mail(
      long number,
      @Nullable String date,
      String from,
      String to,
      @Nullable String subject,
      @Nullable String messageId,
      String text,
      String html) {}

  private final Messages messages;
  private final ObjectProvider<MailCatcher> catcher;

  MessagePages(Messages messages, ObjectProvider<MailCatcher> catcher) {
    this.messages = messages;
    this.catcher = catcher;
  }

  @GetMapping("/messages")
  String list(
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    Messages.Page found = messages.list(customer, null, state, page, SIZE);
    model.addAttribute("messages", found.items());
    model.addAttribute("total", found.total() >= 10_000 ? "10,000+" : "" + found.total());
    model.addAttribute("customer", customer);
    model.addAttribute("state", state);
    model.addAttribute(
        "states", List.of("prepared", "sending", "sent", "delivered", "failed", "unknown"));
    ListPage.at("/messages")
        .with("customer", customer)
        .with("state", state)
        .show(model, page, SIZE, found.total());
    return "messages";
  }

  @GetMapping("/messages/{id}")
  String one(@PathVariable long id, Model model) {
    model.addAttribute(
        "message",
        messages.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "message";
  }

  @GetMapping("/messages/{id}/body")
  ResponseEntity<String> body(@PathVariable long id) {
    return sandboxed(
        messages
            .find(id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
            .html());
  }

  @GetMapping("/mail")
  String caught(Model model) {
    MailCatcher own = catcher.getIfAvailable();
    model.addAttribute("catching", own != null);
    model.addAttribute("count", own == null ? 0 : own.count());
    model.addAttribute(
        "mails",
        own == null ? List.of() : own.list(MAILS_SHOWN).stream().map(MessagePages::read).toList());
    return "mail";
  }

  @GetMapping("/mail/{number}")
  String caughtOne(@PathVariable long number, Model model) {
    model.addAttribute("mail", find(number));
    return "caught";
  }

  @GetMapping("/mail/{number}/body")
  ResponseEntity<String> caughtBody(@PathVariable long number) {
    return sandboxed(find(number).html());
  }

  private Mail find(long number) {
    MailCatcher own = catcher.getIfAvailable();
    if (own == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return own.find(number)
        .map(MessagePages::read)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static ResponseEntity<String> sandboxed(String html) {
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
        .header("Content-Security-Policy", BODY_POLICY)
        .body(html);
  }

  private static Mail read(MailCatcher.Caught caught) {
    try {
      var message = caught.message();
      return new Mail(
          caught.number(),
          message.getSentDate() == null ? null : message.getSentDate().toInstant().toString(),
          decoded(message.getFrom()),
          decoded(message.getAllRecipients()),
          message.getSubject(),
          caught.messageId(),
          find(message, "text/plain"),
          find(message, "text/html"));
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("caught mail " + caught.number() + " cannot be read", e);
    }
  }

  private static String decoded(jakarta.mail.Address @Nullable [] addresses) {
    return addresses == null || addresses.length == 0
        ? ""
        : addresses[0] instanceof jakarta.mail.internet.InternetAddress a
            ? a.toUnicodeString()
            : addresses[0].toString();
  }

  private static String find(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return String.valueOf(part.getContent());
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        String found = find(parts.getBodyPart(i), type);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }
}
