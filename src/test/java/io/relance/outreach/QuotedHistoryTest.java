package io.relance.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody wrote, told from what they answered. */
class QuotedHistoryTest {

  @Test
  void whatIsBelowTheAnswerIsLeftOut() {
    for (String begins :
        List.of(
            "On Mon, 2 Mar 2026 at 10:00, Accounts <a@b.example> wrote:",
            "On Mon, 2 Mar 2026 at 10:00, Accounts\n<a@b.example> wrote:",
            "Le lun. 2 mars 2026 à 10:00, Accounts <a@b.example> a écrit :",
            "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Accounts <a@b.example>:",
            "El lun, 2 mar 2026 a las 10:00, Accounts (<a@b.example>) escribió:",
            "Op ma 2 mrt 2026 om 10:00 schreef Accounts <a@b.example>:",
            "-----Original Message-----",
            "-----Ursprüngliche Nachricht-----",
            "From: Accounts\nSent: Monday",
            "De : Accounts\nEnvoyé : lundi",
            "Von: Accounts\nGesendet: Montag")) {
      assertThat(QuotedHistory.without("We paid.\n\n" + begins + "\n\nPlease pay.\n"))
          .as(begins)
          .isEqualTo("We paid.");
    }
  }

  @Test
  void answersBetweenTheLinesAreKept() {
    assertThat(QuotedHistory.without("> Invoice 1\npaid\n> Invoice 2\nwrong price"))
        .isEqualTo("paid\nwrong price");
  }

  @Test
  void ordinaryWordsAreNoHistory() {
    String text = "On Monday I wrote to you.\nFrom: our side all is well.";
    assertThat(QuotedHistory.without(text)).isEqualTo(text);
  }

  @Test
  void whereNothingElseIsThereTheQuoteIsShown() {
    assertThat(QuotedHistory.without("> only this")).isEqualTo("> only this");
  }
}
