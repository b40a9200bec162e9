package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.outreach.NoticeNotSent;
import io.relance.outreach.NoticeSent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the timeline what became of messages, in the transaction that records it. */
@Component
class NoticeTimeline {

  private final Timeline timeline;

  NoticeTimeline(Timeline timeline) {
    this.timeline = timeline;
  }

  @EventListener
  void on(NoticeSent sent) {
    for (long invoiceId : sent.invoiceIds()) {
      timeline.tell(
          sent.payerId(),
          invoiceId,
          "notice-sent",
          Actor.system("outreach"),
          "E-mail (" + sent.tone().word() + ") to " + sent.recipient() + ": " + sent.subject(),
          "notice-" + sent.noticeId() + "-" + invoiceId,
          "/messages/" + sent.noticeId());
    }
  }

  @EventListener
  void on(NoticeNotSent notSent) {
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
