package io.relance.worklist;

import io.relance.access.Users;
import io.relance.casework.AccountOwners;
import io.relance.ledger.Payer;
import org.springframework.stereotype.Component;

/** Tasks are given to owners who can log in; whoever the ledger names else could never do them. */
@Component
class LoginsOfOwners implements AccountOwners {

  private final Users users;

  LoginsOfOwners(Users users) {
    this.users = users;
  }

  @Override
  public String ownerOf(Payer payer) {
    String owner = payer.accountOwner();
    return owner != null && users.roleOf(owner).isPresent() ? owner : "";
  }
}
