package io.relance.outreach.mailbox;

import io.relance.outreach.SentMessages.Sent;
import java.util.List;
import java.util.Optional;

/** Whom a mail may be from, and which mail of ours it may be about. */
interface KnownMessages {

  /** The first of these Message-IDs that is ours. */
  Optional<Sent> named(List<String> messageIds);

  /** The mail of ours with this token. */
  Optional<Sent> ofToken(String token);

  /** The payer with this address; empty if there is none, or more than one. */
  Optional<Long> payerAt(String address);
}
