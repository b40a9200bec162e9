package io.relance.outreach.permission;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a payer's clock is: as the ledger says; else by their telephone number, if it is of their
 * country; else by their country; else as the creditor's.
 */
@Component
public class PayerZones {

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
      return theirs ? first(zones.getTimeZonesForNumber(number)) : Optional.empty();
    } catch (NumberParseException noNumber) {
      return Optional.empty();
    }
  }

  private Optional<ZoneId> ofCountry(String country) {
    PhoneNumber example = numbers.getExampleNumber(country);
    return example == null ? Optional.empty() : first(zones.getTimeZonesForNumber(example));
  }

  /** A number without a place, such as a mobile one in a large country, may lie in several. */
  private static Optional<ZoneId> first(List<String> found) {
    return found.stream()
        .filter(z -> !z.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone()))
        .findFirst()
        .flatMap(PayerZones::stated);
  }
}
