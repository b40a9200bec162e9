package io.relance.worklist;

import io.relance.access.Users;
import io.relance.casework.AccountOwners;
import io.relance.ledger.Payer;
import org.springframework.stereotype.Component;

/**
 * Tasks are given to owners who can log in, or to who stands in while they are away; whoever the
 * ledger names else could never do them.
 */
@Component
class LoginsOfOwners implements AccountOwners {

  private final Users users;
  private final Absences absences;

  LoginsOfOwners(Users users, Absences absences) {
    this.users = users;
    this.absences = absences;
  }

  @Override
  public String ownerOf(Payer payer) {
    String owner = payer.accountOwner();
    return owner != null && users.roleOf(owner).isPresent()
        ? absences.standIns().of(owner).orElse("")
        : "";
  }
}
