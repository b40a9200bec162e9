package io.relance.outreach;

import io.relance.ledger.Payer;
import io.relance.outreach.permission.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who carries the messages of each channel. */
@Component
class Carriers {

  private final List<Carrier> carriers;

  Carriers(List<Carrier> carriers) {
    this.carriers = carriers;
  }

  /**
   * @throws IllegalStateException for a channel by which no program sends
   */
  Carrier of(Channel channel) {
    return carriers.stream()
        .filter(c -> c.channel() == channel)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Nobody carries " + channel.word()));
  }

  @Nullable String addressOf(Payer payer, Channel channel) {
    return of(channel).addressOf(payer);
  }
}
