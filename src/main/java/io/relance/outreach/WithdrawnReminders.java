package io.relance.outreach;

import io.relance.kernel.Actor;
import io.relance.ledger.Balances;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes back messages that a person asked for, as long as they have not left. */
@Component
public class WithdrawnReminders {

  private final JdbcTemplate jdbc;
  private final PendingRequests pending;
  private final NoticeStore notices;
  private final Balances balances;
  private final ApplicationEventPublisher events;

  WithdrawnReminders(
      JdbcTemplate jdbc,
      PendingRequests pending,
      NoticeStore notices,
      Balances balances,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.pending = pending;
    this.notices = notices;
    this.balances = balances;
    this.events = events;
  }

  /**
   * Why what was asked for cannot be taken back, in words; empty if it can.
   *
   * @param source what asked, of {@link PersonalReminders.Wanted}
   */
  public String against(String source) {
    List<String> states =
        jdbc.queryForList(
            "SELECT state FROM notice_request WHERE source LIKE ?", String.class, source + "-%");
    if (states.contains("requested")) {
      return "";
    }
    return states.isEmpty()
        ? "the same was asked for already by the strategy, which goes on"
        : states.contains("sent")
            ? "the message has been sent"
            : states.contains("prepared")
                ? "the letter is written: leave it out where letters are posted"
                : "nothing of it waits any more";
  }

  /**
   * Nothing of it is sent.
   *
   * @throws IllegalArgumentException if it has left, or is leaving
   */
  @Transactional
  public void withdraw(long payerId, String source, Actor actor) {
    balances.lock(List.of(payerId));
    String against = against(source);
    if (!against.isEmpty() || notices.underWayOf(payerId).isPresent()) {
      throw new IllegalArgumentException(
          against.isEmpty() ? "a message is leaving just now: look again in a moment" : against);
    }
    List<Long> ids =
        jdbc.queryForList(
            "SELECT id FROM notice_request WHERE source LIKE ? AND state = 'requested'",
            Long.class,
            source + "-%");
    Stream.concat(pending.waiting(payerId, false).stream(), pending.waiting(payerId, true).stream())
        .filter(request -> ids.contains(request.id()))
        .forEach(
            request -> {
              pending.drop(payerId, request, "taken back by " + actor.name());
              // a step of the strategy may have counted on this message
              events.publishEvent(new RequestDropped(request.invoiceId(), request.requestedAt()));
            });
  }
}
