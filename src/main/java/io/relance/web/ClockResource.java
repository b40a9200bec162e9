package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.simulation.ClockRefused;
import io.relance.simulation.DemoClock;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The demo's clock. */
@RestController
@RequestMapping("/api/v1/clock")
class ClockResource {

  /** By how much, and whether at once (as after an outage) instead of day by day. */
  record Move(@Nullable String advance, @Nullable Boolean jump) {}

  private final DemoClock clock;
  private final Audit audit;

  ClockResource(DemoClock clock, Audit audit) {
    this.clock = clock;
    this.audit = audit;
  }

  @GetMapping
  DemoClock.Reading read() {
    return clock.read();
  }

  @PostMapping
  DemoClock.Reading move(@RequestBody Move move, Principal principal) throws ClockRefused {
    String advance = move.advance();
    if (advance == null) {
      throw new IllegalArgumentException("advance is missing: an ISO 8601 duration such as P3D");
    }
    DemoClock.Reading reading = clock.advance(advance, Boolean.TRUE.equals(move.jump()));
    audit.record(Actor.user(principal.getName()), "move-clock", "clock", advance);
    return reading;
  }
}
