package io.relance.web;

import io.relance.casework.Coverage;
import io.relance.engine.Incidents;
import io.relance.outreach.InboundMessages;
import io.relance.worklist.ManagerTasks;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What waits for a manager at this moment, for the weekly mail. */
@Component
class WeeklyDecisions {

  private final ManagerTasks tasks;
  private final InboundMessages inbound;
  private final Coverage coverage;
  private final Incidents incidents;
  private final PageWords say;

  WeeklyDecisions(
      ManagerTasks tasks,
      InboundMessages inbound,
      Coverage coverage,
      Incidents incidents,
      PageWords say) {
    this.tasks = tasks;
    this.inbound = inbound;
    this.coverage = coverage;
    this.incidents = incidents;
    this.say = say;
  }

  /** Only what there is any of. */
  List<WeeklyWords.Line> waiting() {
    List<WeeklyWords.Line> lines = new ArrayList<>();
    tasks.waiting().forEach(t -> add(lines, say.element(t.element(), t.name()), t.open()));
    add(lines, say.text("weekly.unread"), inbound.unread());
    add(lines, say.text("weekly.uncovered"), coverage.figures().orphans());
    add(lines, say.text("weekly.incidents"), incidents.openCount());
    return lines;
  }

  private void add(List<WeeklyWords.Line> lines, String name, long number) {
    if (number > 0) {
      lines.add(new WeeklyWords.Line(name, say.number(String.valueOf(number)), ""));
    }
  }
}
