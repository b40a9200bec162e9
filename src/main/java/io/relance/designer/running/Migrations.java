package io.relance.designer.running;

import io.relance.access.Audit;
import io.relance.analytics.flow.OpenTokens;
import io.relance.kernel.Actor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves running cases to another version of their process. The engine cannot be asked beforehand
 * whether it will: what is known to be refused is said in the plan, and a trial on one case of each
 * kind tells the rest.
 */
@Component
public class Migrations {

  /** Cases a second, at the most. */
  public static final int RATE_MAX = 50;

  /** Kinds of cases that a trial tries. */
  private static final int KINDS_MAX = 20;

  /**
   * What would become of the cases of a version.
   *
   * @param back to an older version
   * @param stuck cases that the engine will leave where they are
   * @param kinds how many kinds of cases a trial would try
   */
  public record Plan(
      RunningModels.Version from,
      RunningModels.Version to,
      boolean back,
      long stuck,
      int kinds,
      List<MappingRow> rows) {}

  /**
   * What is wanted.
   *
   * @param mapping of elements; null for the proposed one
   * @param trial one case of each kind, or those that are named
   * @param cases keys of process instances; empty for all of the version
   * @param refusedBy number of a job: only those that it was refused and that still run there; null
   *     for whichever
   */
  public record Wanted(
      String processId,
      int from,
      int to,
      @Nullable Map<String, String> mapping,
      boolean trial,
      List<Long> cases,
      @Nullable Long refusedBy,
      int rate) {}

  private final RunningModels models;
  private final OpenTokens tokens;
  private final CaseJobs jobs;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Audit audit;

  Migrations(
      RunningModels models,
      OpenTokens tokens,
      CaseJobs jobs,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Audit audit) {
    this.models = models;
    this.tokens = tokens;
    this.jobs = jobs;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * What would become of the cases.
   *
   * @param mapping null for the proposed one
   * @throws IllegalArgumentException if there are no such two versions, or the mapping names what
   *     they do not have
   */
  public Plan plan(String processId, int from, int to, @Nullable Map<String, String> mapping) {
    RunningModels.Version source = models.version(processId, from);
    RunningModels.Version target = models.version(processId, to);
    if (from == to) {
      throw new IllegalArgumentException(
          "from and to are both version " + from + ": choose two versions");
    }
    MappingProposal proposal = proposal(source, target);
    Map<String, String> chosen = mapping == null ? proposal.byId() : known(source, target, mapping);
    List<OpenTokens.Alike> kinds = tokens.alike(source.key(), 1_000);
    List<MappingRow> rows = proposal.rows(chosen, tokens.casesAt(source.key()));
    List<String> refused =
        rows.stream().filter(MappingRow::isStuck).map(MappingRow::elementId).toList();
    long stuck =
        kinds.stream()
            .filter(kind -> kind.elementIds().stream().anyMatch(refused::contains))
            .mapToLong(OpenTokens.Alike::cases)
            .sum();
    return new Plan(source, target, to < from, stuck, Math.min(kinds.size(), KINDS_MAX), rows);
  }

  /**
   * Begins; the cases are moved in the background.
   *
   * @return the number to ask by
   * @throws IllegalArgumentException if something is missing or does not fit
   * @throws RunningConflict if cases of that process are being moved already
   */
  public long begin(Wanted wanted, Actor actor) {
    if (wanted.rate() < 1 || wanted.rate() > RATE_MAX) {
      throw new IllegalArgumentException(
          "rate is " + wanted.rate() + ", and can be 1 to " + RATE_MAX + " cases a second");
    }
    RunningModels.Version source = models.version(wanted.processId(), wanted.from());
    RunningModels.Version target = models.version(wanted.processId(), wanted.to());
    if (source.key() == target.key()) {
      throw new IllegalArgumentException(
          "from and to are both version " + wanted.from() + ": choose two versions");
    }
    Map<String, String> mapping =
        wanted.mapping() == null
            ? proposal(source, target).byId()
            : known(source, target, wanted.mapping());
    if (mapping.isEmpty()) {
      throw new IllegalArgumentException(
          "mapping is empty: name at least the elements where cases wait, and what they become");
    }
    List<Long> cases = wanted.cases();
    if (cases.isEmpty() && wanted.trial()) {
      cases = oneOfEachKind(source);
    }
    List<Long> chosen = cases;
    Long id =
        transactions.execute(
            status -> {
              long job =
                  jobs.begin(
                      new CaseJobs.Fresh(
                          CaseJob.MIGRATE,
                          wanted.processId(),
                          source.key(),
                          source.version(),
                          target.key(),
                          target.version(),
                          wanted.trial(),
                          mapping,
                          0,
                          wanted.rate()),
                      actor);
              if (wanted.refusedBy() != null) {
                if (addRefused(job, source, wanted.refusedBy()) == 0) {
                  throw new IllegalArgumentException(
                      "none of those that were refused runs on version "
                          + source.version()
                          + " any more: there is nothing to try again");
                }
              } else if (addCases(job, source, chosen) == 0) {
                throw new IllegalArgumentException(
                    "no case runs on version " + source.version() + ": there is nothing to move");
              }
              return job;
            });
    long job = Objects.requireNonNull(id);
    audit.record(
        actor,
        wanted.trial() ? "try-migration" : "begin-migration",
        "case job " + job,
        wanted.processId() + " from version " + wanted.from() + " to " + wanted.to());
    return job;
  }

  /** Without any, a trial would be taken for all. */
  private List<Long> oneOfEachKind(RunningModels.Version source) {
    Set<Long> running =
        Set.copyOf(
            jdbc.queryForList(
                "SELECT process_instance_key FROM engine_instance WHERE bpmn_process_id = ? AND"
                    + " state = 'active' AND version = ?",
                Long.class,
                source.processId(),
                source.version()));
    List<Long> cases =
        tokens.alike(source.key(), KINDS_MAX).stream()
            .map(OpenTokens.Alike::oldest)
            .filter(running::contains)
            .toList();
    if (cases.isEmpty()) {
      throw new IllegalArgumentException(
          "no case is known to wait on version "
              + source.version()
              + ": try again in a moment, or name one");
    }
    return cases;
  }

  private int addRefused(long job, RunningModels.Version source, long refusedBy) {
    return jdbc.update(
        "INSERT INTO case_job_row (job_id, process_instance_key, subject_key, state) SELECT ?,"
            + " i.process_instance_key, i.process_instance_key, 'planned' FROM case_job_row r JOIN"
            + " engine_instance i ON i.process_instance_key = r.process_instance_key WHERE r.job_id = ?"
            + " AND r.state = 'refused' AND i.bpmn_process_id = ? AND i.state = 'active' AND i.version = ?"
            + " ORDER BY i.process_instance_key",
        job,
        refusedBy,
        source.processId(),
        source.version());
  }

  private int addCases(long job, RunningModels.Version source, List<Long> cases) {
    String insert =
        "INSERT INTO case_job_row (job_id, process_instance_key, subject_key, state) SELECT ?,"
            + " process_instance_key, process_instance_key, 'planned' FROM engine_instance WHERE"
            + " bpmn_process_id = ? AND state = 'active' AND version = ?";
    if (cases.isEmpty()) {
      return jdbc.update(
          insert + " ORDER BY process_instance_key", job, source.processId(), source.version());
    }
    int added = 0;
    for (long key : cases) {
      int one =
          jdbc.update(
              insert + " AND process_instance_key = ?",
              job,
              source.processId(),
              source.version(),
              key);
      if (one == 0) {
        throw new IllegalArgumentException(
            "case "
                + key
                + " does not run on version "
                + source.version()
                + " of "
                + source.processId()
                + ": leave it out");
      }
      added += one;
    }
    return added;
  }

  private MappingProposal proposal(RunningModels.Version source, RunningModels.Version target) {
    return new MappingProposal(models.parts(source.key()), models.parts(target.key()));
  }

  private Map<String, String> known(
      RunningModels.Version source, RunningModels.Version target, Map<String, String> mapping) {
    Map<String, Part> from = models.parts(source.key());
    Map<String, Part> to = models.parts(target.key());
    List<String> unknown = new ArrayList<>();
    Map<String, String> ordered = new LinkedHashMap<>();
    mapping.forEach(
        (element, becomes) -> {
          if (!from.containsKey(element)) {
            unknown.add("version " + source.version() + " has no '" + element + "'");
          } else if (!to.containsKey(becomes)) {
            unknown.add("version " + target.version() + " has no '" + becomes + "'");
          }
        });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("mapping: " + String.join("; ", unknown));
    }
    from.keySet().stream()
        .filter(mapping::containsKey)
        .forEach(id -> ordered.put(id, Objects.requireNonNull(mapping.get(id))));
    return ordered;
  }
}
