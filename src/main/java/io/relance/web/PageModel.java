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

  /** An entry of the menu. */
  record Link(String href, String name) {}

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
  void frame(Model model, HttpServletRequest request) {
    if (request.getRequestURI().startsWith("/api/")) {
      return; // a RestController is a Controller too, but has no frame
    }
    model.addAttribute("demo", demo);
    if (request.getUserPrincipal() == null) {
      return;
    }
    ZoneId zone = creditors.findAll().getFirst().calendar().zone();
    List<Link> nav = new ArrayList<>();
    nav.add(new Link("/tasks", "Work list"));
    nav.add(new Link("/invoices", "Invoices"));
    nav.add(new Link("/messages", "Messages"));
    long unread = inbound.unread();
    nav.add(new Link("/inbox", unread == 0 ? "Inbox" : "Inbox (" + unread + ")"));
    if (request.isUserInRole("DESIGNER")
        || request.isUserInRole("ADMIN")
        || request.isUserInRole("MANAGER")) {
      nav.add(new Link("/templates", "Templates"));
    }
    if (!request.isUserInRole("DESIGNER")) {
      nav.add(new Link("/letters", "Letters"));
      nav.add(new Link("/payments", "Payments"));
      nav.add(new Link("/absences", "Absences"));
    }
    if (demo) {
      nav.add(new Link("/mail", "Caught mail"));
    }
    if (request.isUserInRole("ADMIN") || request.isUserInRole("MANAGER")) {
      nav.add(new Link("/workload", "Workload"));
      nav.add(new Link("/teams", "Teams"));
      nav.add(new Link("/imports", "Imports"));
      nav.add(new Link("/rates", "Rates"));
      nav.add(new Link("/operations", "Operations"));
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
        DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH)
            .format(clock.instant().atZone(zone)));
  }
}
