package io.relance.casework.calls;

import io.relance.ledger.Balances;
import io.relance.outreach.NoticeRequests;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.OptOuts;
import io.relance.scoring.WarningSignals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Turns messages that must not be written into calls. */
@Component
class CallsInstead {

  private final NoticeRequests notices;
  private final CallRequests calls;
  private final CallFacts facts;
  private final OptOuts optOuts;
  private final WarningSignals signals;
  private final Balances balances;

  CallsInstead(
      NoticeRequests notices,
      CallRequests calls,
      CallFacts facts,
      OptOuts optOuts,
      WarningSignals signals,
      Balances balances) {
    this.notices = notices;
    this.calls = calls;
    this.facts = facts;
    this.optOuts = optOuts;
    this.signals = signals;
    this.balances = balances;
  }

  /**
   * Takes back what is to be written to this payer and asks for calls about the same invoices. Who
   * does not want calls either becomes a warning signal, which a person sees.
   *
   * @param byLetter what a letter is to say, instead of the rest
   */
  @Transactional
  void callInstead(long payerId, boolean byLetter, long elementInstanceKey) {
    balances.lock(List.of(payerId));
    boolean callable = !optOuts.has(payerId, Channel.CALL);
    Map<Long, Instant> invoices =
        notices.takeBack(
            payerId,
            byLetter,
            callable ? "a call instead of a message" : "the payer wants no message");
    if (callable) {
      invoices.forEach(
          (id, since) -> calls.request(payerId, id, false, elementInstanceKey + "-" + id, since));
    } else if (!invoices.isEmpty()) {
      signals.raise(
          payerId, "unreachable", facts.today(payerId), "They want neither messages nor calls");
    }
  }
}
