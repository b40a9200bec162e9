package io.relance.outreach;

import io.relance.ledger.Payer;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Reach;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    return lines(payer.postalAddress());
  }

  /** An address of lines one below the other, or of one line with commas. */
  static List<String> lines(@Nullable String address) {
    return address == null
        ? List.of()
        : Arrays.stream(address.split(",|\n"))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
  }

  /** Name and address in one line. */
  static String recipient(Payer payer) {
    List<String> lines = lines(payer);
    return lines.isEmpty() ? payer.name() : payer.name() + ", " + String.join(", ", lines);
  }
}
