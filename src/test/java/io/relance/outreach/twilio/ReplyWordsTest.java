package io.relance.outreach.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.outreach.twilio.ReplyWords.Meaning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyWordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        " stop. ",
        "StopAll",
        "unsubscribe",
        "Quit!",
        "ARRÊT",
        "arret",
        "Désabonner",
        "stop sms",
        "Stopp",
        "Abmelden",
        "ENDE",
        "aufhören",
        "BAJA",
        "parar",
        "Alto",
        "Stoppen",
        "afmelden",
        "Uitschrijven"
      })
  void aWordAloneIsAnOrderToStop(String text) {
    assertThat(ReplyWords.of(text)).isEqualTo(Meaning.STOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"START", "unstop", "Réabonner", "anmelden", "ALTA", "aanmelden"})
  void aWordAloneIsAnOrderToStart(String text) {
    assertThat(ReplyWords.of(text)).isEqualTo(Meaning.START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I will pay on Friday",
        "je paie le 12/03",
        "Ich überweise morgen",
        "Pagaré el 3-4",
        "Wij betalen volgende week"
      })
  void whatNamesADayToPayMayBeAPromise(String text) {
    assertThat(ReplyWords.of(text)).isEqualTo(Meaning.PROMISE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "please stop by on Monday",
        "stop that nonsense",
        "When is the end of the month?",
        "Who are you?",
        "already paid",
        "🙂"
      })
  void whateverElseIsForAPersonToRead(String text) {
    assertThat(ReplyWords.of(text)).isEqualTo(Meaning.OTHER);
  }
}
