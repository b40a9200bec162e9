package io.relance.platform;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The children that run now, and their health: down while one of them is being restarted. */
@Component("childProcesses")
public class ChildProcesses implements HealthIndicator {

  private final List<ChildProcess> children = new CopyOnWriteArrayList<>();

  public void add(ChildProcess child) {
    children.add(child);
  }

  public List<ChildProcess> all() {
    return List.copyOf(children);
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (ChildProcess child : children) {
      if (!child.isAlive()) {
        health.down();
      }
      health.withDetail(
          child.name(),
          child.state() + ", pid " + child.pid() + ", " + child.restarts() + " restarts");
    }
    return health.build();
  }
}
