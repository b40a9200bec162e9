package io.relance.outreach.twilio;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.relance.kernel.AdjustableClock;
import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.Carrier;
import io.relance.outreach.Deliveries;
import io.relance.outreach.MobileNumbers;
import io.relance.outreach.NoticeStore;
import io.relance.outreach.permission.Channel;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes text messages to payers. */
final class TextMessages implements Carrier {

  private final TwilioAccount account;
  private final Recollection recollection;
  private final TwilioMessages messages;

  TextMessages(TwilioAccount account, Deliveries deliveries, AdjustableClock clock) {
    this.account = account;
    this.messages = new TwilioMessages(account);
    this.recollection = new Recollection(account, messages, deliveries, clock);
  }

  @Override
  public Channel channel() {
    return Channel.SMS;
  }

  @Override
  public String word() {
    return "twilio";
  }

  @Override
  public @Nullable String addressOf(Payer payer) {
    return MobileNumbers.of(payer);
  }

  @Override
  public @Nullable String send(
      Creditor creditor, NoticeStore.Kept notice, Instant now, Runnable beforeContact) {
    PhoneNumber to = new PhoneNumber(notice.recipient());
    String service = account.settings().messagingServiceSid();
    MessageCreator message =
        service != null
            ? Message.creator(to, service, notice.text())
            : Message.creator(
                to,
                new PhoneNumber(Objects.requireNonNull(account.settings().smsFrom())),
                notice.text());
    return messages.send(message, beforeContact);
  }

  @Override
  public Optional<Taken> wasTaken(NoticeStore.Kept notice, Instant now) {
    // whoever sent it: the sender may have been changed since
    return recollection.of(notice, notice.recipient(), null);
  }
}
