package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes what the outbox holds. Rows are leased, so that several replicas share the work; a row
 * goes only after the engine took its message. A crash in between publishes it again, which the
 * message id, or the engine's one instance a key, makes harmless.
 */
@Component
class OutboxPublisher {

  private static final Logger log = LoggerFactory.getLogger(OutboxPublisher.class);
  private static final int BATCH = 250;
  private static final Duration REFUSED_PAUSE = Duration.ofHours(1);

  private record Row(long id, EngineOutbox.Message message) {}

  private final CamundaClient client;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final AdjustableClock clock;
  private final OutboxSignal signal;
  private final EngineGate gate;
  private final SendWindow window;
  private final Duration lease;
  private volatile boolean stopping;

  OutboxPublisher(
      CamundaClient client,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      AdjustableClock clock,
      OutboxSignal signal,
      EngineGate gate,
      EngineSettings settings,
      MeterRegistry metrics) {
    this.client = client;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.signal = signal;
    this.gate = gate;
    this.lease = settings.jobTimeout();
    this.window = new SendWindow();
    metrics.gauge("relance.engine.window", window, SendWindow::size);
  }

  /** Runs until stopped. */
  void run() {
    while (!stopping) {
      try {
        // a start message for a model that is not deployed yet would be dropped by the engine
        if (!gate.isReady() || publishBatch() < BATCH) {
          signal.await(Duration.ofSeconds(1));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException trouble) {
        log.warn("Publishing pauses: {}", trouble.getMessage());
        try {
          Thread.sleep(1_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  void stop() {
    stopping = true;
    signal.raise();
  }

  int publishBatch() throws InterruptedException {
    List<Row> rows = lease();
    if (rows.isEmpty()) {
      return 0;
    }
    List<Long> taken = Collections.synchronizedList(new ArrayList<>());
    List<Long> refused = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch answers = new CountDownLatch(rows.size());
    for (Row row : rows) {
      window.enter();
      sendSafely(row.message())
          .whenComplete(
              (ok, failure) -> {
                EngineCommands.Answer answer =
                    failure == null ? null : EngineCommands.read(failure);
                if (answer == null || answer == EngineCommands.Answer.CONFLICT) {
                  taken.add(row.id());
                } else if (!answer.isPassing()) {
                  log.error(
                      "The engine refuses message {}: {}", row.message(), failure.getMessage());
                  refused.add(row.id());
                }
                window.leave(answer != null && answer.isPassing());
                answers.countDown();
              });
    }
    if (!answers.await(lease.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("The engine did not answer {} messages in {}", answers.getCount(), lease);
    }
    delete(List.copyOf(taken));
    setAside(List.copyOf(refused));
    List<Row> again =
        rows.stream().filter(r -> !taken.contains(r.id()) && !refused.contains(r.id())).toList();
    release(again);
    if (!again.isEmpty() && taken.isEmpty()) {
      Thread.sleep(500); // the engine is away or overloaded
    }
    return again.isEmpty() ? rows.size() : BATCH;
  }

  /** A message that the client itself refuses is that message's trouble, not the batch's. */
  private CompletionStage<?> sendSafely(EngineOutbox.Message message) {
    try {
      return send(message);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletionStage<?> send(EngineOutbox.Message message) {
    return client
        .newPublishMessageCommand()
        .messageName(message.name())
        .correlationKey(message.correlationKey())
        .messageId(message.messageId())
        .timeToLive(message.timeToLive())
        .variables(message.variables())
        .send();
  }

  private List<Row> lease() {
    Instant now = clock.systemInstant();
    List<Row> rows =
        transactions.execute(
            status -> {
              List<Row> free =
                  jdbc.query(
                      """
                      SELECT id, message_name, correlation_key, message_id, ttl_millis, variables FROM engine_outbox
                      WHERE leased_until IS NULL OR leased_until < ? ORDER BY id LIMIT %d FOR UPDATE SKIP LOCKED
                      """
                          .formatted(BATCH),
                      (rs, n) ->
                          new Row(
                              rs.getLong(1),
                              new EngineOutbox.Message(
                                  rs.getString(2),
                                  rs.getString(3),
                                  rs.getString(4),
                                  Duration.ofMillis(rs.getLong(5)),
                                  rs.getString(6))),
                      Sql.timestamp(now));
              lease(free.stream().map(Row::id).toList(), now.plus(lease));
              return free;
            });
    return rows == null ? List.of() : rows;
  }

  private void delete(List<Long> ids) {
    Sql.updateAll(jdbc, "DELETE FROM engine_outbox", List.of(), ids);
  }

  /** Tried again in an hour, when somebody may have mended the model; meanwhile the others pass. */
  private void setAside(List<Long> ids) {
    lease(ids, clock.systemInstant().plus(REFUSED_PAUSE));
  }

  private void lease(List<Long> ids, Instant until) {
    Sql.updateAll(
        jdbc, "UPDATE engine_outbox SET leased_until = ?", List.of(Sql.timestamp(until)), ids);
  }

  private void release(List<Row> rows) {
    Sql.updateAll(
        jdbc,
        "UPDATE engine_outbox SET leased_until = NULL",
        List.of(),
        rows.stream().map(Row::id).toList());
  }
}
