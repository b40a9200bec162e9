package io.relance.web;

import io.relance.access.Audit;
import io.relance.designer.running.IncidentGroups;
import io.relance.designer.running.IncidentMending;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Incidents by cause: what is missing, given; what failed, tried again. */
@RestController
@RequestMapping("/api/v1/studio/running/incidents")
class IncidentResource {

  private static final int RATE = 5;
  private static final int RETRIES = 5;

  /** An open incident, and what was done about it. */
  record One(IncidentGroups.Stuck incident, List<Audit.Entry> history) {}

  /**
   * A variable.
   *
   * @param step for the step that stands still only
   */
  record Variable(@Nullable String name, @Nullable JsonNode value, @Nullable Boolean step) {}

  record Again(@Nullable Integer retries, @Nullable Integer rate) {}

  record Begun(long id) {}

  private final IncidentGroups incidents;
  private final IncidentMending mending;

  IncidentResource(IncidentGroups incidents, IncidentMending mending) {
    this.incidents = incidents;
    this.mending = mending;
  }

  @GetMapping
  List<IncidentGroups.Group> groups() {
    return incidents.groups();
  }

  @GetMapping("/groups/{group}")
  List<IncidentGroups.Stuck> group(@PathVariable String group) {
    return incidents.of(group);
  }

  @PostMapping("/groups/{group}/retry")
  @ResponseStatus(HttpStatus.CREATED)
  Begun retryAll(@PathVariable String group, @RequestBody Again again, Principal principal) {
    return new Begun(
        mending.retryAll(
            group,
            again.retries() == null ? RETRIES : again.retries(),
            again.rate() == null ? RATE : again.rate(),
            Actor.user(principal.getName())));
  }

  @GetMapping("/{key}")
  One one(@PathVariable long key) {
    return new One(
        incidents
            .find(key)
            .orElseThrow(() -> new Problems.NotFound("Incident " + key + " is not open any more")),
        mending.history(key));
  }

  @PostMapping("/{key}/variables")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void set(@PathVariable long key, @RequestBody Variable variable, Principal principal) {
    if (variable.name() == null || variable.value() == null) {
      throw new IllegalArgumentException("name and value are missing: say which variable is what");
    }
    mending.setVariable(
        key,
        variable.name(),
        variable.value().toString(),
        Boolean.TRUE.equals(variable.step()),
        Actor.user(principal.getName()));
  }

  @PostMapping("/{key}/retry")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retry(@PathVariable long key, @RequestBody Again again, Principal principal) {
    mending.retry(
        key, again.retries() == null ? RETRIES : again.retries(), Actor.user(principal.getName()));
  }
}
