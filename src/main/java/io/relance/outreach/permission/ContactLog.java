package io.relance.outreach.permission;

import java.time.LocalDate;
import java.util.List;

/** Knows of contacts with payers: each way to make one tells its own. */
public interface ContactLog {

  /** Contacts with the payer on that day and after it. */
  List<Contact.Made> since(long payerId, LocalDate day);
}
