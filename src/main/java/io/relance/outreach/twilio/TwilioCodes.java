package io.relance.outreach.twilio;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Twilio's error codes mean to who collects. */
final class TwilioCodes {

  /** The payer told Twilio, or their network, to stop. */
  private static final int OPTED_OUT = 21610;

  /** Faults of the account or of our settings, and limits: nothing is wrong with the payer. */
  private static final Set<Integer> OURS =
      Set.of(
          14107, 20003, 20404, 20429, 21212, 21266, 21603, 21606, 21609, 21611, 21659, 21660, 21661,
          21701, 21703, 21704, 21705, 30001, 30002, 63007, 63018, 63020, 63038);

  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry(21211, "this is no valid number"),
          Map.entry(21214, "this number cannot be reached"),
          Map.entry(21217, "this number is not valid"),
          Map.entry(21219, "a trial account sends to verified numbers only"),
          Map.entry(21265, "this is a short code, which cannot be written to"),
          Map.entry(21408, "the account may not send to this country"),
          Map.entry(OPTED_OUT, "the payer has told Twilio that they want no more messages"),
          Map.entry(21612, "no route leads to this number from ours"),
          Map.entry(21614, "this is no mobile number"),
          Map.entry(21617, "the text is too long"),
          Map.entry(30001, "too many messages waited"),
          Map.entry(30002, "the account is suspended"),
          Map.entry(30003, "the telephone is switched off, out of reach or unknown"),
          Map.entry(30004, "the number is blocked"),
          Map.entry(30005, "this number is not in use"),
          Map.entry(30006, "this is a fixed line, or its network takes no messages"),
          Map.entry(30007, "the network filtered it"),
          Map.entry(30008, "the network does not say why"),
          Map.entry(63003, "nobody has WhatsApp at this number"),
          Map.entry(
              63016,
              "more than a day after the payer wrote, WhatsApp takes approved templates only"),
          Map.entry(63024, "WhatsApp does not take messages for this number"));

  private TwilioCodes() {}

  static boolean isOptOut(int code) {
    return code == OPTED_OUT;
  }

  static boolean isOurs(int code) {
    return OURS.contains(code);
  }

  /**
   * @param otherwise Twilio's own words, for a code that is not known here
   */
  static String words(@Nullable Integer code, @Nullable String otherwise) {
    String said = otherwise == null || otherwise.isBlank() ? "no reason is given" : otherwise;
    return code == null || code == 0
        ? said
        : WORDS.getOrDefault(code, said) + " (Twilio " + code + ")";
  }
}
