package io.relance.outreach.templates;

import io.relance.outreach.permission.Channel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the words of one kind of message.
 *
 * @param language ISO 639-1
 * @param tone as models write it, such as {@code firm}
 * @param channel a written one
 */
public record TemplateKey(String language, String tone, Channel channel) {

  /** What Relance writes in; payers of another language are written to in the first. */
  public static final List<String> LANGUAGES = List.of("en", "fr", "de", "es", "nl");

  /** In the order of an invoice's life. */
  public static final List<String> TONES =
      List.of(
          "courtesy",
          "statement",
          "firm-statement",
          "courteous",
          "firm",
          "final",
          "plan",
          "thanks",
          "formal");

  public static final List<Channel> CHANNELS =
      List.of(Channel.EMAIL, Channel.SMS, Channel.WHATSAPP, Channel.LETTER);

  /**
   * @throws IllegalArgumentException for a language, tone or channel that there is not
   */
  public TemplateKey {
    require("language", language, LANGUAGES);
    require("tone", tone, TONES);
    require("channel", channel.word(), CHANNELS.stream().map(Channel::word).toList());
    if (tone.equals("formal") && channel != Channel.LETTER) {
      throw new IllegalArgumentException(
          "channel is '" + channel.word() + "': a formal notice goes by letter");
    }
  }

  /** What somebody of this language is written to in. */
  public static String languageFor(@Nullable String language) {
    return language != null && LANGUAGES.contains(language) ? language : LANGUAGES.getFirst();
  }

  private static void require(String what, String word, List<String> known) {
    if (!known.contains(word)) {
      throw new IllegalArgumentException(
          what + " is '" + word + "'; there are " + String.join(", ", known));
    }
  }

  /** Whether it is a line of text without subject or layout. */
  boolean isShort() {
    return channel == Channel.SMS || channel == Channel.WHATSAPP;
  }

  /** Whose words are used where this has none of its own: a letter says what a mail says. */
  Optional<TemplateKey> otherwise() {
    return switch (channel) {
      case LETTER ->
          tone.equals("formal")
              ? Optional.empty()
              : Optional.of(new TemplateKey(language, tone, Channel.EMAIL));
      case WHATSAPP -> Optional.of(new TemplateKey(language, tone, Channel.SMS));
      default -> Optional.empty();
    };
  }

  /** Where it is changed. */
  public String path() {
    return "/templates/" + this;
  }

  @Override
  public String toString() {
    return language + "/" + tone + "/" + channel.word();
  }
}
