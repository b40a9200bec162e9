package io.relance.web;

import io.relance.cash.UnmatchedPayments;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Money for which no invoice was found, and what a person says that it is. */
@Controller
class PaymentPages {

  private static final int SIZE = 50;

  private final UnmatchedPayments payments;
  private final PaymentResource resource;

  PaymentPages(UnmatchedPayments payments, PaymentResource resource) {
    this.payments = payments;
    this.resource = resource;
  }

  @GetMapping("/payments")
  String list(
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    UnmatchedPayments.Page found = payments.list(TaskPages.blankToNull(customer), page, SIZE);
    model.addAttribute("payments", found.items());
    model.addAttribute("total", found.total());
    model.addAttribute("customer", customer);
    ListPage.at("/payments").with("customer", customer).show(model, page, SIZE, found.total());
    return "payments";
  }

  @PostMapping("/payments/{id}/match")
  String match(
      @PathVariable long id,
      @RequestParam String invoices,
      Principal principal,
      RedirectAttributes flash) {
    List<String> numbers = Arrays.asList(invoices.split("[,;\n]"));
    return told(flash, () -> resource.match(id, new PaymentResource.Match(numbers), principal));
  }

  @PostMapping("/payments/{id}/owner")
  String owner(
      @PathVariable long id,
      @RequestParam String customer,
      Principal principal,
      RedirectAttributes flash) {
    return told(flash, () -> resource.owner(id, new PaymentResource.Owner(customer), principal));
  }

  @PostMapping("/payments/{id}/set-aside")
  String setAside(
      @PathVariable long id,
      @RequestParam String reason,
      Principal principal,
      RedirectAttributes flash) {
    return told(flash, () -> resource.setAside(id, new PaymentResource.Aside(reason), principal));
  }

  private static String told(RedirectAttributes flash, Runnable act) {
    return ActionPages.told(flash, "/payments", "", act);
  }
}
