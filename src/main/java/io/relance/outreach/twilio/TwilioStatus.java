package io.relance.outreach.twilio;

import io.relance.outreach.Deliveries;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what Twilio tells of messages on their way. */
@Component
public class TwilioStatus {

  private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{2,64}");

  private final Deliveries deliveries;

  TwilioStatus(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** That a message is queued or sent says nothing new; that it arrived or failed does. */
  public void heard(Map<String, String> said) {
    String sid = said.getOrDefault("MessageSid", "");
    if (!SID.matcher(sid).matches()) {
      return;
    }
    switch (said.getOrDefault("MessageStatus", "")) {
      case "delivered", "read" -> deliveries.heard(sid, true, "");
      case "undelivered", "failed", "canceled" ->
          deliveries.heard(
              sid,
              false,
              "it did not arrive: "
                  + TwilioCodes.words(code(said.get("ErrorCode")), said.get("ErrorMessage")));
      default -> {}
    }
  }

  private static @Nullable Integer code(@Nullable String typed) {
    return typed != null && typed.matches("\\d{1,6}") ? Integer.valueOf(typed) : null;
  }
}
