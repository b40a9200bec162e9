package io.relance.web;

import io.relance.kernel.Money;
import io.relance.worklist.Absences;
import io.relance.worklist.Reassignment;
import io.relance.worklist.Workload;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who has how much, and its moving; for managers. */
@RestController
@RequestMapping("/api/v1/workload")
class WorkloadResource {

  /** An amount of one currency. */
  record Amount(String amount, String currency) {

    static Amount of(Money money) {
      return new Amount(money.plain(), money.currencyCode());
    }
  }

  /**
   * An agent's.
   *
   * @param known whether it is a user of ours
   * @param worth a sum a currency; what is about several currencies at once is left out
   */
  record Agent(
      String login,
      boolean known,
      List<Workload.Membership> teams,
      long held,
      long postponed,
      long overdue,
      List<Amount> worth,
      @Nullable Instant oldest,
      long doneToday,
      long doneThisWeek,
      Absences.@Nullable Absence absence) {

    static Agent of(Workload.Agent agent) {
      Workload.Load load = agent.load();
      return new Agent(
          agent.login(),
          agent.known(),
          agent.teams(),
          load.tasks(),
          load.postponed(),
          load.overdue(),
          load.worth().stream().map(Amount::of).toList(),
          load.oldest(),
          agent.doneToday(),
          agent.doneThisWeek(),
          agent.absence());
    }
  }

  /** What nobody has in a queue. */
  record Queue(
      String name,
      long free,
      long postponed,
      long overdue,
      List<Amount> worth,
      @Nullable Instant oldest) {

    static Queue of(Workload.Queue queue) {
      Workload.Load load = queue.load();
      return new Queue(
          queue.name(),
          load.tasks(),
          load.postponed(),
          load.overdue(),
          load.worth().stream().map(Amount::of).toList(),
          load.oldest());
    }
  }

  /** All of it, whoever has most first. */
  record Overview(LocalDate today, List<Agent> agents, List<Queue> queues) {}

  private final Workload workload;
  private final Reassignment reassignment;

  WorkloadResource(Workload workload, Reassignment reassignment) {
    this.workload = workload;
    this.reassignment = reassignment;
  }

  @GetMapping
  Overview now() {
    Workload.Overview now = workload.now();
    return new Overview(
        now.today(),
        now.agents().stream().map(Agent::of).toList(),
        now.queues().stream().map(Queue::of).toList());
  }

  /** Moves tasks of that agent; what was not possible is told, task by task. */
  @PostMapping("/{login}/move")
  Reassignment.Report move(
      @PathVariable String login, @RequestBody Reassignment.Request request, Principal principal) {
    return reassignment.move(login, request, principal.getName());
  }
}
