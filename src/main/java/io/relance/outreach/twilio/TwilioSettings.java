package io.relance.outreach.twilio;

import io.relance.platform.StartFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code relance.twilio.*}. Nothing of it is set by default, and then nothing goes by Twilio.
 *
 * @param accountSid of the account, {@code AC…}
 * @param authToken of the account: its callbacks are signed with it
 * @param apiKey used in place of the token for what we ask of Twilio, with its secret
 * @param smsFrom number that text messages come from, such as {@code +33600000000}
 * @param messagingServiceSid a messaging service that chooses the number instead, {@code MG…}
 * @param whatsappFrom number of the approved WhatsApp sender
 * @param voiceFrom number that payers see when they are called
 * @param whatsappTemplates content SIDs of approved templates whose {@code {{1}}} is our text, by
 *     language and tone; the tone {@code any} is for all that are not named
 * @param announcements countries, such as {@code FR}, where a text may be read out by telephone
 * @param apiUrl where Twilio's API is
 * @param timeout how long an answer is waited for
 * @param certainAfter how long after a message was handed over Twilio's list of messages surely
 *     shows it, if it was taken
 * @param askAfter how long after a message left Twilio is asked what became of it, if it has not
 *     told
 * @param callMax after how long a call that was put through is ended
 */
@ConfigurationProperties("relance.twilio")
public record TwilioSettings(
    @Nullable String accountSid,
    @Nullable String authToken,
    @Nullable String apiKey,
    @Nullable String apiSecret,
    @Nullable String smsFrom,
    @Nullable String messagingServiceSid,
    @Nullable String whatsappFrom,
    @Nullable String voiceFrom,
    @DefaultValue Map<String, Map<String, String>> whatsappTemplates,
    @DefaultValue Set<String> announcements,
    @DefaultValue("https://api.twilio.com") URI apiUrl,
    @DefaultValue("15s") Duration timeout,
    @DefaultValue("60s") Duration certainAfter,
    @DefaultValue("10m") Duration askAfter,
    @DefaultValue("30m") Duration callMax) {

  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
  private static final String PREFIX = "relance.twilio.";

  public TwilioSettings {
    accountSid = orNull(accountSid);
    authToken = orNull(authToken);
    apiKey = orNull(apiKey);
    apiSecret = orNull(apiSecret);
    smsFrom = orNull(smsFrom);
    messagingServiceSid = orNull(messagingServiceSid);
    whatsappFrom = orNull(whatsappFrom);
    voiceFrom = orNull(voiceFrom);
  }

  /** A variable of the environment that is empty says nothing. */
  private static @Nullable String orNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Whether Twilio is to be used at all. */
  public boolean isSet() {
    return accountSid != null;
  }

  public boolean sendsTexts() {
    return smsFrom != null || messagingServiceSid != null;
  }

  /** The template for a text in this language and tone; null if there is none. */
  @Nullable String template(String language, String tone) {
    Map<String, String> ofLanguage = whatsappTemplates.getOrDefault(language, Map.of());
    return ofLanguage.getOrDefault(tone, ofLanguage.get("any"));
  }

  /**
   * @param publicUrl where Twilio reaches us; null if that is not known
   * @throws StartFailure if something is missing or is not what it should be, naming the property
   */
  void check(@Nullable URI publicUrl) {
    boolean any =
        Stream.of(
                accountSid,
                authToken,
                apiKey,
                apiSecret,
                smsFrom,
                messagingServiceSid,
                whatsappFrom,
                voiceFrom)
            .anyMatch(value -> value != null);
    if (!any) {
      return;
    }
    require(accountSid, "account-sid", "It is on the first page of Twilio's console, AC….");
    require(
        authToken,
        "auth-token",
        "It is on the first page of Twilio's console; with an API key it is needed as well, since callbacks are signed with it.");
    if (apiKey != null || apiSecret != null) {
      require(apiKey, "api-key", "An API key has a SID, SK…, and a secret.");
      require(apiSecret, "api-secret", "An API key has a SID, SK…, and a secret.");
    }
    if (!sendsTexts() && whatsappFrom == null && voiceFrom == null) {
      throw missing(
          "sms-from",
          "Say which of the account's numbers to use: sms-from or messaging-service-sid, whatsapp-from, voice-from.");
    }
    requireNumber(smsFrom, "sms-from");
    requireNumber(whatsappFrom, "whatsapp-from");
    requireNumber(voiceFrom, "voice-from");
    if (voiceFrom != null && publicUrl == null) {
      throw new StartFailure(
          PREFIX
              + "voice-from is set and relance.public-url is not: Twilio asks us during a call what to do.",
          "Set relance.public-url to the address, such as https://relance.example.com, where Twilio reaches /hooks.");
    }
  }

  private static void require(@Nullable String value, String name, String remedy) {
    if (value == null) {
      throw missing(name, remedy);
    }
  }

  private static StartFailure missing(String name, String remedy) {
    return new StartFailure(
        PREFIX + name + " is missing, while other properties of relance.twilio are set.",
        remedy + " Or leave all of relance.twilio out.");
  }

  private static void requireNumber(@Nullable String value, String name) {
    if (value != null && !E164.matcher(value).matches()) {
      throw new StartFailure(
          PREFIX + name + " is '" + value + "', which is no number in the form +33612345678.",
          "Write it with + and the country's code, without blanks.");
    }
  }

  /** Without the secrets: settings come into logs. */
  @Override
  public String toString() {
    return "TwilioSettings[" + accountSid + ", sms " + smsFrom + ", whatsapp " + whatsappFrom + "]";
  }
}
