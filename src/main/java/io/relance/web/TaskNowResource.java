package io.relance.web;

import io.relance.casework.ReturnedAnswers;
import io.relance.worklist.TaskEnds;
import io.relance.worklist.TaskForms;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of a task: whether it is open still, and if not, how that came. */
@RestController
class TaskNowResource {

  /**
   * A task as it is now.
   *
   * @param state {@code open}, {@code done} or {@code needless}
   * @param holder who has it, or completed it; null if that is nobody, or nobody knows
   * @param at when it ended
   * @param what the line of the payer's timeline that tells of its end
   * @param returned an answer from elsewhere that is to be corrected with it
   */
  record Now(
      long key,
      String state,
      String name,
      @Nullable String holder,
      @Nullable Instant at,
      @Nullable String what,
      ReturnedAnswers.@Nullable Returned returned) {}

  private final TaskEnds ends;
  private final TaskForms forms;

  TaskNowResource(TaskEnds ends, TaskForms forms) {
    this.ends = ends;
    this.forms = forms;
  }

  @GetMapping("/api/v1/tasks/{key}/now")
  Now now(@PathVariable long key) {
    TaskEnds.Now now =
        ends.of(key).orElseThrow(() -> new Problems.NotFound("There is no task " + key));
    return new Now(
        key,
        now.state().name().toLowerCase(Locale.ROOT),
        now.name(),
        now.holder(),
        now.at(),
        now.what(),
        forms.returned(key).orElse(null));
  }
}
