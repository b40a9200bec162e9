package io.relance.bench;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.CamundaFuture;
import io.grpc.Status;
import io.relance.support.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The same broker without our code: loops that create processes, and workers that do nothing. */
final class BareEngine implements AutoCloseable {

  private static final int IN_FLIGHT = 16;
  private static final String CREATED = "invoice-collection-created";
  static final String NOOP = "noop-notice";

  /** What our planner tells the decision of a payer who may be written to at this moment. */
  private static final Map<String, Object> CONTACT =
      Map.ofEntries(
          Map.entry("channel", "email"),
          Map.entry("country", "FR"),
          Map.entry("zone", "Europe/Paris"),
          Map.entry("date", "2026-03-03"),
          Map.entry("time", "10:00:00"),
          Map.entry("worked", true),
          Map.entry(
              "workdays",
              IntStream.rangeClosed(4, 18).mapToObj("2026-03-%02d"::formatted).toList()),
          Map.entry("reachableBy", List.of("email", "call")),
          Map.entry("optedOut", List.of()),
          Map.entry("legal", false),
          Map.entry("contacts", List.of()));

  private final CamundaClient client;
  private final Instant openedAt;
  private final long openedNanos = System.nanoTime();

  BareEngine(Server server) {
    openedAt = server.now();
    client =
        CamundaClient.newClientBuilder()
            .grpcAddress(
                URI.create("http://127.0.0.1:" + server.setting("relance.engine.ports.grpc")))
            .restAddress(
                URI.create("http://127.0.0.1:" + server.setting("relance.engine.ports.rest")))
            .preferRestOverGrpc(false)
            .numJobWorkerExecutionThreads(12) // as many as ours
            .build();
  }

  /** Starts processes by message, as ours do, with their variables; how many a second. */
  double publish(String message, long firstKey, int count) throws InterruptedException {
    long begin = System.nanoTime();
    publishAll(message, keys(firstKey, count), BareEngine::variables);
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  /** The same model with a plain start event, which a create-instance command needs. */
  void deployCreatedModel() throws IOException {
    String model = Files.readString(Path.of("bpmn/invoice-collection.bpmn"));
    String plain =
        model
            .replace("id=\"invoice-collection\"", "id=\"" + CREATED + "\"")
            .replace("bpmnElement=\"invoice-collection\"", "bpmnElement=\"" + CREATED + "\"")
            .replaceFirst(
                "<bpmn:messageEventDefinition [^>]*messageRef=\"Message_InvoiceOverdue\"/>", "");
    if (plain.contains("messageRef=\"Message_InvoiceOverdue\"")) {
      throw new IllegalStateException("invoice-collection.bpmn does not start as it did");
    }
    client.newDeployResourceCommand().addResourceStringUtf8(plain, CREATED + ".bpmn").send().join();
  }

  /** Creates instances of that model, with the variables of ours; how many a second. */
  double create(long firstKey, int count) throws InterruptedException {
    long begin = System.nanoTime();
    sendAll(
        keys(firstKey, count),
        key ->
            client
                .newCreateInstanceCommand()
                .bpmnProcessId(CREATED)
                .latestVersion()
                .variables(variables(key))
                .send());
    return count / ((System.nanoTime() - begin) / 1e9);
  }

  private static List<Long> keys(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  private static String variables(long key) {
    return "{\"caseId\":%1$d,\"invoiceId\":%1$d,\"payerId\":%1$d,\"invoiceNumber\":\"S-%1$d\"}"
        .formatted(key);
  }

  /** Asks our workers for a notice to each of these payers. */
  void publishNotices(List<Long> payers) throws InterruptedException {
    publishAll("notice-requested", payers, key -> "{\"payerId\":" + key + "}");
  }

  /** Asks the workers that do nothing. */
  void publishNoopNotices(long firstKey, int count) throws InterruptedException {
    publishAll(NOOP + "-requested", keys(firstKey, count), key -> "{\"payerId\":" + key + "}");
  }

  private void publishAll(String message, List<Long> keys, LongFunction<String> variables)
      throws InterruptedException {
    sendAll(
        keys,
        key ->
            client
                .newPublishMessageCommand()
                .messageName(message)
                .correlationKey(String.valueOf(key))
                .timeToLive(Duration.ZERO)
                .variables(variables.apply(key))
                .send());
  }

  private static void sendAll(List<Long> keys, LongFunction<CamundaFuture<?>> command)
      throws InterruptedException {
    Semaphore slots = new Semaphore(IN_FLIGHT);
    CountDownLatch done = new CountDownLatch(keys.size());
    AtomicReference<Throwable> refused = new AtomicReference<>();
    for (long key : keys) {
      slots.acquire();
      if (refused.get() != null) {
        throw new IllegalStateException("The engine refuses it", refused.get());
      }
      send(() -> command.apply(key), slots, done, refused);
    }
    done.await();
  }

  /** Again and again while the engine is too busy, as our own publisher does. */
  private static void send(
      Supplier<CamundaFuture<?>> command,
      Semaphore slots,
      CountDownLatch done,
      AtomicReference<Throwable> refused) {
    command
        .get()
        .whenComplete(
            (ok, failure) -> {
              if (failure != null && isPassing(failure)) {
                send(command, slots, done, refused);
                return;
              }
              if (failure != null) {
                refused.set(failure);
              }
              slots.release();
              done.countDown();
            });
  }

  private static boolean isPassing(Throwable failure) {
    return switch (Status.fromThrowable(failure).getCode()) {
      case RESOURCE_EXHAUSTED, UNAVAILABLE, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  /** A copy of the model of notices, and workers for it that do nothing. */
  void openNoopNotices() throws IOException {
    String copy =
        Files.readString(Path.of("bpmn/payer-notice.bpmn"))
            .replace("\"payer-notice\"", "\"" + NOOP + "\"")
            .replace("\"notice-requested\"", "\"" + NOOP + "-requested\"")
            .replace("\"outreach.", "\"" + NOOP + ".");
    client.newDeployResourceCommand().addResourceStringUtf8(copy, NOOP + ".bpmn").send().join();
    openNoop(".plan-notice", () -> Map.of("noticePlan", "send", "contact", contactNow()));
    openNoop(".send-notice", () -> Map.of("noticesLeft", false));
  }

  private Map<String, Object> contactNow() {
    Map<String, Object> contact = new HashMap<>(CONTACT);
    Duration since = Duration.ofNanos(System.nanoTime() - openedNanos);
    contact.put("at", openedAt.plus(since).truncatedTo(ChronoUnit.MILLIS).toString());
    return contact;
  }

  private void openNoop(String type, Supplier<Map<String, Object>> answer) {
    client
        .newWorker()
        .jobType(NOOP + type)
        .handler((jobs, job) -> jobs.newCompleteCommand(job).variables(answer.get()).send().join())
        .fetchVariables("payerId")
        .streamEnabled(true)
        .open();
  }

  @Override
  public void close() {
    client.close();
  }
}
