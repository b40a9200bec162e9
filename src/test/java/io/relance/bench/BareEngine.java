package io.relance.bench;

import io.camunda.client.CamundaClient;
import io.relance.support.Server;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * The same broker without our code: a loop that publishes start messages, and workers that do
 * nothing.
 */
final class BareEngine implements AutoCloseable {

  private static final int IN_FLIGHT = 16;
  private final CamundaClient client;

  BareEngine(Server server) {
    client =
        CamundaClient.newClientBuilder()
            .grpcAddress(
                URI.create("http://127.0.0.1:" + server.setting("relance.engine.ports.grpc")))
            .restAddress(
                URI.create("http://127.0.0.1:" + server.setting("relance.engine.ports.rest")))
            .preferRestOverGrpc(false)
            .build();
  }

  /** Starts processes with the variables that ours have; returns how many a second. */
  double publish(String message, long firstKey, int count) throws InterruptedException {
    long begin = System.nanoTime();
    publishAll(
        message,
        LongStream.range(firstKey, firstKey + count).boxed().toList(),
        key ->
            "{\"caseId\":%1$d,\"invoiceId\":%1$d,\"payerId\":%1$d,\"invoiceNumber\":\"S-%1$d\"}"
                .formatted(key));
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  void publishNotices(long firstKey, int count) throws InterruptedException {
    publishNotices(LongStream.range(firstKey, firstKey + count).boxed().toList());
  }

  void publishNotices(List<Long> payers) throws InterruptedException {
    publishAll("notice-requested", payers, key -> "{\"payerId\":" + key + "}");
  }

  private void publishAll(String message, List<Long> keys, LongFunction<String> variables)
      throws InterruptedException {
    Semaphore slots = new Semaphore(IN_FLIGHT);
    CountDownLatch done = new CountDownLatch(keys.size());
    for (long key : keys) {
      slots.acquire();
      send(message, key, variables.apply(key), slots, done);
    }
    done.await();
  }

  private void send(
      String message, long key, String variables, Semaphore slots, CountDownLatch done) {
    client
        .newPublishMessageCommand()
        .messageName(message)
        .correlationKey(String.valueOf(key))
        .timeToLive(Duration.ZERO)
        .variables(variables)
        .send()
        .whenComplete(
            (ok, failure) -> {
              if (failure != null) {
                send(message, key, variables, slots, done);
              } else {
                slots.release();
                done.countDown();
              }
            });
  }

  void openNoopNoticeWorkers() {
    client
        .newWorker()
        .jobType("outreach.plan-notice")
        .handler(
            (jobs, job) ->
                jobs.newCompleteCommand(job)
                    .variables(Map.of("noticePlan", "send", "sendAt", Instant.EPOCH.toString()))
                    .send()
                    .join())
        .fetchVariables("payerId")
        .streamEnabled(true)
        .open();
    client
        .newWorker()
        .jobType("outreach.send-notice")
        .handler(
            (jobs, job) ->
                jobs.newCompleteCommand(job).variables(Map.of("noticesLeft", false)).send().join())
        .fetchVariables("payerId")
        .streamEnabled(true)
        .open();
  }

  @Override
  public void close() {
    client.close();
  }
}
