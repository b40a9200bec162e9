package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.CollectionStarter;
import io.relance.casework.Coverage;
import io.relance.casework.Exclusions;
import io.relance.engine.EngineTasks;
import io.relance.engine.Incidents;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starting, coverage, exclusions and incidents. */
@RestController
@RequestMapping("/api/v1")
class OperationsResource {

  /** Why an invoice is left out, and until when; for ever where there is no date. */
  record Exclusion(String reason, @Nullable LocalDate until) {}

  private final CollectionStarter starter;
  private final Coverage coverage;
  private final Exclusions exclusions;
  private final Incidents incidents;
  private final Audit audit;

  OperationsResource(
      CollectionStarter starter,
      Coverage coverage,
      Exclusions exclusions,
      Incidents incidents,
      Audit audit) {
    this.starter = starter;
    this.coverage = coverage;
    this.exclusions = exclusions;
    this.incidents = incidents;
    this.audit = audit;
  }

  @PostMapping("/collections/start")
  Map<String, Integer> start(Principal principal) {
    audit.record(Actor.user(principal.getName()), "start-collections", "overdue invoices", null);
    return Map.of("started", starter.startOverdue());
  }

  @PostMapping("/collections/mend")
  Map<String, Integer> mend(Principal principal) {
    audit.record(Actor.user(principal.getName()), "mend-collections", "orphans", null);
    int mended = coverage.mend();
    return Map.of(
        "mended",
        mended,
        "started",
        starter.startOverdue(),
        "announcedAgain",
        starter.announceUnclaimed());
  }

  @GetMapping("/analytics/coverage/orphans")
  List<Coverage.Orphan> orphans() {
    return coverage.orphans(200);
  }

  @PutMapping("/invoices/{number}/exclusion")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void exclude(@PathVariable String number, @RequestBody Exclusion exclusion, Principal principal) {
    if (!exclusions.add(
        number, exclusion.reason(), exclusion.until(), Actor.user(principal.getName()))) {
      throw new Problems.NotFound("There is no invoice '" + number + "'");
    }
    audit.record(
        Actor.user(principal.getName()),
        "exclude-invoice",
        "invoice " + number,
        exclusion.reason());
  }

  @DeleteMapping("/invoices/{number}/exclusion")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void include(@PathVariable String number, Principal principal) {
    exclusions.remove(number);
    audit.record(Actor.user(principal.getName()), "include-invoice", "invoice " + number, null);
  }

  @GetMapping("/incidents")
  List<Incidents.Incident> incidents() {
    return incidents.open(200);
  }

  @PostMapping("/incidents/{key}/retry")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retry(@PathVariable long key, Principal principal) {
    if (incidents.retry(key) == EngineTasks.Outcome.GONE) {
      throw new Problems.NotFound("Incident " + key + " is not open any more");
    }
    audit.record(Actor.user(principal.getName()), "retry-incident", "incident " + key, null);
  }
}
