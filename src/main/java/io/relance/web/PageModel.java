package io.relance.web;

import io.relance.kernel.AdjustableClock;
import io.relance.ledger.Creditors;
import io.relance.outreach.InboundMessages;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page's frame shows: the menu of the user's role, the user, and the demo's clock. */
@ControllerAdvice(annotations = Controller.class)
class PageModel {

  /**
   * An entry of the menu.
   *
   * @param key of its text
   * @param count what waits there, for texts that tell it
   */
  private final AdjustableClock clock;

  private final Creditors creditors;
  private final InboundMessages inbound;
  private final boolean demo;

  PageModel(
      AdjustableClock clock,
      Creditors creditors,
      InboundMessages inbound,
      @Value("${relance.demo.enabled}") boolean demo) {
    this.clock = clock;
    this.creditors = creditors;
    this.inbound = inbound;
    this.demo = demo;
  }

  @ModelAttribute
  void frame(Model model, HttpServletRequest request, Locale locale) {
    if (request.getRequestURI().startsWith("/api/")
        || request.getRequestURI().startsWith("/studio/api/")) {
      return; // a RestController is a Controller too, but has no frame
    }
    model.addAttribute("demo", demo);
    model.addAttribute("here", here(request));
    if (request.getUserPrincipal() == null) {
      return;
    }
    ZoneId zone = creditors.findAll().getFirst().calendar().zone();
    PageMenu menu = PageMenu.of(request, inbound.unread(), demo);
    model.addAttribute("manages", request.isUserInRole("ADMIN") || request.isUserInRole("MANAGER"));
    model.addAttribute("administers", request.isUserInRole("ADMIN"));
    model.addAttribute("menu", menu);
    model.addAttribute("amongMore", menu.isAmongMore(request.getRequestURI()));
    model.addAttribute("path", request.getRequestURI());
    model.addAttribute("user", request.getUserPrincipal().getName());
    model.addAttribute("zone", zone);
    model.addAttribute("moved", !clock.offset().isZero());
    model.addAttribute(
        "businessTime",
        DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", locale)
            .format(clock.instant().atZone(zone)));
  }

  /** Where the reader is, as the switch of languages leads back to it. */
  private static String here(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
