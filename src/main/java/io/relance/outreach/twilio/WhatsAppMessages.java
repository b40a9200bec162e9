package io.relance.outreach.twilio;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.relance.kernel.AdjustableClock;
import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.Carrier;
import io.relance.outreach.Deliveries;
import io.relance.outreach.InboundMessages;
import io.relance.outreach.MobileNumbers;
import io.relance.outreach.NoticeStore;
import io.relance.outreach.Tone;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.templates.TemplateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes WhatsApp messages to payers. Within a day after a payer wrote they may be answered in any
 * words; otherwise WhatsApp takes approved templates only. A payer is reached by it only if one of
 * both holds, so that another channel is chosen for them in time.
 */
final class WhatsAppMessages implements Carrier {

  private static final String PREFIX = "whatsapp:";

  /** A little less than the day, so that a message arrives within it. */
  private static final Duration OPEN = Duration.ofHours(24).minusMinutes(10);

  private static final JsonMapper JSON = new JsonMapper();

  private final TwilioAccount account;
  private final TwilioMessages messages;
  private final Recollection recollection;
  private final InboundMessages inbound;
  private final AdjustableClock clock;

  WhatsAppMessages(
      TwilioAccount account,
      Deliveries deliveries,
      InboundMessages inbound,
      AdjustableClock clock) {
    this.account = account;
    this.messages = new TwilioMessages(account);
    this.recollection = new Recollection(account, messages, deliveries, clock);
    this.inbound = inbound;
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public String word() {
    return "twilio";
  }

  @Override
  public @Nullable String addressOf(Payer payer) {
    String number = MobileNumbers.of(payer);
    return number != null && (hasTemplates(payer) || isOpen(payer.id())) ? number : null;
  }

  /** Whether there is a template for whatever may have to be said to this payer. */
  private boolean hasTemplates(Payer payer) {
    // what they are written to in, see TemplateKey
    String language = TemplateKey.languageFor(payer.language());
    return Arrays.stream(Tone.values())
        .filter(tone -> tone != Tone.FORMAL)
        .allMatch(tone -> account.settings().template(language, tone.word()) != null);
  }

  private boolean isOpen(long payerId) {
    return inbound.wroteSince(payerId, Channel.WHATSAPP, clock.instant().minus(OPEN));
  }

  @Override
  public @Nullable String send(
      Creditor creditor, NoticeStore.Kept notice, Instant now, Runnable beforeContact) {
    boolean open = isOpen(notice.payerId());
    String template = account.settings().template(notice.language(), notice.tone().word());
    if (!open && template == null) {
      throw new Refused(
          "WhatsApp takes approved templates only, and relance.twilio.whatsapp-templates has none for "
              + notice.language()
              + "."
              + notice.tone().word(),
          new IllegalStateException("no template"));
    }
    MessageCreator message =
        Message.creator(new PhoneNumber(PREFIX + notice.recipient()), from(), notice.text());
    if (!open && template != null) {
      message =
          Message.creator(new PhoneNumber(PREFIX + notice.recipient()), from(), (String) null)
              .setContentSid(template)
              .setContentVariables(JSON.writeValueAsString(Map.of("1", notice.text())));
    }
    return messages.send(message, beforeContact);
  }

  private PhoneNumber from() {
    return new PhoneNumber(PREFIX + account.settings().whatsappFrom());
  }

  @Override
  public Optional<Taken> wasTaken(NoticeStore.Kept notice, Instant now) {
    return recollection.of(notice, PREFIX + notice.recipient(), null);
  }
}
