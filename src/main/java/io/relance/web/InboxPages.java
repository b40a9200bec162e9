package io.relance.web;

import io.relance.outreach.InboundMessages;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What came in: first what waits to be read. */
@Controller
class InboxPages {

  private static final int SIZE = 50;

  private final InboundMessages inbound;
  private final InboxResource inbox;

  InboxPages(InboundMessages inbound, InboxResource inbox) {
    this.inbound = inbound;
    this.inbox = inbox;
  }

  @GetMapping("/inbox")
  String list(
      @RequestParam(defaultValue = "unread") String show,
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    InboundMessages.Page found =
        inbound.list(!show.equals("all"), TaskPages.blankToNull(customer), page, SIZE);
    model.addAttribute("messages", found.items());
    model.addAttribute("unread", found.unread());
    model.addAttribute("show", show);
    model.addAttribute("customer", customer);
    ListPage.at("/inbox")
        .with("show", show)
        .with("customer", customer)
        .show(model, page, SIZE, found.total());
    return "inbox";
  }

  @GetMapping("/inbox/{id}")
  String one(@PathVariable long id, Model model) {
    model.addAttribute(
        "message",
        inbound.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "inbound";
  }

  @PostMapping("/inbox/{id}/read")
  String read(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String customer,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/inbox/{n}",
        String.valueOf(id),
        () -> inbox.read(id, new InboxResource.Reading(customer), principal));
  }
}
