package io.relance.worklist;

import io.relance.access.Role;
import io.relance.access.Users;
import org.springframework.stereotype.Component;

/**
 * Who may do a task: agents those of their group and those of nobody's, managers and admins all.
 * What an agent proposed is not theirs to approve.
 */
@Component
public class TaskRights {

  static final String AGENTS = "agents";

  private final Users users;

  TaskRights(Users users) {
    this.users = users;
  }

  public boolean mayDo(TaskItem task, String login) {
    if (isManager(login)) {
      return true;
    }
    Role role = users.roleOf(login).orElse(null);
    return role == Role.AGENT && (task.groups().isEmpty() || task.groups().contains(AGENTS));
  }

  /** Whether that user leads agents. */
  public boolean isManager(String login) {
    Role role = users.roleOf(login).orElse(null);
    return role == Role.MANAGER || role == Role.ADMIN;
  }

  /** Whether that user does tasks at all. */
  boolean doesTasks(String login) {
    return isManager(login) || users.roleOf(login).orElse(null) == Role.AGENT;
  }

  void require(TaskItem task, String login) {
    if (!mayDo(task, login)) {
      throw new TaskNotYours(task);
    }
  }
}
