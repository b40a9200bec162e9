package io.relance.outreach.permission;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The channels by which payers do not want to hear of us. */
@Component
public class OptOuts {

  /** A channel that a payer does not want. */
  public record OptOut(Channel channel, @Nullable String reason, String actor, Instant since) {}

  /** A payer does not want a channel any more, or wants it again. Published in its transaction. */
  public record Changed(
      long payerId, Channel channel, boolean out, @Nullable String reason, Actor actor) {}

  private final JdbcTemplate jdbc;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  OptOuts(JdbcTemplate jdbc, ApplicationEventPublisher events, InstantSource clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  public List<OptOut> of(long payerId) {
    return jdbc.query(
        "SELECT channel, reason, actor, since FROM contact_opt_out WHERE payer_id = ? ORDER BY channel",
        (rs, n) ->
            new OptOut(
                Channel.of(rs.getString(1)),
                rs.getString(2),
                rs.getString(3),
                Sql.requiredInstant(rs, "since")),
        payerId);
  }

  public boolean has(long payerId, Channel channel) {
    return of(payerId).stream().anyMatch(o -> o.channel() == channel);
  }

  /**
   * The payer does not want this channel. Said twice, the first word stays.
   *
   * @throws IllegalArgumentException for letters: what the law requires must have a way
   */
  @Transactional
  public void add(long payerId, Channel channel, @Nullable String reason, Actor actor) {
    if (channel == Channel.LETTER) {
      throw new IllegalArgumentException(
          "channel is 'letter': a payer cannot opt out of letters, by which legal notices come");
    }
    int added =
        jdbc.update(
            "INSERT IGNORE INTO contact_opt_out (payer_id, channel, reason, actor, since) VALUES (?,?,?,?,?)",
            payerId,
            channel.word(),
            Sql.fit(reason, 200),
            actor.name(),
            Sql.timestamp(clock.instant()));
    if (added > 0) {
      events.publishEvent(new Changed(payerId, channel, true, reason, actor));
    }
  }

  /** The payer wants this channel again; false if they did all the time. */
  @Transactional
  public boolean remove(long payerId, Channel channel, Actor actor) {
    boolean removed =
        jdbc.update(
                "DELETE FROM contact_opt_out WHERE payer_id = ? AND channel = ?",
                payerId,
                channel.word())
            > 0;
    if (removed) {
      events.publishEvent(new Changed(payerId, channel, false, null, actor));
    }
    return removed;
  }
}
