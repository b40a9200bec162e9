package io.relance.web;

import io.relance.kernel.AdjustableClock;
import io.relance.ledger.Creditors;
import io.relance.outreach.InboundMessages;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
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
  record Link(String href, String key, long count) {

    Link(String href, String key) {
      this(href, key, 0);
    }
  }

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
    if (request.getRequestURI().startsWith("/api/")) {
      return; // a RestController is a Controller too, but has no frame
    }
    model.addAttribute("demo", demo);
    model.addAttribute("here", here(request));
    if (request.getUserPrincipal() == null) {
      return;
    }
    ZoneId zone = creditors.findAll().getFirst().calendar().zone();
    List<Link> nav = new ArrayList<>();
    nav.add(new Link("/tasks", "layout.menu.tasks"));
    nav.add(new Link("/invoices", "layout.menu.invoices"));
    nav.add(new Link("/messages", "layout.menu.messages"));
    nav.add(new Link("/inbox", "layout.menu.inbox", inbound.unread()));
    if (request.isUserInRole("DESIGNER")
        || request.isUserInRole("ADMIN")
        || request.isUserInRole("MANAGER")) {
      nav.add(new Link("/templates", "layout.menu.templates"));
    }
    if (!request.isUserInRole("DESIGNER")) {
      nav.add(new Link("/letters", "layout.menu.letters"));
      nav.add(new Link("/payments", "layout.menu.payments"));
      nav.add(new Link("/absences", "supervisor.absences.title"));
    }
    if (demo) {
      nav.add(new Link("/mail", "layout.menu.mail"));
    }
    if (request.isUserInRole("ADMIN") || request.isUserInRole("MANAGER")) {
      nav.add(new Link("/figures", "figures.title"));
      nav.add(new Link("/workload", "supervisor.workload.title"));
      nav.add(new Link("/teams", "layout.menu.teams"));
      nav.add(new Link("/imports", "layout.menu.imports"));
      nav.add(new Link("/rates", "layout.menu.rates"));
      nav.add(new Link("/operations", "layout.menu.operations"));
    }
    model.addAttribute("manages", request.isUserInRole("ADMIN") || request.isUserInRole("MANAGER"));
    model.addAttribute("administers", request.isUserInRole("ADMIN"));
    model.addAttribute("nav", nav);
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
