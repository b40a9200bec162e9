package io.relance.outreach.permission;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What contact-permission.dmn says.
 *
 * @param decision {@code send}, {@code wait}, {@code other} or {@code none}
 * @param channel by which: another one than was asked for if the decision is {@code other}
 * @param at the moment to send, or to ask again; null for {@code other} and {@code none}
 * @param reason in words
 */
public record Permission(
    String decision, @Nullable String channel, @Nullable Instant at, String reason) {

  public boolean allows() {
    return decision.equals("send");
  }

  /** The written channel that is to be used in place of the one asked for; null if none is. */
  public @Nullable Channel otherWritten() {
    if (!decision.equals("other") || channel == null) {
      return null;
    }
    Channel other = Channel.of(channel);
    return other.isWritten() ? other : null;
  }

  /** Whether it may be sent by this channel, now or later. */
  public boolean byThisChannel() {
    return allows() || decision.equals("wait");
  }
}
