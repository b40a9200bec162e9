package io.relance.outreach.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.platform.StartFailure;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What is half set keeps the application from starting, and the property is named. */
class TwilioSettingsTest {

  private static final URI PUBLIC = URI.create("https://relance.example");
  private static final String SECRET = "6d1e0f";

  private final Map<String, String> given = new HashMap<>();

  @Test
  void nothingSetIsFine() {
    given.put("relance.twilio.account-sid", ""); // as an empty variable of the environment
    assertThatCode(() -> settings().check(null)).doesNotThrowAnyException();
    assertThat(settings().isSet()).isFalse();
  }

  @Test
  void theMissingPropertyIsNamed() {
    refused("sms-from", "+33612345678", "relance.twilio.account-sid is missing");
    refused("account-sid", "AC1", "relance.twilio.auth-token is missing");
    given.remove("relance.twilio.sms-from");
    refused("auth-token", SECRET, "relance.twilio.sms-from is missing");
    refused("voice-from", "+33612345678", "relance.public-url is not");
    given.remove("relance.twilio.voice-from");
    refused("sms-from", "06 12 34 56 78", "relance.twilio.sms-from is '06 12 34 56 78'");
    given.put("relance.twilio.sms-from", "+33612345678");
    refused("api-secret", SECRET, "relance.twilio.api-key is missing");
    given.put("relance.twilio.api-key", "SK1");
    assertThatCode(() -> settings().check(PUBLIC)).doesNotThrowAnyException();
    assertThat(settings().toString()).doesNotContain(SECRET);
  }

  @Test
  void aTemplateIsFoundByLanguageAndTone() {
    given.put("relance.twilio.whatsapp-templates.fr.firm", "HX1");
    given.put("relance.twilio.whatsapp-templates.fr.any", "HX2");
    assertThat(settings().template("fr", "firm")).isEqualTo("HX1");
    assertThat(settings().template("fr", "final")).isEqualTo("HX2");
    assertThat(settings().template("de", "firm")).isNull();
  }

  private void refused(String name, String value, String words) {
    given.put("relance.twilio." + name, value);
    assertThatThrownBy(() -> settings().check(null))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(words);
  }

  private TwilioSettings settings() {
    return new Binder(new MapConfigurationPropertySource(given))
        .bindOrCreate("relance.twilio", TwilioSettings.class);
  }
}
