package io.relance.web;

import java.security.Principal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The forms of {@link PayerActionResource} on a customer's page. */
@Controller
class PayerActionPages {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  private final PayerActionResource actions;
  private final NamedRows named;

  PayerActionPages(PayerActionResource actions, NamedRows named) {
    this.actions = actions;
    this.named = named;
  }

  @PostMapping("/customers/{number}/messages")
  String write(
      @PathVariable String number,
      @RequestParam String tone,
      @RequestParam(required = false) @Nullable String channel,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/customers/{n}",
        number,
        () -> {
          PayerActionResource.Asked asked =
              actions.write(number, new PayerActionResource.Wanted(tone, channel), principal);
          ZoneId zone = named.zoneOf(named.payer(number).creditorId());
          flash.addFlashAttribute(
              "told",
              "Asked for, by "
                  + asked.channel()
                  + ", about "
                  + String.join(", ", asked.invoices())
                  + (asked.reason().isEmpty()
                      ? "; it goes in a moment."
                      : "; it goes from "
                          + WHEN.format(asked.at().atZone(zone))
                          + " on: "
                          + asked.reason()
                          + "."));
        });
  }

  @PostMapping("/customers/{number}/notes")
  String note(
      @PathVariable String number,
      @RequestParam String kind,
      @RequestParam String text,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/customers/{n}",
        number,
        () -> actions.note(number, new PayerActionResource.Noted(kind, text), principal));
  }
}
