package io.relance.worklist;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.outreach.PersonalReminders;
import io.relance.outreach.Tone;
import io.relance.outreach.permission.Channel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Asks for a message to the payers of many tasks, each payer once however many of their tasks are
 * marked. What stands against writing to one is told, and the others are written to.
 */
@Component
class BulkMessages {

  private record Payer(long id, long taskKey, String number, String name) {

    String words() {
      return name + " (" + number + ")";
    }
  }

  private final JdbcTemplate jdbc;
  private final PersonalReminders reminders;
  private final Audit audit;

  BulkMessages(JdbcTemplate jdbc, PersonalReminders reminders, Audit audit) {
    this.jdbc = jdbc;
    this.reminders = reminders;
    this.audit = audit;
  }

  /**
   * Asks for them.
   *
   * @param keys of tasks
   * @param tone courteous, firm, final or statement
   * @param channel null or empty for the one that works best with each payer
   * @return how many payers are written to, and why others are not
   * @throws IllegalArgumentException if there is no such tone or channel; then nothing is asked for
   */
  BulkTasks.Report send(
      Set<Long> keys, @Nullable String tone, @Nullable String channel, String by) {
    if (tone == null || tone.isBlank()) {
      throw new IllegalArgumentException(
          "tone is missing: say courteous, firm, final or statement");
    }
    Tone wanted = Tone.of(tone);
    Channel wantedBy = channel == null || channel.isBlank() ? null : Channel.of(channel);
    Actor actor = Actor.user(by);
    List<BulkTasks.Problem> problems = new ArrayList<>();
    Map<Long, Payer> payers = payers(keys, problems);
    int asked = 0;
    for (Payer payer : payers.values()) {
      try {
        reminders.ask(payer.id(), wanted, wantedBy, actor);
        audit.record(actor, "ask-for-message", "customer " + payer.number(), tone);
        asked++;
      } catch (IllegalArgumentException | PessimisticLockingFailureException refused) {
        problems.add(
            new BulkTasks.Problem(
                payer.taskKey(), payer.words(), String.valueOf(refused.getMessage())));
      }
    }
    return new BulkTasks.Report("send", asked, List.copyOf(problems));
  }

  /** By their ids, in the order of their first task; a task of no payer is a problem. */
  private Map<Long, Payer> payers(Set<Long> keys, List<BulkTasks.Problem> problems) {
    Map<Long, Payer> byTask = new LinkedHashMap<>();
    jdbc.query(
        "SELECT t.user_task_key, p.id, p.number, p.name FROM engine_user_task t"
            + " JOIN process_subject s ON s.process_instance_key = t.process_instance_key JOIN payer f ON f.id = s.payer_id JOIN payer p ON p.id = COALESCE(f.merged_into, f.id)"
            + " WHERE t.user_task_key IN ("
            + Sql.marks(keys.size())
            + ")",
        rs -> {
          byTask.put(
              rs.getLong(1),
              new Payer(rs.getLong(2), rs.getLong(1), rs.getString(3), rs.getString(4)));
        },
        keys.toArray());
    Map<Long, Payer> payers = new LinkedHashMap<>();
    for (long key : keys) {
      Payer payer = byTask.get(key);
      if (payer == null) {
        problems.add(new BulkTasks.Problem(key, "Task " + key, "it is of no payer, or gone"));
      } else {
        payers.putIfAbsent(payer.id(), payer);
      }
    }
    return payers;
  }
}
