package io.relance.outreach;

import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Reachability;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * By which written channel a payer answers. Of those that reach them, that they want, and, if there
 * is one, whose last message was not refused: the one whose messages of a year were most often
 * followed by money within a week. With fewer than three messages nothing is known of a channel;
 * where nothing is known, or two work equally well, the order is that of {@link Channel}.
 */
@Component
public class WorkingChannels {

  private static final int TRIED_WITHIN_DAYS = 365;
  private static final int ANSWERED_WITHIN_DAYS = 7;
  private static final int TRIES_MIN = 3;

  private final Reachability reachability;
  private final Payers payers;
  private final Creditors creditors;
  private final Carriers carriers;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  WorkingChannels(
      Reachability reachability,
      Payers payers,
      Creditors creditors,
      Carriers carriers,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.reachability = reachability;
    this.payers = payers;
    this.creditors = creditors;
    this.carriers = carriers;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The channel that works best now; null if no written one can be used. */
  public @Nullable Channel best(long payerId) {
    Payer payer = payers.findById(payerId).orElseThrow();
    LocalDate today =
        creditors.findById(payer.creditorId()).orElseThrow().calendar().dateOf(clock.instant());
    List<Channel> written =
        reachability.wanted(payerId).stream().filter(Channel::isWritten).toList();
    List<Channel> good = written.stream().filter(c -> !lastWasRefused(payer, c)).toList();
    // where all were refused, a mailbox that was full may be empty by now
    List<Channel> usable = good.isEmpty() ? written : good;
    if (usable.size() < 2) {
      return usable.isEmpty() ? null : usable.getFirst();
    }
    Map<Channel, Double> answered = answered(payerId, today);
    return usable.stream()
        .max(
            Comparator.comparingDouble((Channel c) -> answered.getOrDefault(c, 0.0))
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  private boolean lastWasRefused(Payer payer, Channel channel) {
    if (!channel.isMessage()) {
      return false;
    }
    return jdbc
        .queryForList(
            "SELECT CASE WHEN state = 'failed' THEN recipient END FROM notice WHERE payer_id = ? AND channel = ?"
                + " AND state IN ('sent','delivered','unknown','failed') ORDER BY id DESC LIMIT 1",
            String.class,
            payer.id(),
            channel.word())
        .stream()
        .anyMatch(refused -> refused != null && refused.equals(carriers.addressOf(payer, channel)));
  }

  /** The share of messages that money followed, where there were enough. */
  private Map<Channel, Double> answered(long payerId, LocalDate today) {
    Map<Channel, Double> shares = new TreeMap<>();
    jdbc.query(
        """
        SELECT n.channel, COUNT(*), SUM(CASE WHEN EXISTS (SELECT 1 FROM allocation a JOIN invoice i ON i.id = a.invoice_id
            WHERE i.payer_id = n.payer_id AND a.kind IN ('payment','ledger') AND a.amount > 0
              AND a.booked_on BETWEEN n.business_date AND DATE_ADD(n.business_date, INTERVAL ? DAY)) THEN 1 ELSE 0 END)
        FROM notice n WHERE n.payer_id = ? AND n.state IN ('sent','delivered') AND n.tone NOT IN ('thanks','formal')
          AND n.business_date BETWEEN ? AND ?
        GROUP BY n.channel HAVING COUNT(*) >= ?
        """,
        rs -> {
          shares.put(Channel.of(rs.getString(1)), rs.getDouble(3) / rs.getDouble(2));
        },
        ANSWERED_WITHIN_DAYS,
        payerId,
        today.minusDays(TRIED_WITHIN_DAYS),
        today,
        TRIES_MIN);
    return shares;
  }
}
