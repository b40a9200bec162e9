package io.relance.worklist;

import io.relance.kernel.Actor;
import io.relance.outreach.Letters;
import io.relance.outreach.print.PostalHandOver;
import io.relance.outreach.print.PrintBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Completes the tasks of letters that were posted together, as a person would one by one: process
 * and facts take the same way. What cannot be completed is told, and the others go on.
 */
@Component
public class LetterPosting {

  private static final Logger log = LoggerFactory.getLogger(LetterPosting.class);
  private static final int TRACKING_MAX = 60;

  /** A letter that is not completed, and why. */
  public record Problem(long noticeId, String recipient, String reason) {}

  /** What came of a batch. */
  public record Report(int posted, List<Problem> problems) {}

  private final TaskActions actions;
  private final PrintBatches batches;
  private final PostalHandOver provider;
  private final Letters letters;
  private final JdbcTemplate jdbc;

  LetterPosting(
      TaskActions actions,
      PrintBatches batches,
      PostalHandOver provider,
      Letters letters,
      JdbcTemplate jdbc) {
    this.actions = actions;
    this.batches = batches;
    this.provider = provider;
    this.letters = letters;
    this.jdbc = jdbc;
  }

  /** The open task of posting that letter. */
  public Optional<Long> taskOf(long noticeId) {
    return jdbc
        .queryForList(
            """
            SELECT t.user_task_key FROM handover h JOIN engine_user_task t ON t.process_instance_key = h.process_instance_key
              WHERE h.notice_id = ? AND t.element_id = 'Task_PostNotice' AND t.state = 'created'
            UNION ALL
            SELECT t.user_task_key FROM notice n JOIN process_subject s ON s.payer_id = n.payer_id
              JOIN engine_user_task t ON t.process_instance_key = s.process_instance_key
              WHERE n.id = ? AND n.tone <> 'formal' AND t.element_id = 'Task_PostLetter' AND t.state = 'created'
            """,
            Long.class,
            noticeId,
            noticeId)
        .stream()
        .findFirst();
  }

  /** That person posted the letters of the batch; each registered one needs its own number. */
  public Report posted(long batchId, String login) {
    List<Problem> problems = new ArrayList<>();
    int posted = 0;
    for (PrintBatches.Item item : open(batchId)) {
      String problem;
      if (item.registered()) {
        problem = "it needs the number of its posting: complete its task";
      } else if (item.mayBeWithProvider()) {
        problem = "it was given to the provider";
      } else {
        problem = complete(batchId, item, null, login);
      }
      posted += tell(batchId, item, problem, problems);
    }
    return new Report(posted, problems);
  }

  /** Hands the letters of the batch to the provider, and completes the tasks of what it took. */
  public Report release(long batchId, String login) {
    List<Problem> problems = new ArrayList<>();
    int posted = 0;
    for (PrintBatches.Item item : open(batchId)) {
      posted += tell(batchId, item, release(batchId, item, login), problems);
    }
    return new Report(posted, problems);
  }

  /**
   * Takes the task first, so that nobody else posts the letter meanwhile.
   *
   * @return why not; null if it is done
   */
  private @Nullable String release(long batchId, PrintBatches.Item item, String login) {
    if (!item.mayBeWithProvider()) {
      Optional<Long> task = taskOf(item.noticeId());
      if (task.isEmpty()) {
        return "its task is not open now: the process went on, or has not come so far";
      }
      try {
        actions.claim(task.get(), login);
      } catch (TaskTaken | TaskGone | TaskNotYours | TaskUnsure others) {
        return others.getMessage();
      }
    }
    PostalHandOver.Outcome outcome = provider.submit(batchId, item, Actor.user(login));
    return outcome.providerId() == null
        ? String.valueOf(outcome.problem())
        : complete(batchId, item, outcome.providerId(), login);
  }

  private List<PrintBatches.Item> open(long batchId) {
    return batches.items(batchId).stream()
        .filter(item -> item.status() == PrintBatches.Status.OPEN)
        .toList();
  }

  private int tell(
      long batchId, PrintBatches.Item item, @Nullable String problem, List<Problem> problems) {
    if (problem == null) {
      return 1;
    }
    batches.note(batchId, item.noticeId(), problem);
    problems.add(new Problem(item.noticeId(), item.to(), problem));
    return 0;
  }

  /**
   * @param providerId null if that person posted it
   * @return why not; null if it is done
   */
  private @Nullable String complete(
      long batchId, PrintBatches.Item item, @Nullable String providerId, String login) {
    // the task first: if another letter takes this one's place from here on, this task is gone
    Optional<Long> task = taskOf(item.noticeId());
    if (task.isEmpty()) {
      return "its task is not open now: the process went on, or has not come so far";
    }
    if (!item.registered()
        && letters.toPost(item.payerId()).filter(letter -> letter == item.noticeId()).isEmpty()) {
      return "another letter has taken its place";
    }
    String note = "batch " + batchId + (providerId == null ? "" : ", " + providerId);
    try {
      actions.complete(
          task.get(),
          item.registered()
              ? Map.of(
                  "postingOutcome",
                  "posted",
                  "trackingNumber",
                  fit(String.valueOf(providerId)),
                  "postingNote",
                  note)
              : Map.of("letterOutcome", "posted", "letterNote", note),
          login);
      batches.posted(batchId, item.noticeId(), Actor.user(login));
      return null;
    } catch (TaskTaken | TaskGone | TaskNotYours | TaskUnsure | FormNotValid refused) {
      return refused.getMessage();
    }
  }

  private static String fit(String tracking) {
    return tracking.length() <= TRACKING_MAX ? tracking : tracking.substring(0, TRACKING_MAX);
  }

  /** What a crash left between the provider and the tasks. */
  @Scheduled(
      fixedDelayString = "${relance.post.sweep:60s}",
      initialDelayString = "${relance.post.sweep:60s}")
  public void goOn() {
    for (PostalHandOver.Completion left : provider.interrupted()) {
      open(left.batchId()).stream()
          .filter(item -> item.noticeId() == left.noticeId())
          .forEach(
              item -> {
                String problem =
                    complete(left.batchId(), item, left.providerId(), left.releasedBy().name());
                log.info(
                    "Letter {} was with the provider; its task: {}",
                    item.noticeId(),
                    problem == null ? "completed" : problem);
                tell(left.batchId(), item, problem, new ArrayList<>());
              });
    }
  }
}
