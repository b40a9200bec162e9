package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.outreach.InboundMessages;
import io.relance.outreach.InboundMessages.Filed;
import io.relance.outreach.InboundMessages.Kept;
import io.relance.outreach.InboundMessages.Kind;
import io.relance.outreach.permission.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What payers' own messages do: the timeline tells them, and until a person has read an answer
 * nothing is asked of its payer ({@code relance.casework.reply-pause}, at the longest so many days;
 * 0 for no pause). More they do not do, since nobody vouches for who wrote them.
 */
@Component
class Replies {

  static final String KIND = "reply";

  private static final Actor ACTOR = Actor.system("casework");

  private final Timeline timeline;
  private final Holds holds;
  private final InboundMessages inbound;
  private final Creditors creditors;
  private final Balances balances;
  private final InstantSource clock;
  private final long pauseDays;

  /**
   * @throws IllegalArgumentException if the pause is negative or longer than holds may be
   */
  Replies(
      Timeline timeline,
      Holds holds,
      InboundMessages inbound,
      Creditors creditors,
      Balances balances,
      InstantSource clock,
      @Value("${relance.casework.reply-pause:7d}") Duration pause) {
    if (pause.isNegative() || pause.toDays() > Holds.DAYS_MAX) {
      throw new IllegalArgumentException(
          "relance.casework.reply-pause="
              + pause
              + " is no time to wait for a reader. Set it to days such as 7d, at most "
              + Holds.DAYS_MAX
              + "d, or to 0 for no pause.");
    }
    this.timeline = timeline;
    this.holds = holds;
    this.inbound = inbound;
    this.creditors = creditors;
    this.balances = balances;
    this.clock = clock;
    this.pauseDays = pause.plusDays(1).minusNanos(1).toDays(); // a part of a day is a day
  }

  @EventListener
  void on(Filed filed) {
    if (filed.payerId() == null) {
      return;
    }
    tell(filed.payerId(), filed.id(), words(filed));
    if (filed.kind() == Kind.REPLY && pauseDays > 0) {
      holds.begin(
          filed.payerId(),
          null,
          KIND,
          "the payer wrote; nobody has read it yet",
          today(filed.payerId()).plusDays(pauseDays),
          "reply-" + filed.id(),
          ACTOR);
    }
  }

  private static String words(Filed filed) {
    String channel = ChannelWords.of(filed.channel());
    return switch (filed.kind()) {
      case REPLY -> channel + " from " + filed.sender() + ": " + filed.text();
      case AUTO_REPLY -> "Automatic answer from " + filed.sender() + ": " + filed.text();
      case BOUNCE -> "A mail server wrote about a message of ours: " + filed.text();
      case OPT_OUT -> channel + " from " + filed.sender() + ", who wants no more of them";
      case OPT_IN -> channel + " from " + filed.sender() + ", who wants to hear of us again";
    };
  }

  @EventListener
  void on(InboundMessages.Read read) {
    Long payerId = read.payerId();
    if (payerId == null) {
      return;
    }
    // of one for which nobody was found, the timeline is told only now
    inbound.find(read.id()).ifPresent(m -> tell(payerId, m.id(), assigned(m)));
    // another answer that is being filed holds the lock until its own pause has begun
    balances.lock(List.of(payerId));
    if (inbound.unreadOf(payerId) == 0) {
      holds.endOfKind(payerId, null, KIND, read.actor());
    }
  }

  private static String assigned(Kept message) {
    return ChannelWords.of(Channel.of(message.channel()))
        + " from "
        + message.sender()
        + (message.subject() == null ? "" : ": " + message.subject());
  }

  private void tell(long payerId, long inboundId, String words) {
    timeline.tell(
        payerId,
        null,
        "message-received",
        Actor.system("outreach"),
        words,
        "inbound-" + inboundId,
        "/inbox/" + inboundId);
  }

  private LocalDate today(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow().calendar().dateOf(clock.instant());
  }
}
