package io.relance.outreach.mailbox;

import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.SentMessages;
import io.relance.outreach.SentMessages.Sent;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** As the database knows them. */
@Component
class StoredMessages implements KnownMessages {

  private final SentMessages sent;
  private final Payers payers;

  StoredMessages(SentMessages sent, Payers payers) {
    this.sent = sent;
    this.payers = payers;
  }

  @Override
  public Optional<Sent> named(List<String> messageIds) {
    return messageIds.stream().map(sent::named).flatMap(Optional::stream).findFirst();
  }

  @Override
  public Optional<Sent> ofToken(String token) {
    return sent.ofToken(token);
  }

  @Override
  public Optional<Long> payerAt(String address) {
    List<Payer> found = payers.findByEmail(address, PageRequest.of(0, 2));
    return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
  }
}
