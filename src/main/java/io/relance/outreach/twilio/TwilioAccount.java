package io.relance.outreach.twilio;

import com.twilio.http.TwilioRestClient;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The account at Twilio, if there is one, and where it reaches us. */
public final class TwilioAccount {

  private final TwilioSettings settings;
  private final @Nullable URI publicUrl;
  private final @Nullable TwilioRestClient client;

  TwilioAccount(TwilioSettings settings, @Nullable URI publicUrl) {
    settings.check(publicUrl);
    this.settings = settings;
    this.publicUrl = publicUrl;
    this.client = settings.isSet() ? client(settings) : null;
  }

  private static TwilioRestClient client(TwilioSettings settings) {
    boolean byKey = settings.apiKey() != null;
    return new TwilioRestClient.Builder(
            Objects.requireNonNull(byKey ? settings.apiKey() : settings.accountSid()),
            Objects.requireNonNull(byKey ? settings.apiSecret() : settings.authToken()))
        .accountSid(Objects.requireNonNull(settings.accountSid()))
        .httpClient(new TwilioHttp(settings.apiUrl(), settings.timeout()))
        .build();
  }

  public boolean isSet() {
    return client != null;
  }

  /** Whether telephone calls can be put through. */
  public boolean calls() {
    return isSet() && settings.voiceFrom() != null;
  }

  TwilioSettings settings() {
    return settings;
  }

  TwilioRestClient client() {
    return Objects.requireNonNull(client, "Twilio is not set up");
  }

  /** Where Twilio finds a path of ours; null if it cannot reach us. */
  @Nullable String url(String path) {
    return publicUrl == null ? null : publicUrl.toString().replaceAll("/+$", "") + path;
  }
}
