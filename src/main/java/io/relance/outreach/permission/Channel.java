package io.relance.outreach.permission;

import java.util.Locale;

/** A way to reach a payer. */
public enum Channel {
  EMAIL,
  SMS,
  WHATSAPP,
  CALL,
  LETTER;

  /** As models, tables and the API write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other word
   */
  public static Channel of(String word) {
    for (Channel channel : values()) {
      if (channel.word().equals(word)) {
        return channel;
      }
    }
    throw new IllegalArgumentException(
        "There is no channel '" + word + "'; there are email, sms, whatsapp, call and letter");
  }
}
