package io.relance.worklist;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Makes of the read model's rows what a list shows: with the payer, the invoices and the reasons.
 */
@Component
class TaskRows {

  record Row(
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
      Instant createdAt,
      TaskItem.@Nullable Standing standing,
      @Nullable Instant asleepUntil,
      @Nullable String asleepReason) {}

  private record Facts(
      String customerId, String customerName, List<String> invoices, @Nullable Money open) {}

  static final String COLUMNS =
      "t.user_task_key, t.process_key, t.process_instance_key, t.element_id, t.form_key, t.state, t.assignee, t.priority, t.due_at,"
          + " t.created_at, t.candidate_groups, t.standing, t.place, t.queue, t.skill, t.band, t.worth, t.worth_currency, t.why,"
          + " t.call_hours, t.best_hours, t.best_hour, t.asleep_until, t.asleep_reason";

  private final JdbcTemplate jdbc;
  private final ProcessModels models;
  private final InstantSource clock;

  TaskRows(JdbcTemplate jdbc, ProcessModels models, InstantSource clock) {
    this.jdbc = jdbc;
    this.models = models;
    this.clock = clock;
  }

  List<Row> query(String sql, List<?> arguments) {
    return jdbc.query(sql, this::row, arguments.toArray());
  }

  private Row row(ResultSet rs, int n) throws SQLException {
    Instant asleepUntil = Sql.instant(rs, "asleep_until");
    boolean asleep = asleepUntil != null && asleepUntil.isAfter(clock.instant());
    return new Row(
        rs.getLong("user_task_key"),
        rs.getLong("process_key"),
        rs.getLong("process_instance_key"),
        rs.getString("element_id"),
        Sql.number(rs, "form_key"),
        rs.getString("state"),
        rs.getString("assignee"),
        rs.getString("candidate_groups"),
        rs.getInt("priority"),
        Sql.instant(rs, "due_at"),
        Sql.requiredInstant(rs, "created_at"),
        standing(rs),
        asleep ? asleepUntil : null,
        asleep ? rs.getString("asleep_reason") : null);
  }

  private TaskItem.@Nullable Standing standing(ResultSet rs) throws SQLException {
    if (rs.getString("queue").isEmpty()) {
      return null;
    }
    List<String> reasons = new ArrayList<>();
    BigDecimal worth = rs.getBigDecimal("worth");
    String currency = rs.getString("worth_currency");
    if (worth != null && currency != null) {
      reasons.add(Money.of(worth, currency).format(Locale.ENGLISH));
    } else if (worth != null) {
      reasons.add("several currencies");
    }
    String why = rs.getString("why");
    if (why != null && !why.isEmpty()) {
      reasons.addAll(List.of(why.split("\n")));
    }
    Long bestHour = Sql.number(rs, "best_hour");
    int now = CallHours.bit(clock.instant());
    return new TaskItem.Standing(
        rs.getInt("place"),
        rs.getString("queue"),
        rs.getString("skill"),
        rs.getString("band"),
        List.copyOf(reasons),
        bestHour == null ? null : bestHour.intValue(),
        (rs.getInt("call_hours") & now) != 0,
        (rs.getInt("best_hours") & now) != 0);
  }

  List<TaskItem> items(List<Row> rows) {
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
                  r.state(),
                  r.standing(),
                  r.asleepUntil(),
                  r.asleepReason());
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
                rs.getString(4) == null ? null : Money.of(rs.getBigDecimal(5), rs.getString(6));
            facts.merge(
                rs.getLong(1),
                new Facts(
                    rs.getString(2),
                    rs.getString(3),
                    rs.getString(4) == null ? List.of() : List.of(rs.getString(4)),
                    open),
                TaskRows::together);
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
