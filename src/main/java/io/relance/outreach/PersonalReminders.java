package io.relance.outreach;

import io.relance.kernel.Actor;
import io.relance.ledger.Balances;
import io.relance.ledger.Invoice;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.Permission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages that a person asks for, beside those of the strategy: they go the same way, within the
 * same hours and as seldom, and what stands against asking for an invoice stands here too.
 */
@Component
public class PersonalReminders {

  /** What asks begins with this; its end is no word of the strategy's steps. */
  static final String SOURCE = "person-";

  /**
   * What will be written.
   *
   * @param invoices their numbers
   * @param at when it may go
   * @param reason why not at once; empty if it may
   */
  public record Asked(List<String> invoices, Channel channel, Instant at, String reason) {}

  /** A person asked for a message. Published in the transaction that records it. */
  public record Wanted(
      long payerId, Tone tone, Channel channel, List<Long> invoices, String source, Actor actor) {}

  private final NoticeRequests requests;
  private final WorkingChannels working;
  private final ContactPermissions permissions;
  private final NoticeFacts facts;
  private final Balances balances;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  PersonalReminders(
      NoticeRequests requests,
      WorkingChannels working,
      ContactPermissions permissions,
      NoticeFacts facts,
      Balances balances,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.requests = requests;
    this.working = working;
    this.permissions = permissions;
    this.facts = facts;
    this.balances = balances;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Asks for a reminder of all that is overdue, or for a statement of account.
   *
   * @param tone courteous, firm, final or statement
   * @param channel null for the one that works best with the payer
   * @throws IllegalArgumentException if nothing may be asked for, or the payer must not be written
   *     to by this channel
   */
  @Transactional
  public Asked ask(long payerId, Tone tone, @Nullable Channel channel, Actor actor) {
    if (!tone.isReminder() && tone != Tone.STATEMENT) {
      throw new IllegalArgumentException(
          "tone is '"
              + tone.word()
              + "'; a person can ask for courteous, firm, final or statement");
    }
    balances.lock(List.of(payerId));
    Instant now = clock.instant();
    Channel by = channel == null ? working.best(payerId) : channel;
    if (by == null || !by.isWritten()) {
      throw new IllegalArgumentException(
          by == null
              ? "no address of the payer is known to write to"
              : "channel is '" + by.word() + "', by which nothing is written");
    }
    Permission permission = permissions.decide(payerId, by, false, now);
    if (!permission.byThisChannel()) {
      throw new IllegalArgumentException(
          "the payer must not be written to by " + by.word() + ": " + permission.reason());
    }
    List<Invoice> invoices = invoices(payerId, tone, now);
    String source = SOURCE + UUID.randomUUID();
    invoices.forEach(i -> requests.request(payerId, i.id(), by, tone, source + "-" + i.id()));
    List<Long> ids = invoices.stream().map(Invoice::id).toList();
    events.publishEvent(new Wanted(payerId, tone, by, ids, source, actor));
    return new Asked(
        invoices.stream().map(Invoice::number).toList(),
        by,
        permission.at() == null ? now : permission.at(),
        permission.allows() ? "" : permission.reason());
  }

  private List<Invoice> invoices(long payerId, Tone tone, Instant now) {
    NoticeFacts.Facts known = facts.read(payerId, now);
    List<Invoice> wanted = tone.isReminder() ? known.remindable() : known.announceable();
    if (wanted.isEmpty()) {
      String against =
          known.blocked().entrySet().stream()
              .filter(b -> b.getKey().isOverdue(known.day()) == tone.isReminder())
              .map(b -> b.getKey().number() + ": " + b.getValue().words())
              .collect(Collectors.joining("; "));
      throw new IllegalArgumentException(
          (tone.isReminder()
                  ? "nothing is overdue that may be asked for"
                  : "nothing that falls due later may be told of")
              + (against.isEmpty() ? "" : " (" + against + ")"));
    }
    return wanted;
  }
}
