package io.relance.outreach.permission;

import java.util.Locale;

/** A way to reach a payer. */
public enum Channel {
  EMAIL,
  WHATSAPP,
  SMS,
  CALL,
  LETTER;

  /** As models, tables and the API write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a program sends it by itself: neither a person's call nor a letter to be posted. */
  public boolean isMessage() {
    return this != CALL && this != LETTER;
  }

  /** Whether the payer reads it. */
  public boolean isWritten() {
    return this != CALL;
  }

  /** Whether it is used only for who said that they want it. */
  public boolean needsConsent() {
    return this == WHATSAPP;
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
