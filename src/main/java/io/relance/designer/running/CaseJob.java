package io.relance.designer.running;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done to many running cases, one after the other.
 *
 * @param kind {@code migrate}, {@code retime} or {@code retry}
 * @param trial a few cases, to see what the engine says
 * @param mapping of elements
 * @param retries that a failed job gets
 * @param rate cases a second
 * @param state {@code running}, {@code paused}, {@code done} or {@code stopped}
 * @param hindered why it does not get on; null while it does
 */
public record CaseJob(
    long id,
    String kind,
    String processId,
    long fromKey,
    int fromVersion,
    long toKey,
    int toVersion,
    boolean trial,
    Map<String, String> mapping,
    int retries,
    int rate,
    String state,
    @Nullable String hindered,
    String begunBy,
    Instant begunAt,
    @Nullable Instant endedAt) {

  /** The kinds. */
  static final String MIGRATE = "migrate";

  static final String RETIME = "retime";
  static final String RETRY = "retry";

  public boolean isOver() {
    return state.equals("done") || state.equals("stopped");
  }

  /** As the audit trail names it. */
  String subject() {
    return "case job " + id;
  }

  /**
   * How far it is.
   *
   * @param planned still to be done
   * @param doing given to the engine, whose answer is not known yet
   * @param gone ended or moved on before it was their turn
   */
  public record Counts(long planned, long doing, long done, long refused, long gone) {

    public long all() {
      return planned + doing + done + refused + gone;
    }

    /** Percent of all that are over. */
    public long percent() {
      return all() == 0 ? 100 : 100 * (done + refused + gone) / all();
    }
  }

  /**
   * One of its cases.
   *
   * @param subjectKey of the case, the timer or the incident
   * @param besideKey of the element, or of the job that failed
   * @param advice our word for the engine's reason
   * @param said the engine's own words
   */
  public record Row(
      long id,
      long processInstanceKey,
      long subjectKey,
      @Nullable String elementId,
      @Nullable Long besideKey,
      String state,
      int tries,
      @Nullable String advice,
      @Nullable String said,
      @Nullable Instant at) {}

  /**
   * One of its cases, and whose it is.
   *
   * @param customer number of the payer; null if the process is about nobody
   */
  public record Told(
      Row row,
      @Nullable String customer,
      @Nullable String customerName,
      @Nullable String invoice) {}

  /** Cases that the engine refused for one reason; with the words about the first of them. */
  public record Reason(String advice, String said, long cases) {}
}
