package io.relance.analytics.flow;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts anew what was counted, from the events that are kept. */
@Component
public class FlowRebuild {

  private final FlowRollUp rollUp;
  private final Audit audit;

  FlowRebuild(FlowRollUp rollUp, Audit audit) {
    this.rollUp = rollUp;
    this.audit = audit;
  }

  /** Forgets the counts; they come back within seconds to minutes, by the number of events. */
  @Transactional
  public void begin(String by) {
    rollUp.forget();
    audit.record(Actor.user(by), "rebuild-figures", "processes", "");
  }
}
