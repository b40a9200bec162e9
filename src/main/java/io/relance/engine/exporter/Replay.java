package io.relance.engine.exporter;

import io.camunda.zeebe.protocol.record.Record;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares what the engine exports again with what was written of it. An engine that lost its disk
 * counts positions anew: what it tells then looks as if it were written, and is not.
 */
final class Replay {

  /** What identifies an element event at its position. */
  record Written(long elementKey, long at) {}

  /** Reads events from a position on, by their positions. */
  interface Source {
    Map<Long, Written> from(long position, int max) throws SQLException;
  }

  private static final int AT_ONCE = 1_000;

  private final Source source;
  private Map<Long, Written> known = new HashMap<>();
  private long knownUpTo = -1;

  Replay(Source source) {
    this.source = source;
  }

  /** Whether it is an element event that is not in the read model, though its position is. */
  boolean isMissing(Record<?> record) throws SQLException {
    if (RecordBatch.changeOf(record) == null) {
      return false;
    }
    long position = record.getPosition();
    if (position > knownUpTo) {
      known = source.from(position, AT_ONCE);
      knownUpTo =
          known.size() < AT_ONCE
              ? Long.MAX_VALUE
              : known.keySet().stream().mapToLong(Long::longValue).max().orElse(position);
    }
    return !new Written(record.getKey(), record.getTimestamp()).equals(known.get(position));
  }
}
