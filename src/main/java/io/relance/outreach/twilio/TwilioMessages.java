package io.relance.outreach.twilio;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.relance.outreach.Carrier;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Hands messages to Twilio, reads from a failure what became of one, and asks for it. */
final class TwilioMessages {

  /** Payers get a message a day at the most; Twilio lists the newest first. */
  private static final int LISTED_MAX = 100;

  /** How much Twilio's clock and ours may differ. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private static final int TOO_MANY_REQUESTS = 429;

  private final TwilioAccount account;

  TwilioMessages(TwilioAccount account) {
    this.account = account;
  }

  /**
   * @return the message's SID
   * @throws Carrier.Refused if Twilio or the number refuses it for good
   * @throws Carrier.Away if it surely did not leave
   * @throws Carrier.Doubtful if it may have been taken
   */
  String send(MessageCreator message, Runnable beforeContact) {
    String callback = account.url("/hooks/twilio/status");
    if (callback != null) {
      message.setStatusCallback(callback);
    }
    beforeContact.run();
    try {
      String sid = message.create(account.client()).getSid();
      if (sid == null) {
        throw new Carrier.Doubtful("Twilio's answer names no message");
      }
      return sid;
    } catch (TwilioHttp.NotReached unreachable) {
      throw new Carrier.Away(String.valueOf(unreachable.getMessage()), unreachable);
    } catch (TwilioHttp.AnswerLost | ApiConnectionException lost) {
      throw new Carrier.Doubtful(
          "the message may have been taken; Twilio is asked: " + lost.getMessage());
    } catch (ApiException said) {
      throw read(said);
    }
  }

  private static RuntimeException read(ApiException said) {
    int status = said.getStatusCode() == null ? 0 : said.getStatusCode();
    int code = said.getCode() == null ? 0 : said.getCode();
    if (status < 400 || status >= 500) {
      return new Carrier.Doubtful(
          "the message may have been taken; Twilio is asked: it answered " + status);
    }
    String words = TwilioCodes.words(code, said.getMessage());
    if (TwilioCodes.isOptOut(code)) {
      return new Carrier.OptedOut(words, said);
    }
    if (status == 401
        || status == 403
        || status == 404
        || status == TOO_MANY_REQUESTS
        || TwilioCodes.isOurs(code)) {
      return new Carrier.Away("Twilio takes no messages from us now: " + words, said);
    }
    return new Carrier.Refused("Twilio refuses it: " + words, said);
  }

  /**
   * Looks for a message that was handed over at that moment, or since. It is not looked for by the
   * day of sending: a message that waits at Twilio has none yet.
   *
   * @param from who it comes from; null if a messaging service chooses that
   * @param isKnown whether a SID is that of another message of ours
   * @return its SID; null if it is not there
   * @throws Carrier.Away if Twilio cannot be asked now
   */
  @Nullable String find(
      String to,
      @Nullable String from,
      String text,
      @Nullable Instant since,
      Predicate<String> isKnown) {
    Instant earliest = since == null ? Instant.EPOCH : since.minus(CLOCKS_DIFFER);
    var listed = Message.reader().setTo(new PhoneNumber(to)).setPageSize((long) LISTED_MAX);
    if (from != null) {
      listed.setFrom(new PhoneNumber(from));
    }
    listed.limit(LISTED_MAX);
    try {
      return StreamSupport.stream(listed.read(account.client()).spliterator(), false)
          .filter(m -> m.getDirection() != Message.Direction.INBOUND)
          .filter(
              m -> m.getDateCreated() == null || !m.getDateCreated().toInstant().isBefore(earliest))
          .filter(m -> isOurs(m, text))
          .map(Message::getSid)
          .filter(isKnown.negate())
          .findFirst()
          .orElse(null);
    } catch (TwilioHttp.NotReached
        | TwilioHttp.AnswerLost
        | ApiConnectionException
        | ApiException silent) {
      throw new Carrier.Away(
          "Twilio cannot be asked whether it has a message: " + silent.getMessage(), silent);
    }
  }

  /** A trial account's own words stand before ours, a template's around them. */
  private static boolean isOurs(Message message, String text) {
    return message.getBody() != null && message.getBody().contains(text.strip());
  }
}
