package io.relance.worklist;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Lists tasks, the most urgent first. A page is read by one index of the read model, then enriched
 * with the payer's facts; the number of all open tasks is kept by the exporter, and other totals
 * are counted up to a limit.
 */
@Component
public class TaskList {

  /** Totals of filtered lists are exact up to this number, and mean "at least" from it on. */
  public static final int COUNTED_MAX = 10_000;

  /** A page of tasks and how many there are in all. */
  public record Page(List<TaskItem> items, long total) {}

  private record Row(
      long key,
      long processKey,
      long processInstanceKey,
      String elementId,
      @Nullable Long formKey,
      String state,
      @Nullable String assignee,
      @Nullable String groups,
      int priority,
      @Nullable Instant dueAt,
      Instant createdAt) {}

  private record Facts(
      String customerId, String customerName, List<String> invoices, @Nullable Money open) {}

  private static final String COLUMNS =
      "t.user_task_key, t.process_key, t.process_instance_key, t.element_id, t.form_key, t.state, t.assignee, t.priority, t.due_at, t.created_at, t.candidate_groups";

  private final JdbcTemplate jdbc;
  private final ProcessModels models;

  TaskList(JdbcTemplate jdbc, ProcessModels models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  public Page list(TaskQuery query) {
    List<Object> arguments = new ArrayList<>();
    String from = from(query, arguments);
    List<Object> paged = new ArrayList<>(arguments);
    paged.add(query.size());
    paged.add(query.page() * query.size());
    List<Row> rows =
        jdbc.query(
            "SELECT " + COLUMNS + from + " ORDER BY t.urgency, t.user_task_key LIMIT ? OFFSET ?",
            TaskList::row,
            paged.toArray());
    return new Page(items(rows), total(query, from, arguments));
  }

  public Optional<TaskItem> find(long key) {
    List<Row> rows =
        jdbc.query(
            "SELECT " + COLUMNS + " FROM engine_user_task t WHERE t.user_task_key = ?",
            TaskList::row,
            key);
    return items(rows).stream().findFirst();
  }

  private static String from(TaskQuery query, List<Object> arguments) {
    StringBuilder sql = new StringBuilder(" FROM engine_user_task t");
    if (query.customer() != null) {
      sql.append(
          " JOIN process_subject c ON c.process_instance_key = t.process_instance_key JOIN payer p ON p.id = c.payer_id AND p.number = ?");
      arguments.add(query.customer());
    }
    sql.append(" WHERE t.state = ?");
    arguments.add(query.state());
    if ("-".equals(query.assignee())) {
      sql.append(" AND t.assignee IS NULL");
    } else if (query.assignee() != null) {
      sql.append(" AND t.assignee = ?");
      arguments.add(query.assignee());
    }
    if (query.type() != null) {
      sql.append(" AND t.element_id = ?");
      arguments.add(query.type());
    }
    return sql.toString();
  }

  private long total(TaskQuery query, String from, List<Object> arguments) {
    boolean allOpen =
        query.state().equals("created")
            && query.assignee() == null
            && query.type() == null
            && query.customer() == null;
    Long total =
        allOpen
            ? jdbc.queryForObject(
                "SELECT COALESCE(SUM(open_tasks), 0) FROM engine_position", Long.class)
            : jdbc.queryForObject(
                "SELECT COUNT(*) FROM (SELECT 1" + from + " LIMIT " + COUNTED_MAX + ") counted",
                Long.class,
                arguments.toArray());
    return total == null ? 0 : total;
  }

  private static Row row(ResultSet rs, int n) throws SQLException {
    return new Row(
        rs.getLong(1),
        rs.getLong(2),
        rs.getLong(3),
        rs.getString(4),
        Sql.number(rs, "form_key"),
        rs.getString(6),
        rs.getString(7),
        rs.getString("candidate_groups"),
        rs.getInt(8),
        Sql.instant(rs, "due_at"),
        Sql.requiredInstant(rs, "created_at"));
  }

  private List<TaskItem> items(List<Row> rows) {
    Map<Long, Facts> facts =
        factsOf(rows.stream().map(Row::processInstanceKey).distinct().toList());
    Map<Long, String> forms =
        formsOf(
            rows.stream().map(Row::formKey).filter(java.util.Objects::nonNull).distinct().toList());
    return rows.stream()
        .map(
            r -> {
              Facts known = facts.get(r.processInstanceKey());
              return new TaskItem(
                  r.key(),
                  r.elementId(),
                  models.nameOf(r.processKey(), r.elementId()),
                  known == null ? null : known.customerId(),
                  known == null ? null : known.customerName(),
                  known == null ? List.of() : known.invoices(),
                  known == null || known.open() == null ? null : known.open().plain(),
                  known == null || known.open() == null ? null : known.open().currencyCode(),
                  r.priority(),
                  r.dueAt(),
                  r.createdAt(),
                  r.assignee(),
                  r.groups() == null ? List.of() : List.of(r.groups().split(",")),
                  r.formKey() == null ? null : forms.get(r.formKey()),
                  r.state());
            })
        .toList();
  }

  /**
   * A process is about an invoice, or about a payer: then the invoices are those that a call is
   * asked for, and their sum is shown where it has one currency.
   */
  private Map<Long, Facts> factsOf(List<Long> instances) {
    Map<Long, Facts> facts = new HashMap<>();
    if (!instances.isEmpty()) {
      jdbc.query(
          """
          SELECT s.process_instance_key, p.number, p.name, i.number, i.open_amount, i.currency FROM process_subject s
          JOIN payer p ON p.id = s.payer_id
          LEFT JOIN call_request r ON s.invoice_id IS NULL AND r.payer_id = s.payer_id AND r.state = 'requested'
          LEFT JOIN invoice i ON i.id = COALESCE(s.invoice_id, r.invoice_id) WHERE s.process_instance_key IN (%s)
          ORDER BY i.due_date
          """
              .formatted(Sql.marks(instances.size())),
          rs -> {
            Money open =
                rs.getString(4) == null
                    ? null
                    : Money.of(rs.getBigDecimal(5).stripTrailingZeros(), rs.getString(6));
            facts.merge(
                rs.getLong(1),
                new Facts(
                    rs.getString(2),
                    rs.getString(3),
                    rs.getString(4) == null ? List.of() : List.of(rs.getString(4)),
                    open),
                TaskList::together);
          },
          instances.toArray());
    }
    return facts;
  }

  private static Facts together(Facts one, Facts other) {
    List<String> invoices = new ArrayList<>(one.invoices());
    invoices.addAll(other.invoices());
    Money sum =
        one.open() != null
                && other.open() != null
                && one.open().currency().equals(other.open().currency())
            ? one.open().plus(other.open())
            : null;
    return new Facts(one.customerId(), one.customerName(), invoices, sum);
  }

  private Map<Long, String> formsOf(List<Long> keys) {
    Map<Long, String> forms = new HashMap<>();
    if (!keys.isEmpty()) {
      jdbc.query(
          "SELECT form_key, form_id FROM engine_form WHERE form_key IN ("
              + Sql.marks(keys.size())
              + ")",
          rs -> {
            forms.put(rs.getLong(1), rs.getString(2));
          },
          keys.toArray());
    }
    return forms;
  }
}
