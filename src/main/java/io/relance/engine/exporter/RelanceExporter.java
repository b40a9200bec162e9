package io.relance.engine.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.exporter.api.context.ScheduledTask;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes user tasks, element events, decisions, definitions, jobs, timers and incidents to MySQL:
 * batched, one instance a partition, at least once from the engine's side and idempotent on ours.
 *
 * <p>The position of the last record written is kept in the same transaction as the rows. The
 * engine replays records after a restart; those at or before that position are skipped. A position
 * is acknowledged only after its transaction: while MySQL is away the broker keeps its log, and
 * goes on from there afterwards.
 *
 * <p>Element events are numbered without a gap. The engine keeps the last number beside the
 * position that is acknowledged to it: if the database comes back from an older backup, or the
 * engine without its disk, the numbers jump by what is missing, and who reads them says so.
 *
 * <p>All methods and the scheduled flush run on the partition's one exporter actor, so there is no
 * locking here.
 */
public final class RelanceExporter implements Exporter {

  private static final Set<ValueType> VALUES =
      Set.of(
          ValueType.PROCESS,
          ValueType.FORM,
          ValueType.DECISION,
          ValueType.DECISION_REQUIREMENTS,
          ValueType.DECISION_EVALUATION,
          ValueType.PROCESS_INSTANCE,
          ValueType.USER_TASK,
          ValueType.INCIDENT,
          ValueType.JOB,
          ValueType.TIMER);

  private @Nullable ExporterSettings settings;
  private @Nullable Logger log;
  private @Nullable Controller controller;
  private @Nullable ReadModelWriter writer;
  private @Nullable ScheduledTask flushTask;
  private int partitionId;
  private @Nullable RecordBatch batch;
  private long lastPosition = -1;
  private long serial;
  private @Nullable Replay replay;
  private boolean positionKnown;
  private boolean uncertain;
  private boolean databaseAway;

  @Override
  public void configure(Context context) {
    // also called once for validation, on an instance that is thrown away: open nothing here
    ExporterSettings configured = context.getConfiguration().instantiate(ExporterSettings.class);
    if (configured.url == null || configured.user == null || configured.password == null) {
      throw new IllegalArgumentException(
          "The Relance exporter needs the args url, user and password");
    }
    settings = configured;
    log = context.getLogger();
    partitionId = context.getPartitionId();
    context.setFilter(
        new Context.RecordFilter() {
          @Override
          public boolean acceptType(RecordType recordType) {
            return recordType == RecordType.EVENT;
          }

          @Override
          public boolean acceptValue(ValueType valueType) {
            return VALUES.contains(valueType);
          }
        });
  }

  @Override
  public void open(Controller controller) {
    this.controller = controller;
    ReadModelWriter opened = new ReadModelWriter(configured(), partitionId);
    this.writer = opened;
    this.batch = new RecordBatch();
    this.replay = new Replay(opened::eventsFrom);
    this.serial =
        controller
            .readMetadata()
            .filter(known -> known.length == Long.BYTES)
            .map(known -> ByteBuffer.wrap(known).getLong())
            .orElse(0L);
    scheduleFlush();
  }

  @Override
  public void close() {
    if (flushTask != null) {
      flushTask.cancel();
    }
    if (batch == null) {
      return; // never opened: the engine validates and purges instances, too
    }
    try {
      flush();
    } catch (SQLException away) {
      logger()
          .warn(
              "The last records were not written; they will be exported again: {}",
              away.getMessage());
    }
    if (writer != null) {
      writer.close();
    }
  }

  /**
   * Throwing makes the engine offer the same record again later, which is what a database that is
   * away asks for.
   */
  @Override
  public void export(Record<?> record) {
    RecordBatch current = currentBatch();
    try {
      if (!positionKnown) {
        lastPosition = openedWriter().lastPosition();
        serial = Math.max(serial, openedWriter().lastSerial());
        positionKnown = true;
      }
      if (uncertain || current.records() >= configured().batchSize) {
        flush();
        current = currentBatch();
      }
      if (record.getPosition() <= lastPosition && required(replay).isMissing(record)) {
        serial++;
      }
    } catch (SQLException away) {
      tellAway(away);
      throw new IllegalStateException("MySQL is away: " + away.getMessage(), away);
    }
    if (record.getPosition() <= lastPosition) {
      if (current.isEmpty()) {
        acknowledge(record.getPosition());
      }
      return;
    }
    if (record.getPosition() > current.lastPosition()) {
      current.add(record);
    }
  }

  private void flush() throws SQLException {
    RecordBatch current = currentBatch();
    if (current.isEmpty()) {
      return;
    }
    // when the last commit's answer was lost, these records may be written already
    if (!uncertain || openedWriter().lastPosition() < current.lastPosition()) {
      uncertain = true;
      serial = openedWriter().write(current, serial);
    } else {
      serial = openedWriter().lastSerial();
    }
    written(current);
  }

  private void written(RecordBatch current) {
    uncertain = false;
    lastPosition = current.lastPosition();
    acknowledge(lastPosition);
    if (databaseAway) {
      logger().info("MySQL is back; the read model goes on at position {}", lastPosition);
      databaseAway = false;
    }
    batch = new RecordBatch();
  }

  private void acknowledge(long position) {
    if (controller != null) {
      controller.updateLastExportedRecordPosition(
          position, ByteBuffer.allocate(Long.BYTES).putLong(serial).array());
    }
  }

  private void scheduleFlush() {
    if (controller != null) {
      flushTask =
          controller.scheduleCancellableTask(
              Duration.ofMillis(configured().flushMillis), this::flushAndSchedule);
    }
  }

  /**
   * An exception in a scheduled task would make the whole partition unhealthy, so none leaves here.
   */
  private void flushAndSchedule() {
    try {
      flush();
    } catch (SQLException away) {
      tellAway(away);
    } catch (RuntimeException bug) {
      logger().error("The read model could not be written; the records stay queued", bug);
    } finally {
      scheduleFlush();
    }
  }

  private void tellAway(SQLException away) {
    if (!databaseAway) {
      logger().warn("MySQL is away, the read model waits: {}", away.getMessage());
      databaseAway = true;
    }
  }

  private ExporterSettings configured() {
    return required(settings);
  }

  private Logger logger() {
    return required(log);
  }

  private ReadModelWriter openedWriter() {
    return required(writer);
  }

  private RecordBatch currentBatch() {
    return required(batch);
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the exporter is not open");
    }
    return part;
  }
}
