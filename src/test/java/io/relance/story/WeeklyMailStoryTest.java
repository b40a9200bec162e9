package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import io.relance.support.SmtpGate;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of the week reach who wants them, on Monday, once. */
class WeeklyMailStoryTest {

  private static final String MANAGER = "marie@atelier-moreau.example";
  private static final String ADMIN = "adam@atelier-moreau.example";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @AfterEach
  void nobodyWantsIt() {
    SharedServer.gate().make(SmtpGate.Trouble.NONE, "");
    for (String user : List.of("manager", "admin")) {
      server.delete("/api/v1/me/weekly-mail", user).expect(204);
    }
  }

  @Test
  void whoWishesForItGetsItOnceAWeek() throws MessagingException, IOException {
    PayerFixture payer = aPayer(server).owes(1, "100.00", "EUR", 5);
    int before = mails(MANAGER).size();
    // another story of this server may have told it
    server.database().update("UPDATE app_user SET email = NULL WHERE login = 'manager'");
    assertThat(wish("manager", "fr", 400)).contains("email is missing");
    assertThat(
            server
                .put("/api/v1/me/email", "{\"email\":\"marie@elsewhere.example\"}", "manager")
                .expect(400)
                .body())
        .contains("addresses of your own at atelier-moreau.example");
    readsAt("manager", MANAGER);
    wish("manager", "fr", 204);
    server.advance("P1D");
    assertThat(mails(MANAGER)).as("of this Monday it was too late").hasSize(before);
    payer.pays(1, "30.00", "EUR");
    server.advance("P6D");
    List<MimeMessage> mails = mails(MANAGER);
    assertThat(mails).hasSize(before + 1);
    MimeMessage mail = mails.getLast();
    LocalDate monday = payer.today();
    assertThat(mail.getSubject()).startsWith("Cr\u00e9ances, semaine du");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    String text = (String) parts.getBodyPart(0).getContent();
    String html = (String) parts.getBodyPart(1).getContent();
    assertThat(text)
        .contains(
            "Encaiss\u00e9 dans la semaine",
            "Total \u00e0 recouvrer",
            "En attente d\u2019une d\u00e9cision")
        .contains(SharedServer.PUBLIC_URL + "/figures", SharedServer.PUBLIC_URL + "/me");
    assertThat(html).contains("<html lang=\"fr\"", "/figures\"", "Total \u00e0 recouvrer");
    assertThat(html + text).doesNotContain("??");
    assertThat(state("manager", monday)).isEqualTo("sent");
    server.advance("P2D");
    assertThat(mails(MANAGER)).as("once a week").hasSize(before + 1);

    server.delete("/api/v1/me/weekly-mail", "manager").expect(204);
    server.advance("P7D");
    assertThat(mails(MANAGER)).as("not wanted any more").hasSize(before + 1);
  }

  @Test
  void whatMayHaveGoneIsNotSentAgainAndWhatSurelyDidNotIs() throws MessagingException, IOException {
    readsAt("admin", ADMIN);
    wish("admin", "en", 204);
    int before = mails(ADMIN).size();
    SharedServer.gate().make(SmtpGate.Trouble.LOSE_THE_ANSWER, ADMIN);
    server.advance("P7D");
    LocalDate monday = today();
    assertThat(mails(ADMIN)).as("the server has it, and did not say so").hasSize(before + 1);
    assertThat(state("admin", monday)).isEqualTo("unknown");
    server.advance("P1D");
    assertThat(mails(ADMIN)).hasSize(before + 1);
    assertThat(mails(ADMIN).getLast().getSubject()).startsWith("Receivables, week from");

    // a process that died after it wrote its row
    LocalDate next = monday.plusWeeks(1);
    server
        .database()
        .update(
            "INSERT INTO weekly_mail (login, week, state, recipient, message_id, began_at) VALUES ('admin', ?, 'sending', ?, '<x@y>', '2026-01-01')",
            next,
            ADMIN);
    server.advance("P6D");
    assertThat(today()).isEqualTo(next);
    assertThat(mails(ADMIN)).as("nobody knows how far it came").hasSize(before + 1);
    assertThat(state("admin", next)).isEqualTo("unknown");

    SharedServer.gate().make(SmtpGate.Trouble.BREAK_EARLY, ADMIN);
    server.advance("P7D");
    server.advance("P1D");
    assertThat(mails(ADMIN)).as("it surely had not left").hasSize(before + 2);
    assertThat(state("admin", next.plusWeeks(1))).isEqualTo("sent");
  }

  private LocalDate today() {
    return server.now().atZone(java.time.ZoneId.of("Europe/Paris")).toLocalDate();
  }

  private void readsAt(String user, String address) {
    server.put("/api/v1/me/email", "{\"email\":\"" + address + "\"}", user).expect(204);
  }

  private String wish(String user, String language, int status) {
    return server
        .put(
            "/api/v1/me/weekly-mail",
            "{\"language\":\"%s\",\"fromHour\":7,\"zone\":\"Europe/Paris\"}".formatted(language),
            user)
        .expect(status)
        .body();
  }

  private List<MimeMessage> mails(String address) {
    return SharedServer.mail().to(address);
  }

  private String state(String login, LocalDate week) {
    return server
        .database()
        .queryForObject(
            "SELECT state FROM weekly_mail WHERE login = ? AND week = ?",
            String.class,
            login,
            week);
  }
}
