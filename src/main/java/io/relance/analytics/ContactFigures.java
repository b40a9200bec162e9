package io.relance.analytics;

import static io.relance.analytics.AgreementFigures.ofPayers;
import static io.relance.analytics.AgreementFigures.values;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What was sent, who was called and what came of it, and how much of it took a person. */
@Component
public class ContactFigures {

  private static final Set<String> NOT_REACHED = Set.of("no-answer", "wrong-number");

  /** Calls, or visits, with one outcome. */
  public record Calls(String outcome, boolean visit, long made) {

    boolean reached() {
      return !NOT_REACHED.contains(outcome);
    }
  }

  /**
   * Messages of a channel.
   *
   * @param delivered of those sent, as far as the channel tells
   * @param failed did not reach the payer
   * @param unsure whether they went is not known
   * @param replies that came in by this channel
   */
  public record Messages(
      String channel, long sent, long delivered, long failed, long unsure, long replies) {}

  /** A reason for not having paid, as payers told it in calls. */
  public record Reason(String code, long told) {}

  /** What an agent did. */
  public record Agent(
      String login, long tasksDone, long calls, long reached, long promises, long promisesKept) {}

  /**
   * All of a time.
   *
   * @param contactability calls that reached somebody, of those made
   * @param automation messages that no person asked for, of all messages, calls and visits
   */
  public record Contacts(
      List<Calls> calls,
      List<Messages> messages,
      List<Reason> reasons,
      Figure contactability,
      Figure automation) {}

  private final JdbcTemplate jdbc;

  ContactFigures(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public Contacts contacts(Cut cut, Span span) {
    List<Calls> calls = calls(cut, span);
    List<Messages> messages = messages(cut, span);
    long attempts = calls.stream().filter(c -> !c.visit()).mapToLong(Calls::made).sum();
    long reached =
        calls.stream().filter(c -> !c.visit() && c.reached()).mapToLong(Calls::made).sum();
    long visits = calls.stream().filter(Calls::visit).mapToLong(Calls::made).sum();
    long sent = messages.stream().mapToLong(m -> m.sent() + m.failed() + m.unsure()).sum();
    return new Contacts(
        calls,
        messages,
        reasons(cut, span),
        Figure.percent(reached, attempts, Figure.Why.NO_ATTEMPT),
        Figure.percent(sent - personal(cut, span), sent + attempts + visits, Figure.Why.NO_STEP));
  }

  private List<Calls> calls(Cut cut, Span span) {
    return jdbc.query(
        "SELECT c.outcome, c.visit, COUNT(*) FROM payer_call c JOIN payer p ON p.id = c.payer_id"
            + " WHERE c.called_at >= ? AND c.called_at < ? AND c.outcome <> 'skipped'"
            + ofPayers(cut)
            + " GROUP BY c.outcome, c.visit ORDER BY c.visit, COUNT(*) DESC, c.outcome",
        (rs, n) -> new Calls(rs.getString(1), rs.getBoolean(2), rs.getLong(3)),
        values(cut, span.begin(), span.end()));
  }

  private List<Reason> reasons(Cut cut, Span span) {
    return jdbc.query(
        "SELECT c.nonpayment_reason, COUNT(*) FROM payer_call c JOIN payer p ON p.id = c.payer_id"
            + " WHERE c.called_at >= ? AND c.called_at < ? AND c.nonpayment_reason IS NOT NULL"
            + ofPayers(cut)
            + " GROUP BY c.nonpayment_reason ORDER BY COUNT(*) DESC, c.nonpayment_reason",
        (rs, n) -> new Reason(rs.getString(1), rs.getLong(2)),
        values(cut, span.begin(), span.end()));
  }

  private List<Messages> messages(Cut cut, Span span) {
    Map<String, Map<String, Long>> states = new TreeMap<>();
    jdbc.query(
        "SELECT n.channel, n.state, COUNT(*) FROM notice n JOIN payer p ON p.id = n.payer_id"
            + " WHERE n.planned_at >= ? AND n.planned_at < ? AND n.state IN ('sent','delivered','failed','unknown')"
            + ofPayers(cut)
            + " GROUP BY n.channel, n.state",
        rs -> {
          states
              .computeIfAbsent(rs.getString(1), channel -> new HashMap<>())
              .put(rs.getString(2), rs.getLong(3));
        },
        values(cut, span.begin(), span.end()));
    Map<String, Long> replies = new HashMap<>();
    jdbc.query(
        "SELECT m.channel, COUNT(*) FROM inbound_message m JOIN payer p ON p.id = m.payer_id"
            + " WHERE m.kind = 'reply' AND m.received_at >= ? AND m.received_at < ?"
            + ofPayers(cut)
            + " GROUP BY m.channel",
        rs -> {
          replies.put(rs.getString(1), rs.getLong(2));
          states.putIfAbsent(rs.getString(1), Map.of());
        },
        values(cut, span.begin(), span.end()));
    List<Messages> messages = new ArrayList<>();
    states.forEach(
        (channel, of) -> {
          long delivered = of.getOrDefault("delivered", 0L);
          messages.add(
              new Messages(
                  channel,
                  of.getOrDefault("sent", 0L) + delivered,
                  delivered,
                  of.getOrDefault("failed", 0L),
                  of.getOrDefault("unknown", 0L),
                  replies.getOrDefault(channel, 0L)));
        });
    return messages;
  }

  /** Messages that somebody asked for from a customer's page. */
  private long personal(Cut cut, Span span) {
    Long found =
        jdbc.queryForObject(
            "SELECT COUNT(DISTINCT n.id) FROM notice n JOIN payer p ON p.id = n.payer_id"
                + " JOIN notice_request r ON r.notice_id = n.id AND r.payer_id = n.payer_id AND r.source LIKE 'person-%'"
                + " WHERE n.planned_at >= ? AND n.planned_at < ? AND n.state IN ('sent','delivered','failed','unknown')"
                + ofPayers(cut),
            Long.class,
            values(cut, span.begin(), span.end()));
    return found == null ? 0 : found;
  }

  /** Who did something in the time, by log-in. */
  public List<Agent> agents(Cut cut, Span span) {
    Map<String, long[]> done = new TreeMap<>();
    jdbc.query(
        "SELECT t.assignee, COUNT(*) FROM engine_user_task t JOIN process_subject u ON u.process_instance_key = t.process_instance_key"
            + " JOIN payer p ON p.id = u.payer_id"
            + " WHERE t.state = 'completed' AND t.ended_at >= ? AND t.ended_at < ? AND t.assignee IS NOT NULL"
            + ofPayers(cut)
            + " GROUP BY t.assignee",
        rs -> {
          of(done, rs.getString(1))[0] = rs.getLong(2);
        },
        values(cut, span.begin(), span.end()));
    jdbc.query(
        "SELECT c.actor, COUNT(*), SUM(CASE WHEN c.outcome IN ('no-answer','wrong-number') THEN 0 ELSE 1 END) FROM payer_call c"
            + " JOIN payer p ON p.id = c.payer_id"
            + " WHERE c.called_at >= ? AND c.called_at < ? AND c.outcome <> 'skipped'"
            + ofPayers(cut)
            + " GROUP BY c.actor",
        rs -> {
          of(done, rs.getString(1))[1] = rs.getLong(2);
          of(done, rs.getString(1))[2] = rs.getLong(3);
        },
        values(cut, span.begin(), span.end()));
    jdbc.query(
        "SELECT a.actor, COUNT(*), SUM(CASE WHEN a.state = 'kept' THEN 1 ELSE 0 END) FROM payment_promise a"
            + " JOIN payer p ON p.id = a.payer_id WHERE a.created_at >= ? AND a.created_at < ?"
            + ofPayers(cut)
            + " GROUP BY a.actor",
        rs -> {
          of(done, rs.getString(1))[3] = rs.getLong(2);
          of(done, rs.getString(1))[4] = rs.getLong(3);
        },
        values(cut, span.begin(), span.end()));
    return done.entrySet().stream()
        .map(
            each -> {
              long[] of = each.getValue();
              return new Agent(each.getKey(), of[0], of[1], of[2], of[3], of[4]);
            })
        .toList();
  }

  private static long[] of(Map<String, long[]> done, String login) {
    return done.computeIfAbsent(login, any -> new long[5]);
  }
}
