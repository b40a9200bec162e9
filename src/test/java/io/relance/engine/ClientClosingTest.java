package io.relance.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.worker.JobWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the real client, and nobody who answers it. */
class ClientClosingTest {

  /** The worker is closed while its stream is about to be opened anew. */
  @Test
  @Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aStreamThatBreaksMeanwhileDoesNotHoldUpTheStop() throws Exception {
    var executor = new ScheduledThreadPoolExecutor(1);
    executor.setRemoveOnCancelPolicy(true);
    CamundaClient client =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://127.0.0.1:" + aPortThatNobodyHas()))
            .preferRestOverGrpc(false)
            .jobWorkerExecutor(executor, false)
            .build();
    var opened = new CompletableFuture<JobWorker>();
    var closed = new AtomicBoolean();
    opened.complete(
        client
            .newWorker()
            .jobType("test.nobody")
            .handler((jobs, job) -> {})
            .streamEnabled(true)
            .backoffSupplier(
                delay -> {
                  opened.join().close();
                  closed.set(true);
                  return 1;
                })
            .open());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> closed.get() && executor.getQueue().isEmpty() && executor.getActiveCount() == 0);

    new ClientClosing(client).destroy();
    executor.shutdownNow();
    assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
  }

  private static int aPortThatNobodyHas() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
