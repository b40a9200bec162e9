package io.relance.outreach;

import java.time.LocalDate;
import java.util.Optional;

/** Reads payment plans for messages. Known to casework. */
public interface PlanStatements {

  /** As it is now; empty if the plan does not run. Read within the sender's transaction. */
  Optional<PlanStatement> of(long planId, LocalDate day);
}
