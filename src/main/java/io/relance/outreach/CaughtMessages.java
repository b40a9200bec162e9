package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Channel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a provider that is not set up: messages are kept and shown as they would go, and
 * nothing leaves. Only for the channels of {@code relance.outreach.caught}; another one without a
 * provider is not used at all, so that nobody counts as told who was not.
 */
public record CaughtMessages(Channel channel, boolean on) implements Carrier {

  @Override
  public String word() {
    return "catch";
  }

  @Override
  public @Nullable String addressOf(Payer payer) {
    return on ? MobileNumbers.of(payer) : null;
  }

  @Override
  public @Nullable String send(
      Creditor creditor, NoticeStore.Kept notice, Instant now, Runnable beforeContact) {
    beforeContact.run(); // the notice itself is what is kept
    return null;
  }

  @Override
  public Optional<Taken> wasTaken(NoticeStore.Kept notice, Instant now) {
    return Optional.of(Taken.no());
  }
}
