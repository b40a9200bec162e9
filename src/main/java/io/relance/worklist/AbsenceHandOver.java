package io.relance.worklist;

import io.relance.kernel.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes from whoever is away what they have, sleeping or not, and what a process gives to them
 * meanwhile: it goes to who stands in, or back to its queue. What was done once is not there
 * another time, so that a restart goes on.
 */
@Component
public class AbsenceHandOver {

  private static final Logger log = LoggerFactory.getLogger(AbsenceHandOver.class);
  private static final Actor ABSENCES = Actor.system("absences");
  private static final int A_ROUND = 200;

  private final JdbcTemplate jdbc;
  private final Absences absences;
  private final TaskActions actions;
  private final TaskList tasks;
  private final TaskRights rights;

  AbsenceHandOver(
      JdbcTemplate jdbc,
      Absences absences,
      TaskActions actions,
      TaskList tasks,
      TaskRights rights) {
    this.jdbc = jdbc;
    this.absences = absences;
    this.actions = actions;
    this.tasks = tasks;
    this.rights = rights;
  }

  @Scheduled(
      fixedDelayString = "${relance.worklist.absences:10s}",
      initialDelayString = "${relance.worklist.absences:10s}")
  public synchronized void handOver() {
    Map<String, Absences.Absence> away = absences.now();
    StandIns standIns = new StandIns(away);
    away.values().forEach(absence -> handOver(absence, standIns.of(absence.login())));
  }

  private void handOver(Absences.Absence absence, Optional<String> standIn) {
    List<Long> held =
        jdbc.queryForList(
            "SELECT user_task_key FROM engine_user_task FORCE INDEX (engine_user_task_assignee)"
                + " WHERE state = 'created' AND assignee = ? ORDER BY place, user_task_key LIMIT "
                + A_ROUND,
            Long.class,
            absence.login());
    for (TaskItem task : tasks.find(held)) {
      String words = absence.login() + " is away until " + absence.to();
      try {
        String to = standIn.filter(deputy -> rights.mayDo(task, deputy)).orElse(null);
        if (to == null) {
          actions.takeFrom(task.key(), absence.login(), ABSENCES, words);
        } else {
          actions.giveFrom(task.key(), absence.login(), to, ABSENCES, words);
        }
      } catch (TaskGone | TaskTaken | TaskNotYours | TaskUnsure overtaken) {
        log.debug("Task {} needs no other hands: {}", task.key(), overtaken.getMessage());
      }
    }
  }
}
