package io.relance.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the reader can go.
 *
 * @param main what is needed all day
 * @param more what is looked at now and then, behind one button
 */
record PageMenu(List<Link> main, List<Link> more) {

  record Link(String href, String key, long count) {

    Link(String href, String key) {
      this(href, key, 0);
    }
  }

  /**
   * @param unread answers of payers that nobody has read
   * @param demo whether mail is caught, and can be looked at
   */
  static PageMenu of(HttpServletRequest reader, long unread, boolean demo) {
    boolean designs = reader.isUserInRole("DESIGNER");
    boolean manages = reader.isUserInRole("ADMIN") || reader.isUserInRole("MANAGER");
    List<Link> main = new ArrayList<>();
    List<Link> more = new ArrayList<>();
    main.add(new Link("/tasks", "layout.menu.tasks"));
    main.add(new Link("/invoices", "layout.menu.invoices"));
    main.add(new Link("/messages", "layout.menu.messages"));
    main.add(new Link("/inbox", "layout.menu.inbox", unread));
    if (!designs) {
      main.add(new Link("/letters", "layout.menu.letters"));
      main.add(new Link("/payments", "layout.menu.payments"));
    }
    if (manages) {
      main.add(new Link("/workload", "supervisor.workload.title"));
      main.add(new Link("/figures", "figures.title"));
    }
    if (designs || manages) {
      main.add(new Link("/flow", "layout.menu.flow"));
    }
    if (designs || reader.isUserInRole("ADMIN")) {
      (designs ? main : more).add(new Link("/studio", "studio.title"));
    }
    if (designs || manages) {
      (manages ? more : main).add(new Link("/templates", "layout.menu.templates"));
    }
    if (!designs) {
      (manages ? more : main).add(new Link("/absences", "supervisor.absences.title"));
    }
    if (manages) {
      more.add(new Link("/teams", "layout.menu.teams"));
      more.add(new Link("/imports", "layout.menu.imports"));
      more.add(new Link("/rates", "layout.menu.rates"));
      more.add(new Link("/operations", "layout.menu.operations"));
      // designers come to it from the studio
      more.add(new Link("/studio/running", "running.title"));
    }
    if (demo) {
      (manages ? more : main).add(new Link("/mail", "layout.menu.mail"));
    }
    return new PageMenu(List.copyOf(main), List.copyOf(more));
  }

  /** Whether the page is one of those behind the button. */
  boolean isAmongMore(String path) {
    return more.stream().anyMatch(link -> path.startsWith(link.href()));
  }
}
