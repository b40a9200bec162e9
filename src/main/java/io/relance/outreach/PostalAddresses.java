package io.relance.outreach;

import io.relance.ledger.Payer;
import io.relance.ledger.PostalLines;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Reach;
import java.util.List;
import org.springframework.stereotype.Component;

/** Where letters go. */
@Component
class PostalAddresses implements Reach {

  /** As it is kept with each letter. */
  static final String CARRIER = "post";

  @Override
  public Channel channel() {
    return Channel.LETTER;
  }

  @Override
  public boolean reaches(Payer payer) {
    return !lines(payer).isEmpty();
  }

  /** The lines below the payer's name; empty if no address is known. */
  static List<String> lines(Payer payer) {
    return PostalLines.of(payer.postalAddress());
  }

  /** Name and address in one line. */
  static String recipient(Payer payer) {
    List<String> lines = lines(payer);
    return lines.isEmpty() ? payer.name() : payer.name() + ", " + String.join(", ", lines);
  }
}
