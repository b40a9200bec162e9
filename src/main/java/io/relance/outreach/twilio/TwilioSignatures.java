package io.relance.outreach.twilio;

import com.twilio.security.RequestValidator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells what Twilio asks of us from what others pretend: each of its requests is signed, over the
 * address that we gave it and all that it says.
 */
@Component
public class TwilioSignatures {

  private static final Logger log = LoggerFactory.getLogger(TwilioSignatures.class);

  private final TwilioAccount account;
  private final Counter refused;
  private final AtomicBoolean told = new AtomicBoolean();

  TwilioSignatures(TwilioAccount account, MeterRegistry meters) {
    this.account = account;
    this.refused =
        Counter.builder("relance.twilio.refused")
            .description("Requests to /hooks/twilio that Twilio did not sign")
            .register(meters);
  }

  /** Whether anything is expected from Twilio. */
  public boolean isExpected() {
    return account.isSet();
  }

  /**
   * @param path of ours that was asked for, such as {@code /hooks/twilio/status}
   * @param said the form that was sent
   * @param signature the header {@code X-Twilio-Signature}
   */
  public boolean isSigned(String path, Map<String, String> said, @Nullable String signature) {
    String url = account.url(path);
    boolean signed =
        signature != null
            && url != null
            && new RequestValidator(Objects.requireNonNull(account.settings().authToken()))
                .validate(url, said, signature);
    if (!signed) {
      refused.increment();
      if (told.compareAndSet(false, true)) {
        log.warn(
            "A request to {} was refused, which Twilio did not sign for {}: either it is not Twilio's, or relance.public-url or relance.twilio.auth-token is not right. Further ones are only counted.",
            path,
            url);
      }
    }
    return signed;
  }
}
