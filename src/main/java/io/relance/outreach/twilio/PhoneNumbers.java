package io.relance.outreach.twilio;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** Numbers that ring, of any kind. */
final class PhoneNumbers {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private PhoneNumbers() {}

  /**
   * The number in the form of E.164; null if it is none.
   *
   * @param country where it is, if it does not say so itself
   */
  static @Nullable String e164(@Nullable String typed, @Nullable String country) {
    if (typed == null) {
      return null;
    }
    try {
      PhoneNumber number = NUMBERS.parse(typed, country);
      return NUMBERS.isValidNumber(number) ? NUMBERS.format(number, PhoneNumberFormat.E164) : null;
    } catch (NumberParseException noNumber) {
      return null;
    }
  }
}
