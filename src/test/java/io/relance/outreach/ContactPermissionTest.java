package io.relance.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import io.relance.engine.TestDecisions;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.ACreditor;
import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.PayerZones;
import io.relance.outreach.permission.Permission;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** contact-permission.dmn as it ships, and whose clock it goes by. */
class ContactPermissionTest {

  private static final List<String> BOTH = List.of("email", "call");
  private final Decisions decisions = TestDecisions.shipped();

  @Test
  void aCallWaitsForTheHoursOfThePayersOwnDay() {
    assertThat(decide(call("FR", "Europe/Paris", "2026-03-03T09:59:59")))
        .contains("wait 2026-03-03T10:00");
    assertThat(decide(call("FR", "Europe/Paris", "2026-03-03T10:00:00")))
        .contains("send 2026-03-03T10:00");
    assertThat(decide(call("FR", "Europe/Paris", "2026-03-03T13:30:00")))
        .contains("wait 2026-03-03T14:00");
    assertThat(decide(call("FR", "Europe/Paris", "2026-03-06T20:00:00")))
        .as("a Friday evening")
        .contains("wait 2026-03-09T10:00");
    assertThat(decide(call("US", "America/New_York", "2026-03-03T08:59:00")))
        .contains("wait 2026-03-03T09:00");
  }

  /** In the night to 29 March 2026 Paris goes forward, in that to 8 March New York. */
  @Test
  void theHourIsTheClocksOneAcrossAChange() {
    assertThat(at(call("FR", "Europe/Paris", "2026-03-27T21:00:00")))
        .isEqualTo(Instant.parse("2026-03-30T08:00:00Z"));
    assertThat(at(call("US", "America/New_York", "2026-03-06T21:00:00")))
        .isEqualTo(Instant.parse("2026-03-09T13:00:00Z"));
    assertThat(at(call("FR", "Europe/Paris", "2026-10-23T21:00:00")))
        .isEqualTo(Instant.parse("2026-10-26T09:00:00Z"));
  }

  @Test
  void publicHolidaysArePassedOver() {
    assertThat(decide(call("FR", "Europe/Paris", "2026-07-14T11:00:00")))
        .contains("wait 2026-07-15T10:00");
  }

  @Test
  void whoHeardEnoughIsLeftAloneForAWhile() {
    assertThat(decide(mail("2026-03-05T10:00:00", "2026-03-05"))).contains("wait 2026-03-06T08:00");
    assertThat(decide(mail("2026-03-05T10:00:00", "2026-03-03", "2026-02-27", "2026-03-04")))
        .as("the first of three falls out of the seven days on Friday")
        .contains("wait 2026-03-06T08:00");
    assertThat(decide(mail("2026-03-06T10:00:00", "2026-03-03", "2026-03-04")))
        .contains("send 2026-03-06T10:00");
    assertThat(decide(mail("2026-03-05T10:00:00", true, "2026-03-05")))
        .contains("send 2026-03-05T10:00");
  }

  @Test
  void whoDoesNotWantAChannelIsReachedByAnother() {
    Contact mail = mail("2026-03-05T10:00:00");
    assertThat(decide(with(mail, BOTH, List.of("email")))).startsWith("other call");
    assertThat(decide(with(mail, BOTH, List.of("email", "call")))).startsWith("none");
    assertThat(decide(with(mail, List.of("call"), List.of()))).startsWith("other call");
    assertThat(
            decide(with(call("FR", "Europe/Paris", "2026-03-03T03:00:00"), BOTH, List.of("call"))))
        .startsWith("other email");
    assertThat(reason(with(mail, BOTH, List.of("email")))).isEqualTo("they do not want it");
    assertThat(reason(with(mail, List.of("call"), List.of()))).isEqualTo("no address for it");
  }

  @Test
  void aChannelWithoutHoursIsNoChannel() {
    Contact pigeon =
        contact("pigeon", "FR", "Europe/Paris", "2026-03-05T10:00:00", false, List.of("pigeon"));
    assertThatThrownBy(() -> decide(pigeon))
        .isInstanceOf(DecisionFailed.class)
        .hasMessageContaining("contact-permission")
        .hasMessageContaining("pigeon");
  }

  @Test
  void theClockIsThatOfTheLedgerOrOfThePhoneOrOfTheCountry() {
    assertThat(zone("US", "America/Denver", "+1 212 555 0100")).isEqualTo("America/Denver");
    assertThat(zone("US", null, "+1 212 555 0100")).isEqualTo("America/New_York");
    assertThat(zone("US", null, "(213) 555-0100")).isEqualTo("America/Los_Angeles");
    assertThat(zone("JP", null, null)).isEqualTo("Asia/Tokyo");
    assertThat(zone("GB", null, "+33 1 23 45 67 89"))
        .as("a number abroad")
        .isEqualTo("Europe/London");
    assertThat(zone(null, null, "nonsense")).as("the creditor's").isEqualTo("Europe/Paris");
  }

  private String decide(Contact contact) {
    Permission said = ContactPermissions.decide(decisions, contact);
    return said.decision()
        + " "
        + (said.at() == null
            ? said.channel()
            : LocalDateTime.ofInstant(said.at(), ZoneId.of(contact.zone())));
  }

  private String reason(Contact contact) {
    return ContactPermissions.decide(decisions, contact).reason();
  }

  private Instant at(Contact contact) {
    return Objects.requireNonNull(ContactPermissions.decide(decisions, contact).at());
  }

  private static Contact call(String country, String zone, String local) {
    return contact("call", country, zone, local, false, BOTH);
  }

  private static Contact mail(String local, String... heard) {
    return mail(local, false, heard);
  }

  private static Contact mail(String local, boolean legal, String... heard) {
    return contact("email", "FR", "Europe/Paris", local, legal, BOTH, heard);
  }

  private static Contact with(Contact c, List<String> reachableBy, List<String> optedOut) {
    return new Contact(
        c.channel(),
        c.country(),
        c.zone(),
        c.at(),
        c.date(),
        c.time(),
        c.worked(),
        c.workdays(),
        reachableBy,
        optedOut,
        c.legal(),
        c.contacts());
  }

  private static Contact contact(
      String channel,
      String country,
      String zone,
      String local,
      boolean legal,
      List<String> reachableBy,
      String... heard) {
    ZonedDateTime moment = LocalDateTime.parse(local).atZone(ZoneId.of(zone));
    BusinessCalendar calendar = BusinessCalendar.of(zone, country);
    LocalDate day = moment.toLocalDate();
    return new Contact(
        channel,
        country,
        zone,
        moment.toInstant().toString(),
        day.toString(),
        DateTimeFormatter.ofPattern("HH:mm:ss").format(moment),
        calendar.isBusinessDay(day),
        IntStream.rangeClosed(1, 20)
            .mapToObj(day::plusDays)
            .filter(calendar::isBusinessDay)
            .map(LocalDate::toString)
            .toList(),
        reachableBy,
        List.of(),
        legal,
        List.of(heard).stream().map(d -> new Contact.Made(channel, d)).toList());
  }

  private static String zone(
      @Nullable String country, @Nullable String stated, @Nullable String phone) {
    Instant now = Instant.EPOCH;
    Payer payer =
        new Payer(
            1, 1, "P", "Payer", country, stated, null, null, null, null, null, null, phone, null,
            null, null, now, now);
    Creditor creditor = ACreditor.in("FR", "either");
    return new PayerZones().of(payer, creditor).getId();
  }
}
