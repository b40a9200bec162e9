package io.relance.outreach;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What a message that the payer has got said already, in no softer tone, is not said again: a
 * request that comes after it, because its process was slower, is answered by it. To be called with
 * the payer locked.
 */
@Component
class SaidAlready {

  private final PendingRequests requests;
  private final NoticeStore store;
  private final OutreachSettings settings;

  SaidAlready(PendingRequests requests, NoticeStore store, OutreachSettings settings) {
    this.requests = requests;
    this.store = store;
    this.settings = settings;
  }

  /**
   * Closes the requests that the day's message answered; a person who asks for one more gets it, on
   * another day.
   *
   * @return those that are left
   */
  List<PendingRequests.Pending> byNoticeOf(
      LocalDate day, long payerId, List<PendingRequests.Pending> pending) {
    Optional<NoticeStore.Kept> notice = store.ofDay(payerId, day).filter(this::isOut);
    if (notice.isEmpty()) {
      return pending;
    }
    List<PendingRequests.Pending> asked = pending.stream().filter(r -> !r.byPerson()).toList();
    return close(payerId, asked, notice.get(), "listed in the day's notice");
  }

  /** The same for what a statement said of what is not due yet, some days ago. */
  List<PendingRequests.Pending> byStatement(
      long payerId, LocalDate today, List<PendingRequests.Pending> pending) {
    List<PendingRequests.Pending> early =
        pending.stream().filter(r -> r.tone().isBeforeDue()).toList();
    LocalDate since = today.minusDays(settings.statementCovers().toDays());
    Optional<NoticeStore.Kept> statement =
        early.isEmpty() ? Optional.empty() : store.statementSince(payerId, since);
    return statement
        .map(s -> close(payerId, early, s, "listed in the statement of " + s.day()))
        .orElse(pending);
  }

  private boolean isOut(NoticeStore.Kept notice) {
    return !notice.state().equals("planned") && !notice.state().equals("sending");
  }

  private List<PendingRequests.Pending> close(
      long payerId, List<PendingRequests.Pending> asked, NoticeStore.Kept notice, String reason) {
    List<Long> listed = store.invoicesOf(notice.id());
    asked.stream()
        .filter(r -> r.isAnsweredBy(notice.tone(), notice.planId(), listed))
        .forEach(r -> requests.close(r.id(), "sent", notice.id(), reason));
    return requests.waiting(payerId, false);
  }
}
