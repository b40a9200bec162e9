package io.relance.designer.running;

import io.relance.kernel.Actor;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is done to running cases, as it is kept: who began it, how far it is, what was said. */
@Component
public class CaseJobs {

  private static final TypeReference<Map<String, String>> MAPPING = new TypeReference<>() {};
  private static final String COLUMNS =
      "id, kind, bpmn_process_id, from_key, from_version, to_key, to_version, trial, mapping,"
          + " retries, rate, state, hindered, begun_by, begun_at, ended_at";

  private final JdbcTemplate jdbc;
  private final AdjustableClock clock;
  private final JsonMapper json;

  CaseJobs(JdbcTemplate jdbc, AdjustableClock clock, JsonMapper json) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
  }

  public Optional<CaseJob> find(long id) {
    return jdbc.query("SELECT " + COLUMNS + " FROM case_job WHERE id = ?", this::job, id).stream()
        .findFirst();
  }

  /** The newest first. */
  public List<CaseJob> latest(int max) {
    return jdbc.query(
        "SELECT " + COLUMNS + " FROM case_job ORDER BY id DESC LIMIT ?", this::job, max);
  }

  /** What moves this process's cases now, or tries its incidents again. */
  Optional<CaseJob> live(String processId, String live) {
    return jdbc
        .query(
            "SELECT " + COLUMNS + " FROM case_job WHERE bpmn_process_id = ? AND live = ?",
            this::job,
            processId,
            live)
        .stream()
        .findFirst();
  }

  List<CaseJob> running() {
    return jdbc.query(
        "SELECT " + COLUMNS + " FROM case_job WHERE state = 'running' ORDER BY id", this::job);
  }

  /**
   * What is done to one case.
   *
   * @param subjectKey of the timer or the incident
   * @param besideKey of the element, or of the job that failed
   */
  record Row(
      long processInstanceKey,
      long subjectKey,
      @Nullable String elementId,
      @Nullable Long besideKey) {}

  /**
   * @param rate cases a second
   * @throws IllegalArgumentException if it is more than the engine is asked at once, or nothing
   */
  static void requireRate(int rate) {
    if (rate < 1 || rate > Migrations.RATE_MAX) {
      throw new IllegalArgumentException(
          "rate is " + rate + ", and can be 1 to " + Migrations.RATE_MAX + " cases a second");
    }
  }

  /** Adds what is to be done by a job. */
  void plan(long id, List<Row> rows) {
    jdbc.batchUpdate(
        "INSERT INTO case_job_row (job_id, process_instance_key, subject_key, element_id,"
            + " beside_key, state) VALUES (?,?,?,?,?,'planned')",
        rows,
        500,
        (s, row) -> {
          s.setLong(1, id);
          s.setLong(2, row.processInstanceKey());
          s.setLong(3, row.subjectKey());
          s.setString(4, row.elementId());
          s.setObject(5, row.besideKey());
        });
  }

  /** What a job is about, before it has a number. */
  record Fresh(
      String kind,
      String processId,
      long fromKey,
      int fromVersion,
      long toKey,
      int toVersion,
      boolean trial,
      Map<String, String> mapping,
      int retries,
      int rate) {

    String live() {
      return kind.equals(CaseJob.RETRY) ? "incidents" : "cases";
    }
  }

  /**
   * Writes it down without cases, so that it runs only once they are there.
   *
   * @throws RunningConflict if another one is live
   */
  long begin(Fresh job, Actor actor) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    try {
      jdbc.update(
          connection -> {
            var insert =
                connection.prepareStatement(
                    "INSERT INTO case_job (kind, bpmn_process_id, from_key, from_version, to_key,"
                        + " to_version, trial, mapping, retries, rate, state, live, begun_by,"
                        + " begun_at) VALUES (?,?,?,?,?,?,?,?,?,?,'running',?,?,?)",
                    Statement.RETURN_GENERATED_KEYS);
            insert.setString(1, job.kind());
            insert.setString(2, job.processId());
            insert.setLong(3, job.fromKey());
            insert.setInt(4, job.fromVersion());
            insert.setLong(5, job.toKey());
            insert.setInt(6, job.toVersion());
            insert.setBoolean(7, job.trial());
            insert.setString(8, json.writeValueAsString(job.mapping()));
            insert.setInt(9, job.retries());
            insert.setInt(10, job.rate());
            insert.setString(11, job.live());
            insert.setString(12, actor.name());
            insert.setTimestamp(13, Sql.timestamp(clock.instant()));
            return insert;
          },
          key);
    } catch (DuplicateKeyException busy) {
      throw new RunningConflict(
          live(job.processId(), job.live())
              .map(
                  other ->
                      "Number "
                          + other.id()
                          + ", begun by "
                          + other.begunBy()
                          + ", is still "
                          + other.state()
                          + " for "
                          + job.processId()
                          + ": wait until it is over, or stop it")
              .orElse("Another one ended at this moment: try again"));
    }
    return Objects.requireNonNull(key.getKey()).longValue();
  }

  public CaseJob.Counts counts(long id) {
    Map<String, Long> by = new HashMap<>();
    jdbc.query(
        "SELECT state, COUNT(*) FROM case_job_row WHERE job_id = ? GROUP BY state",
        rs -> {
          by.put(rs.getString(1), rs.getLong(2));
        },
        id);
    return new CaseJob.Counts(
        by.getOrDefault("planned", 0L),
        by.getOrDefault("doing", 0L),
        by.getOrDefault("done", 0L),
        by.getOrDefault("refused", 0L),
        by.getOrDefault("gone", 0L));
  }

  /** Why the engine refused, the most frequent reason first. */
  public List<CaseJob.Reason> reasons(long id) {
    return jdbc.query(
        "SELECT advice, MIN(said), COUNT(*) AS cases FROM case_job_row WHERE job_id = ? AND state ="
            + " 'refused' GROUP BY advice ORDER BY cases DESC, advice",
        (rs, n) -> new CaseJob.Reason(rs.getString(1), rs.getString(2), rs.getLong(3)),
        id);
  }

  /**
   * Its cases in the order in which they are done.
   *
   * @param state null for all
   */
  public List<CaseJob.Told> cases(long id, @Nullable String state, int max) {
    List<Object> arguments = new ArrayList<>(List.of(id));
    if (state != null) {
      arguments.add(state);
    }
    arguments.add(max);
    return jdbc.query(
        "SELECT r.*, p.number, p.name, i.number AS invoice FROM case_job_row r LEFT JOIN"
            + " process_subject u ON u.process_instance_key = r.process_instance_key LEFT JOIN"
            + " payer p ON p.id = u.payer_id LEFT JOIN invoice i ON i.id = u.invoice_id WHERE"
            + " r.job_id = ?"
            + (state == null ? "" : " AND r.state = ?")
            + " ORDER BY r.id LIMIT ?",
        (rs, n) ->
            new CaseJob.Told(
                row(rs), rs.getString("number"), rs.getString("name"), rs.getString("invoice")),
        arguments.toArray());
  }

  static CaseJob.Row row(ResultSet rs) throws SQLException {
    return new CaseJob.Row(
        rs.getLong("id"),
        rs.getLong("process_instance_key"),
        rs.getLong("subject_key"),
        rs.getString("element_id"),
        Sql.number(rs, "beside_key"),
        rs.getString("state"),
        rs.getInt("tries"),
        rs.getString("advice"),
        rs.getString("said"),
        Sql.instant(rs, "at"));
  }

  private CaseJob job(ResultSet rs, int n) throws SQLException {
    return new CaseJob(
        rs.getLong("id"),
        rs.getString("kind"),
        rs.getString("bpmn_process_id"),
        rs.getLong("from_key"),
        rs.getInt("from_version"),
        rs.getLong("to_key"),
        rs.getInt("to_version"),
        rs.getBoolean("trial"),
        json.readValue(rs.getString("mapping"), MAPPING),
        rs.getInt("retries"),
        rs.getInt("rate"),
        rs.getString("state"),
        rs.getString("hindered"),
        rs.getString("begun_by"),
        Sql.requiredInstant(rs, "begun_at"),
        Sql.instant(rs, "ended_at"));
  }
}
