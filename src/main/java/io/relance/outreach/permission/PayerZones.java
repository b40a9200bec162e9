package io.relance.outreach.permission;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a payer's clock is: as the ledger says; else by their telephone number, if it is of their
 * country and lies in one zone; else by their country; else as the creditor's.
 */
@Component
public class PayerZones {

  /**
   * Where most people of a country with several zones live, in its middle where they live
   * everywhere: for payers of whom nothing more is known.
   */
  private static final Map<String, ZoneId> MAIN =
      Map.of(
          "ES", ZoneId.of("Europe/Madrid"),
          "PT", ZoneId.of("Europe/Lisbon"),
          "US", ZoneId.of("America/Chicago"),
          "CA", ZoneId.of("America/Toronto"),
          "BR", ZoneId.of("America/Sao_Paulo"),
          "MX", ZoneId.of("America/Mexico_City"),
          "AU", ZoneId.of("Australia/Sydney"),
          "RU", ZoneId.of("Europe/Moscow"));

  private static final Instant THESE_DAYS = Instant.parse("2026-01-01T00:00:00Z");

  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
  private final PhoneNumberToTimeZonesMapper zones = PhoneNumberToTimeZonesMapper.getInstance();
  private final Map<String, Optional<ZoneId>> ofCountries = new ConcurrentHashMap<>();

  public ZoneId of(Payer payer, Creditor creditor) {
    return stated(payer.timeZone())
        .or(() -> ofPhone(payer))
        .or(
            () ->
                payer.country() == null || payer.country().equals(creditor.country())
                    ? Optional.empty()
                    : ofCountries.computeIfAbsent(payer.country(), this::ofCountry))
        .orElseGet(() -> ZoneId.of(creditor.zone()));
  }

  private static Optional<ZoneId> stated(@Nullable String zone) {
    try {
      return zone == null ? Optional.empty() : Optional.of(ZoneId.of(zone));
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private Optional<ZoneId> ofPhone(Payer payer) {
    if (payer.phone() == null) {
      return Optional.empty();
    }
    try {
      PhoneNumber number = numbers.parse(payer.phone(), payer.country());
      String region = numbers.getRegionCodeForNumber(number);
      boolean theirs =
          region != null && (payer.country() == null || region.equals(payer.country()));
      return theirs ? single(zones.getTimeZonesForNumber(number)) : Optional.empty();
    } catch (NumberParseException noNumber) {
      return Optional.empty();
    }
  }

  private Optional<ZoneId> ofCountry(String country) {
    PhoneNumber example = numbers.getExampleNumber(country);
    return MAIN.containsKey(country)
        ? Optional.of(MAIN.get(country))
        : example == null ? Optional.empty() : single(zones.getTimeZonesForNumber(example));
  }

  /**
   * How a zone's clock goes these days; zones of the same country often differ in the past only.
   */
  private static List<Object> clock(ZoneId zone) {
    return List.of(
        zone.getRules().getTransitionRules(), zone.getRules().getStandardOffset(THESE_DAYS));
  }

  /**
   * A number without a place, such as a mobile one in a large country, may lie in several zones,
   * and then says nothing, unless their clocks show the same.
   */
  private static Optional<ZoneId> single(List<String> found) {
    List<ZoneId> known =
        found.stream()
            .filter(z -> !z.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone()))
            .flatMap(z -> stated(z).stream())
            .toList();
    return known.stream().map(PayerZones::clock).distinct().count() == 1
        ? Optional.of(known.getFirst())
        : Optional.empty();
  }
}
