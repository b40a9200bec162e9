package io.relance.web;

import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The form of {@link PayerEraseResource} on a customer's page. */
@Controller
class PayerErasePages {

  private final PayerEraseResource erasures;

  PayerErasePages(PayerEraseResource erasures) {
    this.erasures = erasures;
  }

  @PostMapping("/customers/{number}/erase")
  String erase(
      @PathVariable String number,
      @RequestParam(defaultValue = "") String reason,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/customers/{n}",
        number,
        () -> erasures.erase(number, new PayerEraseResource.Request(reason), principal));
  }
}
