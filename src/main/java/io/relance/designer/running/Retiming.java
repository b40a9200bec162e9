package io.relance.designer.running;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Timers that moved along with their cases and still end when the old version said. They begin anew
 * on a designer's word only.
 */
@Component
public class Retiming {

  /**
   * Timers of one element.
   *
   * @param was when they end by the old version, as written
   * @param is when they would end by the new one
   * @param earliest when the first of them ends
   * @param anew when all of them would end if they began now; null if each case has its own day
   * @param ends the element is ended and begun anew; otherwise only its timer is
   */
  public record Kept(
      String elementId,
      String name,
      String was,
      String is,
      long timers,
      Instant earliest,
      Instant latest,
      @Nullable Instant anew,
      boolean ends) {}

  /** A timer, and whose case waits for it. */
  public record Timer(
      long key,
      long processInstanceKey,
      String elementId,
      long elementInstanceKey,
      Instant dueAt,
      @Nullable String customer,
      @Nullable String invoice) {}

  private static final int SHOWN = 10_000;

  private final CaseJobs jobs;
  private final RunningModels models;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final Audit audit;

  Retiming(
      CaseJobs jobs,
      RunningModels models,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      InstantSource clock,
      Audit audit) {
    this.jobs = jobs;
    this.models = models;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.audit = audit;
  }

  /** What could begin anew after a migration, by element. */
  public List<Kept> kept(CaseJob migration) {
    Map<String, List<Timer>> byElement =
        timers(migration).stream().collect(Collectors.groupingBy(Timer::elementId));
    Instant now = clock.instant();
    List<Kept> kept = new ArrayList<>();
    for (Change change : changes(migration)) {
      List<Timer> timers = byElement.getOrDefault(change.part().id(), List.of());
      if (!timers.isEmpty()) {
        kept.add(
            new Kept(
                change.part().id(),
                change.part().name(),
                change.was(),
                change.part().detail(),
                timers.size(),
                timers.getFirst().dueAt(),
                timers.getLast().dueAt(),
                TimerText.dueFrom(change.part().detail(), now).orElse(null),
                !change.part().isAttached()));
      }
    }
    return kept;
  }

  /** The timers that run by the old version, the earliest first. */
  public List<Timer> timers(CaseJob migration) {
    List<String> elements = changes(migration).stream().map(c -> c.part().id()).toList();
    if (elements.isEmpty()) {
      return List.of();
    }
    // a case that was moved on since belongs to a later move
    List<Object> arguments = new ArrayList<>(List.of(migration.toKey(), migration.id()));
    arguments.addAll(elements);
    arguments.add(migration.id());
    arguments.add(SHOWN);
    return jdbc.query(
        """
        SELECT t.timer_key, t.process_instance_key, t.element_id, t.element_instance_key, t.due_at, p.number, i.number AS invoice
        FROM case_job_row r JOIN engine_timer t ON t.process_instance_key = r.process_instance_key
          JOIN engine_instance v ON v.process_instance_key = r.process_instance_key AND v.process_key = ?
          LEFT JOIN process_subject u ON u.process_instance_key = r.process_instance_key
          LEFT JOIN payer p ON p.id = u.payer_id LEFT JOIN invoice i ON i.id = u.invoice_id
        WHERE r.job_id = ? AND r.state = 'done' AND t.element_id IN (%s)
          AND NOT EXISTS (SELECT 1 FROM engine_element_event e WHERE e.process_instance_key = t.process_instance_key
            AND e.element_instance_key = t.element_instance_key AND e.intent = 'activated' AND e.at > r.at)
          AND NOT EXISTS (SELECT 1 FROM case_job_row d JOIN case_job j ON j.id = d.job_id WHERE j.kind = 'retime'
            AND d.process_instance_key = r.process_instance_key AND d.job_id > ? AND d.element_id = t.element_id AND d.state = 'done')
        ORDER BY t.due_at, t.timer_key LIMIT ?
        """
            .formatted(Sql.marks(elements.size())),
        (rs, n) ->
            new Timer(
                rs.getLong(1),
                rs.getLong(2),
                rs.getString(3),
                rs.getLong(4),
                Sql.requiredInstant(rs, "due_at"),
                rs.getString("number"),
                rs.getString("invoice")),
        arguments.toArray());
  }

  /**
   * Lets the timers of these elements begin anew.
   *
   * @return the number to ask by
   * @throws IllegalArgumentException if no such timer is left
   * @throws RunningConflict if cases of that process are being moved
   */
  public long begin(CaseJob migration, Set<String> elements, int rate, Actor actor) {
    CaseJobs.requireRate(rate);
    List<Timer> timers =
        timers(migration).stream().filter(t -> elements.contains(t.elementId())).toList();
    if (timers.isEmpty()) {
      throw new IllegalArgumentException(
          "elements: choose one whose timers still run by the old version");
    }
    Long job =
        transactions.execute(
            status -> {
              long id =
                  jobs.begin(
                      new CaseJobs.Fresh(
                          CaseJob.RETIME,
                          migration.processId(),
                          migration.toKey(),
                          migration.toVersion(),
                          migration.toKey(),
                          migration.toVersion(),
                          false,
                          Map.of(),
                          0,
                          rate),
                      actor);
              jobs.plan(
                  id,
                  timers.stream()
                      .map(
                          t ->
                              new CaseJobs.Row(
                                  t.processInstanceKey(),
                                  t.key(),
                                  t.elementId(),
                                  t.elementInstanceKey()))
                      .toList());
              return id;
            });
    long id = Objects.requireNonNull(job);
    audit.record(actor, "retime-cases", "case job " + id, timers.size() + " timers of " + elements);
    return id;
  }

  /** A timer of the new version whose counterpart was another one; kept, as it was mapped. */
  private record Change(Part part, String was) {}

  private List<Change> changes(CaseJob migration) {
    Map<String, Part> from = models.parts(migration.fromKey());
    Map<String, Part> to = models.parts(migration.toKey());
    List<Change> changes = new ArrayList<>();
    migration
        .mapping()
        .forEach(
            (element, becomes) -> {
              Part old = from.get(element);
              Part part = to.get(becomes);
              if (old != null
                  && part != null
                  && part.isTimer()
                  && !old.detail().equals(part.detail())) {
                changes.add(new Change(part, old.detail()));
              }
            });
    return changes;
  }
}
