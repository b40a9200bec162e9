package io.relance.outreach.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Say;
import io.relance.outreach.PhoneCallEnded;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells Twilio what to do in a call, and takes down how it ended. */
@Component
public class PhoneCallHooks {

  private static final Map<String, Say.Language> LANGUAGES =
      Map.of(
          "en", Say.Language.EN_GB,
          "fr", Say.Language.FR_FR,
          "de", Say.Language.DE_DE,
          "es", Say.Language.ES_ES,
          "nl", Say.Language.NL_NL);

  private static final Map<String, String> ENDS =
      Map.of(
          "completed", "answered",
          "busy", "busy",
          "no-answer", "no-answer",
          "failed", "failed",
          "canceled", "canceled");

  private final TwilioAccount account;
  private final PhoneCallStore store;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  PhoneCallHooks(
      TwilioAccount account,
      PhoneCallStore store,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.account = account;
    this.store = store;
    this.events = events;
    this.clock = clock;
  }

  /** What Twilio is to do once the first telephone is picked up; it hangs up on what has ended. */
  public String whatToDo(long id) {
    PhoneCallStore.Kept call = store.find(id).orElse(null);
    VoiceResponse.Builder response = new VoiceResponse.Builder();
    if (call == null || call.endedAt() != null) {
      return response.hangup(new Hangup.Builder().build()).build().toXml();
    }
    if (call.announced()) {
      return response
          .say(
              new Say.Builder(call.words())
                  .language(LANGUAGES.getOrDefault(call.language(), Say.Language.EN_GB))
                  .build())
          .build()
          .toXml();
    }
    return response
        .dial(
            new Dial.Builder()
                .callerId(account.settings().voiceFrom())
                .timeout(PhoneCalls.RING_SECONDS)
                .timeLimit(Math.toIntExact(account.settings().callMax().toSeconds()))
                .answerOnBridge(true)
                .number(
                    new Number.Builder(call.payerNumber())
                        .statusCallback(account.url("/hooks/twilio/voice/" + id + "/payer"))
                        .statusCallbackMethod(HttpMethod.POST)
                        .statusCallbackEvents(Number.Event.COMPLETED)
                        .build())
                .build())
        .build()
        .toXml();
  }

  /** What became of the payer's end of the line: the outcome. */
  @Transactional
  public void payerSaid(long id, Map<String, String> said) {
    String state = ENDS.get(said.getOrDefault("CallStatus", ""));
    if (state != null) {
      ended(
          id,
          state,
          state.equals("answered") ? seconds(said.get("CallDuration")) : null,
          said.get("ErrorMessage"));
    }
  }

  /** What became of the agent's: it counts only where the payer was never called. */
  @Transactional
  public void agentSaid(long id, Map<String, String> said) {
    String state = ENDS.get(said.getOrDefault("CallStatus", ""));
    if (state != null && !state.equals("answered")) {
      ended(id, "agent-away", null, said.get("ErrorMessage"));
    }
  }

  /** It is over; the first word of that stays. */
  @Transactional
  public void ended(long id, String state, @Nullable Integer seconds, @Nullable String error) {
    PhoneCallStore.Kept call = store.find(id).orElse(null);
    if (call == null || !store.end(id, state, seconds, error, clock.instant())) {
      return;
    }
    events.publishEvent(
        new PhoneCallEnded(id, call.payerId(), call.announced(), state, seconds, call.login()));
  }

  private static @Nullable Integer seconds(@Nullable String typed) {
    return typed != null && typed.matches("\\d{1,6}") ? Integer.valueOf(typed) : null;
  }
}
