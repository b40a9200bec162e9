package io.relance.engine.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.exporter.api.context.Configuration;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.exporter.api.context.ScheduledTask;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Events are numbered so that nothing can be lost unnoticed; on the real database. */
class ExporterNumbersTest {

  private static final int PARTITION = 77;
  private static final long INSTANCE = 5;
  private static final long PROCESS = 6;

  private final Server server = SharedServer.get();
  private final Engine engine = new Engine();

  @BeforeEach
  @AfterEach
  void clean() {
    for (String table : List.of("engine_element_event", "engine_position")) {
      server.database().update("DELETE FROM " + table + " WHERE partition_id = ?", PARTITION);
    }
    // waits for whoever counts them at this moment; afterwards there is nothing left to count
    server.database().update("DELETE FROM flow_progress WHERE stream = ?", "events-" + PARTITION);
    server
        .database()
        .update(
            "DELETE d FROM flow_day d JOIN flow_element e ON e.id = d.element WHERE e.process_key = ?",
            PROCESS);
    server.database().update("DELETE FROM flow_open WHERE process_instance_key = ?", INSTANCE);
  }

  @Test
  void eventsAreNumberedWithoutAGapOverRestarts() {
    export(engine, event(10, 1), event(12, 2));
    export(engine, event(17, 3));
    assertThat(serials()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatTheEngineExportsAgainIsWrittenOnceAndKeepsItsNumber() {
    engine.forgetsItsDisk();
    export(engine, event(10, 1), event(12, 2));
    engine.forgetsItsDisk();
    export(engine, event(10, 1), event(12, 2), event(17, 3), event(17, 3));
    assertThat(serials()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aDatabaseThatComesBackFromAnOlderBackupShowsAGap() {
    export(engine, event(10, 1), event(12, 2), event(14, 3));
    server
        .database()
        .update(
            "DELETE FROM engine_element_event WHERE partition_id = ? AND position > 10", PARTITION);
    server
        .database()
        .update(
            "UPDATE engine_position SET position = 10, element_serial = 1 WHERE partition_id = ?",
            PARTITION);
    export(engine, event(16, 4));
    assertThat(serials()).containsExactly(1L, 4L);
  }

  @Test
  void anEngineThatLostItsDiskAndCountsPositionsAnewShowsAGap() {
    export(engine, event(10, 1), event(12, 2));
    engine.forgetsItsDisk();
    export(engine, event(10, 901), event(12, 902), event(14, 903));
    assertThat(serials()).containsExactly(1L, 2L, 5L);
    assertThat(
            server.count(
                "SELECT element_instance_key FROM engine_element_event WHERE partition_id = ? AND position = 14",
                PARTITION))
        .isEqualTo(903);
  }

  private List<Long> serials() {
    return server
        .database()
        .queryForList(
            "SELECT serial FROM engine_element_event WHERE partition_id = ? ORDER BY position",
            Long.class,
            PARTITION);
  }

  private void export(Engine to, Record<?>... records) {
    RelanceExporter exporter = new RelanceExporter();
    exporter.configure(context());
    exporter.open(to);
    for (Record<?> record : records) {
      exporter.export(record);
    }
    exporter.close();
  }

  /** What an engine remembers of its exporter. */
  private static final class Engine implements Controller {
    private byte @Nullable [] metadata;

    void forgetsItsDisk() {
      metadata = null;
    }

    @Override
    public void updateLastExportedRecordPosition(long position) {
      // the position is not asked for
    }

    @Override
    public void updateLastExportedRecordPosition(long position, byte[] told) {
      metadata = told;
    }

    @Override
    public long getLastExportedRecordPosition() {
      return -1;
    }

    @Override
    public ScheduledTask scheduleCancellableTask(java.time.Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public Optional<byte[]> readMetadata() {
      return Optional.ofNullable(metadata);
    }
  }

  private Context context() {
    ExporterSettings settings = new ExporterSettings();
    settings.url = server.databaseUrl();
    settings.user = server.databaseUser();
    settings.password = server.databasePassword();
    Configuration configuration = answering(Configuration.class, Map.of("instantiate", settings));
    return answering(
        Context.class,
        Map.of(
            "getConfiguration",
            configuration,
            "getLogger",
            LoggerFactory.getLogger(ExporterNumbersTest.class),
            "getPartitionId",
            PARTITION));
  }

  private static Record<?> event(long position, long key) {
    ProcessInstanceRecordValue value =
        answering(
            ProcessInstanceRecordValue.class,
            Map.of(
                "getProcessInstanceKey",
                INSTANCE,
                "getProcessDefinitionKey",
                PROCESS,
                "getElementId",
                "Task_" + key,
                "getBpmnElementType",
                BpmnElementType.SERVICE_TASK));
    return answering(
        Record.class,
        Map.of(
            "getPosition",
            position,
            "getKey",
            key,
            "getTimestamp",
            1_772_445_600_000L + key,
            "getIntent",
            ProcessInstanceIntent.ELEMENT_ACTIVATED,
            "getValue",
            value));
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
