package io.relance.engine;

import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Messages for the engine, kept in the transaction of the fact that causes them and published after
 * it. While the engine is away they wait here. A message id is kept once, however often it is
 * added.
 */
@Component
public class EngineOutbox {

  /**
   * @param name the message's name in the models
   * @param correlationKey the invoice's or the payer's id
   * @param messageId what makes two sendings of it the same one
   * @param timeToLive how long the engine keeps it for a process that is not there yet
   * @param variables a JSON object
   */
  public record Message(
      String name,
      String correlationKey,
      String messageId,
      Duration timeToLive,
      String variables) {}

  private final JdbcTemplate jdbc;
  private final AdjustableClock clock;
  private final OutboxSignal signal;

  EngineOutbox(JdbcTemplate jdbc, AdjustableClock clock, OutboxSignal signal) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.signal = signal;
  }

  public void add(Message message) {
    addAll(List.of(message));
  }

  public void addAll(Collection<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    jdbc.batchUpdate(
        """
        INSERT IGNORE INTO engine_outbox (message_name, correlation_key, message_id, ttl_millis, variables, created_at)
        VALUES (?,?,?,?,?,?)
        """,
        messages,
        500,
        (s, m) -> {
          s.setString(1, m.name());
          s.setString(2, m.correlationKey());
          s.setString(3, m.messageId());
          s.setLong(4, m.timeToLive().toMillis());
          s.setString(5, m.variables());
          s.setTimestamp(6, Sql.timestamp(clock.systemInstant()));
        });
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              signal.raise();
            }
          });
    } else {
      signal.raise();
    }
  }

  /** Those of the correlation keys for which a message of that name is not published yet. */
  public Set<String> waiting(String name, Collection<String> correlationKeys) {
    if (correlationKeys.isEmpty()) {
      return Set.of();
    }
    List<Object> arguments = new ArrayList<>(correlationKeys);
    arguments.add(name);
    return Set.copyOf(
        jdbc.queryForList(
            "SELECT correlation_key FROM engine_outbox WHERE correlation_key IN ("
                + Sql.marks(correlationKeys.size())
                + ") AND message_name = ?",
            String.class,
            arguments.toArray()));
  }

  /** Messages that are not published yet. */
  public long waiting() {
    Long count = jdbc.queryForObject("SELECT COUNT(*) FROM engine_outbox", Long.class);
    return count == null ? 0 : count;
  }
}
