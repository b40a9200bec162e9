package io.relance.outreach;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.relance.ledger.Payer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells numbers that can be written to from those that only ring. */
public final class MobileNumbers {

  private static final Set<PhoneNumberType> MOBILE =
      EnumSet.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private MobileNumbers() {}

  /** The payer's number in the form of E.164; null if it is none, or one of a fixed line. */
  public static @Nullable String of(Payer payer) {
    if (payer.phone() == null) {
      return null;
    }
    try {
      PhoneNumber number = NUMBERS.parse(payer.phone(), payer.country());
      return NUMBERS.isValidNumber(number) && MOBILE.contains(NUMBERS.getNumberType(number))
          ? NUMBERS.format(number, PhoneNumberFormat.E164)
          : null;
    } catch (NumberParseException noNumber) {
      return null;
    }
  }
}
