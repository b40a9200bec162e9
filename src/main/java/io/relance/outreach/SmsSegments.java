package io.relance.outreach;

/**
 * Counts the parts that a text message is sent and paid in: of 160 characters of the GSM alphabet,
 * or 153 where there are several; of 70, or 67, UTF-16 units if any character is outside it.
 */
final class SmsSegments {

  private static final String GSM =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Written as an escape and a character: two of the 160. */
  private static final String GSM_EXTENDED = "\f^{}\\[~]|€";

  private static final int GSM_ALONE = 160;
  private static final int GSM_PART = 153;
  private static final int UCS2_ALONE = 70;
  private static final int UCS2_PART = 67;

  private SmsSegments() {}

  /** How many parts this text makes; 1 for an empty one. */
  static int of(String text) {
    boolean gsm = isGsm(text);
    int alone = gsm ? GSM_ALONE : UCS2_ALONE;
    int part = gsm ? GSM_PART : UCS2_PART;
    int total = text.codePoints().map(c -> width(c, gsm)).sum();
    return total <= alone ? 1 : parts(text, gsm, part);
  }

  /** Whether the text needs no more than the GSM alphabet. */
  static boolean isGsm(String text) {
    return text.codePoints().allMatch(c -> GSM.indexOf(c) >= 0 || GSM_EXTENDED.indexOf(c) >= 0);
  }

  /** A character of two units is never split between two parts. */
  private static int parts(String text, boolean gsm, int size) {
    int parts = 1;
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      int width = width(c, gsm);
      if (used + width > size) {
        parts++;
        used = 0;
      }
      used += width;
    }
    return parts;
  }

  private static int width(int c, boolean gsm) {
    return gsm ? (GSM.indexOf(c) >= 0 ? 1 : 2) : Character.charCount(c);
  }
}
