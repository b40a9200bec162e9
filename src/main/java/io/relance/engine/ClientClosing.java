package io.relance.engine;

import io.camunda.client.CamundaClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Closes the engine's client when the application stops. A job stream that breaks while its worker
 * is closed, as when broker and application stop together, keeps a lock of the client (8.9.0), and
 * closing the client would wait for it forever. So it gets a moment, and is interrupted then.
 */
@Component
class ClientClosing implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(ClientClosing.class);
  private static final Duration MAX = Duration.ofSeconds(5);

  private final CamundaClient client;

  ClientClosing(CamundaClient client) {
    this.client = client;
  }

  @Override
  public void destroy() throws InterruptedException {
    Thread closing = Thread.ofPlatform().name("engine-client-close").daemon().start(this::close);
    if (!closing.join(MAX)) {
      closing.interrupt();
      closing.join(MAX);
    }
  }

  private void close() {
    try {
      client.close();
    } catch (RuntimeException interrupted) {
      log.debug("The engine's client was not closed in order: {}", interrupted.getMessage());
    }
  }
}
