package io.relance.casework.acts;

import io.relance.casework.Holds;
import io.relance.casework.Timeline;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people ask a colleague, or a team, about a payer; reminders can wait for the answer. Who is
 * asked has it before them until it is answered, and who asked has the answer until they saw it.
 */
@Component
public class PayerQuestions {

  private static final int TEXT_MAX = 900;
  private static final int SHOWN_MAX = 50;

  /**
   * A question.
   *
   * @param askedOf log-in of a colleague; null if a team is asked
   * @param state {@code open}, {@code answered}, {@code seen} by who asked, or {@code withdrawn}
   */
  public record Question(
      long id,
      long payerId,
      String customerId,
      String customerName,
      String askedBy,
      @Nullable String askedOf,
      @Nullable String team,
      String text,
      Instant askedAt,
      String state,
      @Nullable String answer,
      @Nullable String answeredBy,
      @Nullable Instant answeredAt) {

    public boolean isOpen() {
      return state.equals("open");
    }

    /** The colleague or the team. */
    public String of() {
      return askedOf != null ? askedOf : "team " + team;
    }
  }

  private final JdbcTemplate jdbc;
  private final Holds holds;
  private final Balances balances;
  private final Timeline timeline;
  private final InstantSource clock;

  PayerQuestions(
      JdbcTemplate jdbc, Holds holds, Balances balances, Timeline timeline, InstantSource clock) {
    this.jdbc = jdbc;
    this.holds = holds;
    this.balances = balances;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * Asks.
   *
   * @param askedOf a colleague's log-in, which the caller has checked; or null
   * @param team the name of a team instead; or null
   * @param holdUntil the last day on which nothing is asked of the payer while the question is
   *     open; null if reminders go on
   * @param source of the form; the same one asks once
   * @return its id
   * @throws IllegalArgumentException if nobody, or nothing, is asked
   */
  @Transactional
  public long ask(
      long payerId,
      @Nullable String askedOf,
      @Nullable String team,
      @Nullable String text,
      @Nullable LocalDate holdUntil,
      String source,
      Actor actor) {
    String words = Texts.required("question", text, TEXT_MAX);
    if ((askedOf == null) == (team == null)) {
      throw new IllegalArgumentException("say whom you ask: one colleague or one team");
    }
    balances.lock(List.of(payerId));
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO payer_question (payer_id, asked_by, asked_of, team, question, source, asked_at, state)
            VALUES (?,?,?,?,?,?,?,'open')
            """,
            payerId,
            actor.name(),
            askedOf,
            team,
            words,
            source,
            Sql.timestamp(clock.instant()));
    Question asked = query("q.source = ?", source).getFirst();
    if (added == 1) {
      if (holdUntil != null) {
        holds.begin(
            payerId,
            null,
            "hold",
            "a question to " + asked.of(),
            holdUntil,
            holdOf(asked.id()),
            actor);
      }
      timeline.tell(
          payerId,
          null,
          "question",
          actor,
          "Asked " + asked.of() + ": " + words,
          "question-" + asked.id(),
          null);
    }
    return asked.id();
  }

  /**
   * Answers; what waited for it goes on.
   *
   * @throws NoSuchElementException if there is no such question about this payer
   * @throws IllegalArgumentException if it is answered or withdrawn, or by who asked it
   */
  @Transactional
  public void answer(long payerId, long id, @Nullable String text, Actor actor) {
    String words = Texts.required("answer", text, TEXT_MAX);
    balances.lock(List.of(payerId));
    Question question = require(payerId, id);
    if (question.askedBy().equals(actor.name())) {
      throw new IllegalArgumentException(
          "you asked this yourself: undo the question, or note what you found out");
    }
    if (!question.isOpen()) {
      throw new IllegalArgumentException("the question was " + became(question) + " already");
    }
    jdbc.update(
        "UPDATE payer_question SET state = 'answered', answer = ?, answered_by = ?, answered_at = ? WHERE id = ?",
        words,
        actor.name(),
        Sql.timestamp(clock.instant()),
        id);
    holds.endBegunBy(payerId, holdOf(id), actor);
    timeline.tell(
        payerId,
        null,
        "question-answered",
        actor,
        "Answered " + question.askedBy() + ": " + words,
        "question-answered-" + id,
        null);
  }

  private static String became(Question question) {
    return question.state().equals("withdrawn")
        ? "withdrawn"
        : "answered by " + question.answeredBy();
  }

  /** Who asked has read the answer. */
  @Transactional
  public void seen(long payerId, long id, Actor actor) {
    Question question = require(payerId, id);
    if (!question.askedBy().equals(actor.name())) {
      throw new IllegalArgumentException(question.askedBy() + " asked this, and not you");
    }
    jdbc.update("UPDATE payer_question SET state = 'seen' WHERE id = ? AND state = 'answered'", id);
  }

  /** Nobody needs to answer it any more, and nothing waits for it. */
  void withdraw(long payerId, long id, Actor actor) {
    jdbc.update(
        "UPDATE payer_question SET state = 'withdrawn' WHERE id = ? AND state = 'open'", id);
    holds.endBegunBy(payerId, holdOf(id), actor);
  }

  private static String holdOf(long questionId) {
    return "question-" + questionId;
  }

  private Question require(long payerId, long id) {
    return find(id)
        .filter(q -> q.payerId() == payerId)
        .orElseThrow(() -> new NoSuchElementException("the customer has no question " + id));
  }

  Optional<Question> find(long id) {
    return query("q.id = ?", id).stream().findFirst();
  }

  /** About a payer, the newest first, without those that were withdrawn. */
  public List<Question> of(long payerId) {
    return query(
        "q.payer_id = ? AND q.state <> 'withdrawn' ORDER BY q.asked_at DESC, q.id DESC LIMIT "
            + SHOWN_MAX,
        payerId);
  }

  /** What waits for an answer by this user, or by one of their teams; the oldest first. */
  public List<Question> askedOf(String login, Collection<String> teams) {
    List<Question> all =
        new ArrayList<>(
            query(
                "q.state = 'open' AND q.asked_of = ? ORDER BY q.asked_at, q.id LIMIT " + SHOWN_MAX,
                login));
    if (!teams.isEmpty()) {
      all.addAll(
          query(
              "q.state = 'open' AND q.team IN ("
                  + Sql.marks(teams.size())
                  + ") ORDER BY q.asked_at, q.id LIMIT "
                  + SHOWN_MAX,
              teams.toArray()));
    }
    return all.stream().filter(q -> !q.askedBy().equals(login)).toList();
  }

  /** Answers that this user has not seen. */
  public List<Question> answersFor(String login) {
    return query(
        "q.state = 'answered' AND q.asked_by = ? ORDER BY q.asked_at, q.id LIMIT " + SHOWN_MAX,
        login);
  }

  private List<Question> query(String where, Object... arguments) {
    return jdbc.query(
        "SELECT q.id, q.payer_id, p.number, p.name, q.asked_by, q.asked_of, q.team, q.question, q.asked_at, q.state, q.answer,"
            + " q.answered_by, q.answered_at FROM payer_question q JOIN payer p ON p.id = q.payer_id WHERE "
            + where,
        (rs, n) ->
            new Question(
                rs.getLong(1),
                rs.getLong(2),
                rs.getString(3),
                rs.getString(4),
                rs.getString(5),
                rs.getString(6),
                rs.getString(7),
                rs.getString(8),
                Sql.requiredInstant(rs, "asked_at"),
                rs.getString(10),
                rs.getString(11),
                rs.getString(12),
                Sql.instant(rs, "answered_at")),
        arguments);
  }
}
