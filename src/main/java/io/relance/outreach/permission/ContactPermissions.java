package io.relance.outreach.permission;

import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks contact-permission.dmn: a model asks before it plans a contact, and the sender asks the same
 * decision once more before the contact is made.
 */
@Component
public class ContactPermissions {

  private static final String DECISION = "contact-permission";
  private static final int WORKDAYS_AHEAD = 15;
  private static final int WINDOW_DAYS = 7;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> CONTEXT = new TypeReference<>() {};

  private final Payers payers;
  private final Creditors creditors;
  private final PayerZones zones;
  private final OptOuts optOuts;
  private final Reachability reachability;
  private final List<ContactLog> logs;
  private final Decisions decisions;

  ContactPermissions(
      Payers payers,
      Creditors creditors,
      PayerZones zones,
      OptOuts optOuts,
      Reachability reachability,
      List<ContactLog> logs,
      Decisions decisions) {
    this.payers = payers;
    this.creditors = creditors;
    this.zones = zones;
    this.optOuts = optOuts;
    this.reachability = reachability;
    this.logs = logs;
    this.decisions = decisions;
  }

  /** What the decision is to know of a contact at that moment. */
  public Contact contact(long payerId, Channel channel, boolean legal, Instant at) {
    Payer payer = payers.findById(payerId).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    ZoneId zone = zones.of(payer, creditor);
    String country = payer.country() == null ? creditor.country() : payer.country();
    ZonedDateTime local = at.atZone(zone);
    LocalDate date = local.toLocalDate();
    BusinessCalendar theirs = BusinessCalendar.of(zone.getId(), country);
    BusinessCalendar ours = creditor.calendar();
    return new Contact(
        channel.word(),
        country,
        zone.getId(),
        at.truncatedTo(ChronoUnit.MILLIS).toString(),
        date.toString(),
        TIME.format(local),
        isWorked(theirs, ours, date),
        workdaysAfter(date, theirs, ours),
        reachability.of(payer).stream().map(Channel::word).toList(),
        optOuts.of(payerId).stream().map(o -> o.channel().word()).toList(),
        legal,
        logs.stream()
            .flatMap(log -> log.since(payerId, date.minusDays(WINDOW_DAYS - 1L)).stream())
            .toList());
  }

  /** The payer's own calendar: their clock, and their country's holidays. */
  public BusinessCalendar calendarOf(long payerId) {
    Payer payer = payers.findById(payerId).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    return BusinessCalendar.of(
        zones.of(payer, creditor).getId(),
        payer.country() == null ? creditor.country() : payer.country());
  }

  /** Whether a day is worked where the payer is, and where their creditor is. */
  public static boolean isWorked(BusinessCalendar theirs, BusinessCalendar ours, LocalDate day) {
    return theirs.isBusinessDay(day) && ours.isBusinessDay(day);
  }

  /** The next days that are, as the decision reads them. */
  public static List<String> workdaysAfter(
      LocalDate date, BusinessCalendar theirs, BusinessCalendar ours) {
    List<String> days = new ArrayList<>();
    for (LocalDate day = date.plusDays(1); days.size() < WORKDAYS_AHEAD; day = day.plusDays(1)) {
      if (isWorked(theirs, ours, day)) {
        days.add(day.toString());
      }
    }
    return days;
  }

  /**
   * @throws DecisionFailed if the decision has no row for this, or names no moment
   */
  public Permission decide(Contact contact) {
    return decide(decisions, contact);
  }

  /** As {@link #decide(Contact)}, by these decisions. */
  public static Permission decide(Decisions decisions, Contact contact) {
    Map<String, Object> facts = Map.of("contact", JSON.convertValue(contact, CONTEXT));
    Object said = decisions.evaluate(DECISION, facts).output();
    if (!(said instanceof Map<?, ?> row) || row.get("decision") == null) {
      throw new DecisionFailed(
          DECISION, "it says nothing of a contact by " + contact.channel(), facts);
    }
    String decision = String.valueOf(row.get("decision"));
    Instant at = instant(row.get("at"));
    if (at == null && (decision.equals("send") || decision.equals("wait"))) {
      throw new DecisionFailed(
          DECISION, "it names no moment for a contact by " + contact.channel(), facts);
    }
    return new Permission(
        decision,
        row.get("channel") == null ? null : String.valueOf(row.get("channel")),
        at,
        String.valueOf(row.get("reason")));
  }

  /** Whether the payer may be contacted at this moment. */
  public Permission decide(long payerId, Channel channel, boolean legal, Instant at) {
    return decide(contact(payerId, channel, legal, at));
  }

  /** An instant, or a local time with its zone: {@code 2026-03-02T08:00:00@Europe/Paris}. */
  private static @Nullable Instant instant(@Nullable Object at) {
    if (at == null) {
      return null;
    }
    String text = at.toString();
    int zone = text.indexOf('@');
    try {
      return zone < 0
          ? Instant.parse(text)
          : LocalDateTime.parse(text.substring(0, zone))
              .atZone(ZoneId.of(text.substring(zone + 1)))
              .toInstant();
    } catch (DateTimeException unreadable) {
      throw new IllegalArgumentException(
          DECISION + " says '" + text + "', which is no moment", unreadable);
    }
  }
}
