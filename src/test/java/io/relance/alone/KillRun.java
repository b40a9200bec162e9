package io.relance.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.Server;
import io.relance.support.SmtpSink;
import io.relance.support.TwilioStandIn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Messages to thousands of payers, half by mail and half by text, while the application is killed
 * again and again at random moments. Too long for every build: {@code ./mvnw -q test
 * -Dtest=KillRun}, about half an hour.
 */
class KillRun {

  private static final int KILLS = Integer.getInteger("relance.kill.times", 50);
  private static final int MESSAGES = Integer.getInteger("relance.kill.messages", 5_000);
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 3);

  private final Random random = new Random(Long.getLong("relance.kill.seed", 11));

  @Test
  void nothingIsLostAndNothingGoesTwice() throws Exception {
    try (SmtpSink sink = new SmtpSink();
        TwilioStandIn twilio = new TwilioStandIn();
        Server server = Server.fresh("kill", settings(sink, twilio))) {
      server.importLedger(ledger(), Map.of()).expect(200);
      int killed = 0;
      while (killed < KILLS && open(server) > 0) {
        killAtRandom(server, sink, twilio, killed);
        killed++;
        System.out.printf(
            Locale.ROOT,
            "killed %d times; %d mails, %d texts%n",
            killed,
            sink.count(),
            twilio.takenCount());
      }
      await()
          .atMost(Duration.ofMinutes(30))
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> open(server) == 0 && notices(server) == MESSAGES);
      account(server, sink, twilio, killed);
    }
  }

  private static Map<String, String> settings(SmtpSink sink, TwilioStandIn twilio) {
    Map<String, String> settings = new HashMap<>(twilio.settings());
    settings.put("relance.clock.start", TODAY + "T08:00:00Z");
    settings.put("relance.mail.mode", "external");
    settings.put("spring.mail.host", "127.0.0.1");
    settings.put("spring.mail.port", "" + sink.port());
    settings.put("relance.demo.enabled", "true");
    settings.put("relance.outreach.sweep", "10s");
    return settings;
  }

  private static byte[] ledger() {
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,email,phone,country,language,invoice_number,issue_date,due_date,amount,currency\n");
    for (int n = 0; n < MESSAGES; n++) {
      boolean byMail = n % 2 == 0;
      csv.append(
          String.format(
              Locale.ROOT,
              "K%d,Kill %d,%s,%s,FR,fr,K%d-1,%s,%s,100.00,EUR%n",
              n,
              n,
              byMail ? mailOf(n) : "",
              byMail ? "" : numberOf(n),
              n,
              TODAY.minusDays(35),
              TODAY.minusDays(5)));
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String mailOf(int n) {
    return "k" + n + "@payers.example";
  }

  private static String numberOf(int n) {
    return "+336%08d".formatted(12_000_000 + n);
  }

  /**
   * Waits for some messages to leave, and a moment longer, so that it hits any line. The kills are
   * spread over what is left to send.
   */
  private void killAtRandom(Server server, SmtpSink sink, TwilioStandIn twilio, int killed) {
    int taken = sink.count() + twilio.takenCount();
    int share = (MESSAGES - taken) / (KILLS - killed);
    // some never arrive: those that a kill left unknown
    int until = Math.min(taken + 1 + random.nextInt(Math.max(1, share)), MESSAGES - 2 * KILLS);
    await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> sink.count() + twilio.takenCount() >= until);
    long begin = System.nanoTime();
    long wait = random.nextInt(40_000_000);
    while (System.nanoTime() - begin < wait) {
      Thread.onSpinWait();
    }
    server.kill();
    server.start();
  }

  private static long open(Server server) {
    return server.count(
        "SELECT (SELECT COUNT(*) FROM notice_request WHERE state = 'requested')"
            + " + (SELECT COUNT(*) FROM notice WHERE state IN ('planned','sending'))"
            + " + (SELECT COUNT(*) FROM invoice i WHERE NOT EXISTS (SELECT 1 FROM notice_request r WHERE r.invoice_id = i.id))");
  }

  private static long notices(Server server) {
    return server.count("SELECT COUNT(*) FROM notice WHERE state IN ('sent','unknown')");
  }

  private static void account(Server server, SmtpSink sink, TwilioStandIn twilio, int killed) {
    Map<String, Long> mails =
        sink.taken().stream()
            .collect(Collectors.groupingBy(SmtpSink.Taken::recipient, Collectors.counting()));
    List<String> unknown =
        server
            .database()
            .queryForList("SELECT recipient FROM notice WHERE state = 'unknown'", String.class);
    long unknownTaken = unknown.stream().filter(mails::containsKey).count();
    int textsTwice = 0;
    int textsLost = 0;
    for (int n = 1; n < MESSAGES; n += 2) {
      int taken = twilio.takenFor(numberOf(n)).size();
      textsTwice += taken > 1 ? 1 : 0;
      textsLost += taken == 0 ? 1 : 0;
    }
    long mailsTwice = mails.values().stream().filter(count -> count > 1).count();
    long mailsLost = 0;
    for (int n = 0; n < MESSAGES; n += 2) {
      if (!mails.containsKey(mailOf(n)) && !unknown.contains(mailOf(n))) {
        mailsLost++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d kills, %d messages: mails taken %d, twice %d, lost %d, unknown %d (of which the server has %d);"
            + " texts taken %d, twice %d, lost %d, unknown %d; interrupted sends that were asked for %d%n",
        killed,
        MESSAGES,
        sink.count(),
        mailsTwice,
        mailsLost,
        unknown.size(),
        unknownTaken,
        twilio.takenCount(),
        textsTwice,
        textsLost,
        unknown.stream().filter(r -> r.startsWith("+")).count(),
        interrupted(server));
    assertThat(killed).isEqualTo(KILLS);
    assertThat(mailsTwice).as("mails that went twice").isZero();
    assertThat(mailsLost).as("mails that nobody knows of").isZero();
    assertThat(textsTwice).as("texts that went twice").isZero();
    assertThat(textsLost).as("texts that never went").isZero();
    assertThat(unknown).as("Twilio can be asked").noneMatch(r -> r.startsWith("+"));
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM (SELECT payer_id FROM notice WHERE state IN ('sent','unknown') GROUP BY payer_id HAVING COUNT(*) > 1) twice"))
        .as("payers with two notices")
        .isZero();
    assertThat(mails.keySet())
        .as("what is recorded as sent was taken")
        .containsAll(
            server
                .database()
                .queryForList(
                    "SELECT recipient FROM notice WHERE state = 'sent' AND channel = 'email'",
                    String.class));
  }

  private static long interrupted(Server server) {
    try {
      return java.nio.file.Files.readString(server.log())
          .lines()
          .filter(line -> line.contains("was interrupted; taken by the other side"))
          .count();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
