package io.relance;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The last lines of the start: where the pages are, and who can log in. */
@Component
class StartReport {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");
  private final Environment environment;
  private final boolean demo;

  StartReport(Environment environment, @Value("${relance.demo.enabled}") boolean demo) {
    this.environment = environment;
    this.demo = demo;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    Duration taken = event.getTimeTaken();
    String port =
        environment.getProperty(
            "local.server.port", environment.getProperty("server.port", "8088"));
    log.info(
        "Relance serves http://localhost:{} after {} s (API: /api/v1, its description: /v3/api-docs, health: /actuator/health)",
        port,
        taken == null ? "?" : taken.toSeconds());
    if ("embedded".equals(environment.getProperty("relance.mail.mode"))) {
      log.info(
          "Mail goes to the catcher only: http://localhost:{}/mail shows what payers would get",
          port);
    }
    if (demo) {
      log.info(
          "Demo log-ins: agent/agent, designer/designer, manager/manager, admin/admin. Not for production.");
    }
  }
}
