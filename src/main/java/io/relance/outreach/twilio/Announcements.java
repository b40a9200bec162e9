package io.relance.outreach.twilio;

import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import java.util.Map;

/**
 * What is read out to payers by telephone. Anybody may pick it up, so it says who calls and for
 * whom, and nothing of money.
 */
final class Announcements {

  /** Words in a language, ISO 639-1. */
  record Text(String language, String words) {}

  private static final Map<String, String> WORDS =
      Map.of(
          "en",
          "Hello. This is a message from %1$s for %2$s. Please call us back at %3$s. Once more: %3$s. Thank you.",
          "fr",
          "Bonjour. Ceci est un message de %1$s pour %2$s. Merci de nous rappeler au %3$s. Nous répétons : %3$s. Merci.",
          "de",
          "Guten Tag. Dies ist eine Nachricht von %1$s für %2$s. Bitte rufen Sie uns zurück unter %3$s. Noch einmal: %3$s. Vielen Dank.",
          "es",
          "Buenos días. Este es un mensaje de %1$s para %2$s. Por favor, llámenos al %3$s. Repetimos: %3$s. Gracias.",
          "nl",
          "Goedendag. Dit is een bericht van %1$s voor %2$s. Belt u ons alstublieft terug op %3$s. Nogmaals: %3$s. Dank u wel.");

  private Announcements() {}

  /**
   * @throws IllegalArgumentException if the creditor has no number to be called back at
   */
  static Text of(Creditor creditor, Payer payer) {
    if (creditor.phone() == null) {
      throw new IllegalArgumentException(
          "phone of creditor "
              + creditor.code()
              + " is not set: an announcement asks the payer to call back");
    }
    String language =
        payer.language() != null && WORDS.containsKey(payer.language()) ? payer.language() : "en";
    String words = WORDS.getOrDefault(language, "");
    return new Text(
        language, words.formatted(creditor.name(), payer.name(), spelled(creditor.phone())));
  }

  /** Digit by digit: a number of ten digits is not one of millions. */
  private static String spelled(String phone) {
    return String.join(" ", phone.replaceAll("[^0-9+]", "").split(""));
  }
}
