package io.relance.outreach.permission;

import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** By which channels a payer has an address, and which of them they want. */
@Component
public class Reachability {

  private final List<Reach> reaches;
  private final Payers payers;
  private final OptOuts optOuts;
  private final OptIns optIns;

  Reachability(List<Reach> reaches, Payers payers, OptOuts optOuts, OptIns optIns) {
    this.reaches = reaches;
    this.payers = payers;
    this.optOuts = optOuts;
    this.optIns = optIns;
  }

  /**
   * Channels with an address, in the order of {@link Channel}. A call needs no number that is
   * known: a person finds one.
   */
  public List<Channel> of(Payer payer) {
    Set<Channel> addressed =
        reaches.stream()
            .filter(r -> r.reaches(payer))
            .map(Reach::channel)
            .filter(c -> !c.needsConsent() || optIns.has(payer.id(), c))
            .collect(Collectors.toSet());
    return Arrays.stream(Channel.values())
        .filter(c -> c == Channel.CALL || addressed.contains(c))
        .toList();
  }

  /** Those of them that the payer did not opt out of. */
  public List<Channel> wanted(long payerId) {
    Payer payer = payers.findById(payerId).orElseThrow();
    List<Channel> out = optOuts.of(payerId).stream().map(OptOuts.OptOut::channel).toList();
    return of(payer).stream().filter(c -> !out.contains(c)).toList();
  }
}
