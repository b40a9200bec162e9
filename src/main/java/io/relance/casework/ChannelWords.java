package io.relance.casework;

import io.relance.outreach.permission.Channel;

/** How the timeline names a message by its channel. */
final class ChannelWords {

  private ChannelWords() {}

  static String of(Channel channel) {
    return switch (channel) {
      case EMAIL -> "E-mail";
      case SMS -> "Text message";
      case WHATSAPP -> "WhatsApp message";
      case LETTER -> "Letter";
      case CALL -> "Call";
    };
  }
}
