package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.NoticeNotSent;
import io.relance.outreach.NoticeSent;
import io.relance.outreach.PersonalReminders;
import io.relance.outreach.PhoneCallEnded;
import io.relance.outreach.permission.OptOuts;
import io.relance.scoring.WarningSignals;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the timeline what became of messages, in the transaction that records it. A message that is
 * refused is a warning signal, too.
 */
@Component
class NoticeTimeline {

  private static final Map<String, String> LINES =
      Map.of(
          "no-answer", "nobody answered",
          "failed", "the call did not go through",
          "canceled", "the call was given up",
          "agent-away", "the agent's own telephone was not picked up",
          "unknown", "nobody knows what became of the call");

  private final Timeline timeline;
  private final WarningSignals signals;
  private final Payers payers;
  private final Creditors creditors;
  private final InstantSource clock;

  NoticeTimeline(
      Timeline timeline,
      WarningSignals signals,
      Payers payers,
      Creditors creditors,
      InstantSource clock) {
    this.timeline = timeline;
    this.signals = signals;
    this.payers = payers;
    this.creditors = creditors;
    this.clock = clock;
  }

  @EventListener
  void on(NoticeSent sent) {
    for (long invoiceId : sent.invoiceIds()) {
      timeline.tell(
          sent.payerId(),
          invoiceId,
          "notice-sent",
          Actor.system("outreach"),
          ChannelWords.of(sent.channel())
              + " ("
              + sent.tone().word()
              + ") to "
              + sent.recipient()
              + ": "
              + sent.subject(),
          "notice-" + sent.noticeId() + "-" + invoiceId,
          "/messages/" + sent.noticeId());
    }
  }

  /** What the line says; what was agreed comes with the task that the agent completes. */
  @EventListener
  void on(PhoneCallEnded ended) {
    timeline.tell(
        ended.payerId(),
        null,
        "phone-call",
        Actor.user(ended.login()),
        (ended.announced() ? "Announcement by telephone: " : "Telephone: ")
            + LINES.getOrDefault(ended.state(), ended.state())
            + (ended.seconds() == null ? "" : ", " + ended.seconds() + " seconds"),
        "phone-call-" + ended.callId(),
        null);
  }

  @EventListener
  void on(PersonalReminders.Wanted wanted) {
    for (long invoiceId : wanted.invoices()) {
      timeline.tell(
          wanted.payerId(),
          invoiceId,
          "message-wanted",
          wanted.actor(),
          "Asked for a message (" + wanted.tone().word() + ") by " + wanted.channel().word(),
          wanted.source() + "-" + invoiceId,
          null);
    }
  }

  @EventListener
  void on(OptOuts.Changed changed) {
    timeline.tell(
        changed.payerId(),
        null,
        "opt-out",
        changed.actor(),
        (changed.out() ? "Does not want to hear of us by " : "Wants to hear of us again by ")
            + changed.channel().word()
            + TaskAnswers.noted(changed.reason()),
        "opt-out-"
            + changed.payerId()
            + "-"
            + changed.channel().word()
            + "-"
            + clock.instant().toEpochMilli(),
        null);
  }

  @EventListener
  void on(NoticeNotSent notSent) {
    if (notSent.bounced()) {
      Payer payer = payers.findById(notSent.payerId()).orElseThrow();
      LocalDate today =
          creditors.findById(payer.creditorId()).orElseThrow().calendar().dateOf(clock.instant());
      signals.raise(payer.id(), "bounced", today, "A message was refused: " + notSent.reason());
    }
    for (long invoiceId : notSent.invoiceIds()) {
      timeline.tell(
          notSent.payerId(),
          invoiceId,
          "notice-not-sent",
          Actor.system("outreach"),
          "Not sent: " + notSent.reason(),
          notSent.event() + "-" + invoiceId,
          null);
    }
  }
}
