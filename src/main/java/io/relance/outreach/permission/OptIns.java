package io.relance.outreach.permission;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Payers' consent to the channels that are not used without one. */
@Component
public class OptIns {

  private final JdbcTemplate jdbc;
  private final OptOuts optOuts;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  OptIns(
      JdbcTemplate jdbc, OptOuts optOuts, ApplicationEventPublisher events, InstantSource clock) {
    this.jdbc = jdbc;
    this.optOuts = optOuts;
    this.events = events;
    this.clock = clock;
  }

  public boolean has(long payerId, Channel channel) {
    Long found =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM contact_opt_in WHERE payer_id = ? AND channel = ?",
            Long.class,
            payerId,
            channel.word());
    return found != null && found > 0;
  }

  /**
   * The payer wants this channel. An earlier opt-out of it ends.
   *
   * @throws IllegalArgumentException for a channel that needs no consent
   */
  @Transactional
  public void add(long payerId, Channel channel, Actor actor) {
    if (!channel.needsConsent()) {
      throw new IllegalArgumentException(
          "channel is '" + channel.word() + "', which needs no consent; only whatsapp does");
    }
    optOuts.remove(payerId, channel, actor);
    int added =
        jdbc.update(
            "INSERT IGNORE INTO contact_opt_in (payer_id, channel, actor, since) VALUES (?,?,?,?)",
            payerId,
            channel.word(),
            actor.name(),
            Sql.timestamp(clock.instant()));
    if (added > 0) {
      events.publishEvent(new OptOuts.Changed(payerId, channel, false, null, actor));
    }
  }

  /** The payer takes it back; false if they had not given it. */
  @Transactional
  public boolean remove(long payerId, Channel channel, Actor actor) {
    boolean removed =
        jdbc.update(
                "DELETE FROM contact_opt_in WHERE payer_id = ? AND channel = ?",
                payerId,
                channel.word())
            > 0;
    if (removed) {
      events.publishEvent(new OptOuts.Changed(payerId, channel, true, null, actor));
    }
    return removed;
  }
}
