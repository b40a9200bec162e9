package io.relance.outreach.twilio;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a short answer means, in the languages that we write in. Only a word that stands alone is an
 * order; whatever says more is for a person to read.
 */
final class ReplyWords {

  /** What was meant. */
  enum Meaning {
    STOP,
    START,
    /** Perhaps a promise: a person reads it, and takes it down if it is one. */
    PROMISE,
    OTHER
  }

  private static final Set<String> STOP =
      Set.of(
          // English, and what networks know everywhere
          "stop",
          "stopall",
          "stop all",
          "unsubscribe",
          "cancel",
          "end",
          "quit",
          "opt out",
          "optout",
          "revoke",
          "remove",
          // French
          "arret",
          "arreter",
          "arretez",
          "stop sms",
          "desabonner",
          "desabonnement",
          "me desabonner",
          "desinscrire",
          "desinscription",
          "fin",
          "annuler",
          // German
          "stopp",
          "abmelden",
          "abmeldung",
          "abbestellen",
          "ende",
          "beenden",
          "aufhoren",
          "abbruch",
          // Spanish
          "baja",
          "darse de baja",
          "dar de baja",
          "parar",
          "alto",
          "cancelar",
          "detener",
          // Dutch
          "stoppen",
          "afmelden",
          "uitschrijven",
          "einde",
          "opzeggen",
          "annuleren");

  private static final Set<String> START =
      Set.of(
          "start",
          "unstop",
          "subscribe",
          "resume",
          "opt in",
          "optin",
          "reprendre",
          "reabonner",
          "abonner",
          "starten",
          "anmelden",
          "fortsetzen",
          "alta",
          "iniciar",
          "reanudar",
          "aanmelden",
          "inschrijven",
          "hervatten");

  private static final Pattern PAY =
      Pattern.compile(
          "\\b(pay|paying|payment|paid|transfer"
              + "|paie|paye|payer|paierai|payerai|regle|regler|reglerai|reglement|virement|vire"
              + "|zahle|zahlen|bezahle|bezahlen|uberweise|uberweisen|uberweisung"
              + "|pago|pagare|pagar|pagamos|transferencia|transferire"
              + "|betaal|betalen|betaling|overmaken)\\b");

  private static final Pattern WHEN =
      Pattern.compile(
          "\\b(\\d{1,2}[./-]\\d{1,2}([./-]\\d{2,4})?|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(st|nd|rd|th)"
              + "|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month"
              + "|aujourd|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|semaine|mois"
              + "|heute|morgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|woche|monat"
              + "|hoy|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|semana|mes"
              + "|vandaag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|maand)\\b");

  private ReplyWords() {}

  static Meaning of(String text) {
    String plain = plain(text);
    String alone = plain.replaceAll("[^a-z0-9]+", " ").strip();
    if (STOP.contains(alone)) {
      return Meaning.STOP;
    }
    if (START.contains(alone)) {
      return Meaning.START;
    }
    return PAY.matcher(plain).find() && WHEN.matcher(plain).find()
        ? Meaning.PROMISE
        : Meaning.OTHER;
  }

  /** In small letters, without accents. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }
}
