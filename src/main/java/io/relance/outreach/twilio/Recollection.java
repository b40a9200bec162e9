package io.relance.outreach.twilio;

import io.relance.kernel.AdjustableClock;
import io.relance.outreach.Carrier;
import io.relance.outreach.Deliveries;
import io.relance.outreach.NoticeStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks Twilio for a message whose answer was lost. A message that was taken is on Twilio's list a
 * moment later, so that it is certain only after a while that one which is missing there was not.
 */
final class Recollection {

  private final TwilioAccount account;
  private final TwilioMessages messages;
  private final Deliveries deliveries;
  private final AdjustableClock clock;

  Recollection(
      TwilioAccount account,
      TwilioMessages messages,
      Deliveries deliveries,
      AdjustableClock clock) {
    this.account = account;
    this.messages = messages;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * @throws Carrier.Away if Twilio cannot be asked now
   * @throws Carrier.Doubtful if it is too early to say no
   */
  Optional<Carrier.Taken> of(NoticeStore.Kept notice, String to, @Nullable String from) {
    Instant sending = notice.sendingAt();
    String sid =
        messages.find(
            to, from, notice.text(), sending, known -> deliveries.ofProvider(known).isPresent());
    if (sid != null) {
      return Optional.of(Carrier.Taken.yes(sid));
    }
    if (sending != null
        && clock.systemInstant().isBefore(sending.plus(account.settings().certainAfter()))) {
      throw new Carrier.Doubtful(
          "Twilio does not list the message of notice " + notice.id() + ", and it is too early");
    }
    return Optional.of(Carrier.Taken.no());
  }
}
