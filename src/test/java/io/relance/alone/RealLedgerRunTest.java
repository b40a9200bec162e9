package io.relance.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Sixty days of real receivables: 2,466 invoices of 100 payers, collected from 2013-06-30 on while
 * their real settlements arrive, with the application, the broker and the database killed on the
 * way.
 */
@DisplayName("The real ledger (shared/data/ibm-accounts-receivable.csv)")
class RealLedgerRunTest {

  private static final Path FILE = Path.of("../shared/data/ibm-accounts-receivable.csv");
  private static final LocalDate AS_OF = LocalDate.of(2013, 6, 30);
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
  private static final DateTimeFormatter US = DateTimeFormatter.ofPattern("M/d/yyyy");
  private static final Pattern REMINDED =
      Pattern.compile("(?m)^- Invoice (\\d+) · Due [^·]* late\\) · ");
  private static final Pattern STATED =
      Pattern.compile("(?m)^- Invoice (\\d+) · Due [^·(]*(\\(was due\\) )?· ");
  private static final Pattern BESIDE = Pattern.compile("(?m)^- (\\d+) · [^·]+ · ");

  private record Fact(LocalDate issued, LocalDate due, boolean disputed, LocalDate settled) {
    boolean isOverdueOn(LocalDate day) {
      return isOpenOn(day) && due.isBefore(day);
    }

    boolean isOpenOn(LocalDate day) {
      return !issued.isAfter(day) && settled.isAfter(day);
    }
  }

  /**
   * @param invoices that it asks for, being overdue
   * @param stated those that a word before due lists
   */
  private record Mail(
      String to,
      LocalDate day,
      List<String> invoices,
      List<String> stated,
      List<String> beside,
      String messageId) {}

  @Test
  void sixtyDaysAreCollectedThoughEverythingIsKilledOnTheWay() throws Exception {
    assumeTrue(
        Files.exists(FILE), "shared/data/ibm-accounts-receivable.csv is not beside the project");
    Map<String, Fact> facts = facts();
    try (Server server =
        Server.fresh(
            "real-ledger",
            Map.of(
                "relance.clock.start",
                "2013-06-30T08:00:00Z",
                "relance.outreach.gather",
                "500ms"))) {
      JsonNode report =
          server
              .importLedger(
                  Files.readAllBytes(FILE),
                  Map.of(
                      "mapping",
                      "ibm-accounts-receivable",
                      "asOf",
                      AS_OF.toString(),
                      "replay",
                      "true"))
              .expect(200)
              .json();
      assertThat(report.path("rows").asInt()).isEqualTo(2466);
      assertThat(report.path("errors").size()).as(report.path("errors").toString()).isZero();
      assertThat(report.path("customers").path("created").asInt()).isEqualTo(100);

      long overdue = facts.values().stream().filter(f -> f.isOverdueOn(AS_OF)).count();
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                JsonNode coverage = server.get("/api/v1/analytics/coverage").json();
                assertThat(coverage.path("withProcess").asLong())
                    .as(coverage.toString())
                    .isEqualTo(overdue);
              });
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(activeCollections(server)).isEqualTo(overdue));

      // few are as late as a call comes; the first one is taken when it does
      goOnUntil(server, () -> phoneTasks(server).path("total").asInt() > 0);
      completeAPhoneTask(server);
      server.advance("P4D");
      killWhileDaysPass(server, server::kill);
      server.start();
      server.advance("P8D");
      killWhileDaysPass(server, () -> kill(server, "StandaloneBroker"));
      server.advance("P8D");
      killWhileDaysPass(server, () -> kill(server, "mariadbd"));
      goOnUntil(server, () -> !today(server).isBefore(AS_OF.plusDays(60)));

      LocalDate last = server.now().atZone(ZONE).toLocalDate();
      nothingWasLostNorDoubled(server, facts, last);
      mailsAreRight(mails(server), facts);
    }
  }

  private static long activeCollections(Server server) {
    return server.count(
        "SELECT COUNT(*) FROM engine_instance WHERE bpmn_process_id = 'invoice-collection' AND state = 'active'");
  }

  /** Moves the clock by some days and, in the middle of it, does something terrible. */
  private static void killWhileDaysPass(Server server, Runnable terrible) {
    Instant before = server.now();
    CompletableFuture<Void> days =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.post("/api/v1/clock", "{\"advance\":\"P6D\"}");
              } catch (RuntimeException died) {
                // that is what the test is about
              }
            });
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofMinutes(1))
        .until(() -> server.now().isAfter(before.plus(Duration.ofHours(50))));
    terrible.run();
    days.join();
    if (server.isAlive()) {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> server.health().path("status").asString().equals("UP"));
    }
  }

  private static void kill(Server server, String program) {
    List<ProcessHandle> found = server.children(program);
    assertThat(found).isNotEmpty();
    found.forEach(ProcessHandle::destroyForcibly);
    found.forEach(p -> p.onExit().join());
  }

  private static LocalDate today(Server server) {
    return server.now().atZone(ZONE).toLocalDate();
  }

  private static JsonNode phoneTasks(Server server) {
    return server.get("/api/v1/tasks?type=Task_CallPayer").json();
  }

  private static void goOnUntil(Server server, BooleanSupplier there) {
    while (!there.getAsBoolean()) {
      assertThat(today(server)).as("sixty days are enough").isBefore(AS_OF.plusDays(61));
      server.advance("P1D");
    }
  }

  private static void completeAPhoneTask(Server server) {
    JsonNode task = phoneTasks(server).path("items").get(0);
    String key = task.path("key").asString();
    if (AgentBrowser.isAvailable()) {
      try (AgentBrowser browser = AgentBrowser.open(server.url())) {
        browser.logIn("agent");
        browser.completeCall(key, "no-answer", "Rang for a long time");
      }
    } else {
      server
          .post(
              "/api/v1/tasks/" + key + "/complete",
              "{\"variables\":{\"callOutcome\":\"no-answer\"}}",
              "agent")
          .expect(204);
    }
    String invoice = task.path("invoices").get(0).asString();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                server
                    .get("/api/v1/invoices/" + invoice + "/timeline")
                    .body()
                    .contains("Call: no answer"));
  }

  private static void nothingWasLostNorDoubled(
      Server server, Map<String, Fact> facts, LocalDate last) {
    long everOverdue =
        facts.values().stream()
            .filter(f -> AS_OF.datesUntil(last.plusDays(1)).anyMatch(f::isOverdueOn))
            .count();
    assertThat(server.count("SELECT COUNT(DISTINCT invoice_id) FROM collection_case"))
        .isEqualTo(everOverdue);
    assertThat(server.count("SELECT COUNT(*) FROM collection_case")).isEqualTo(everOverdue);
    // a start that was told again while the engine was away may begin once more when the first has
    // ended: it finds that the case is not its own, and ends before it does anything
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM engine_instance e WHERE e.bpmn_process_id = 'invoice-collection' AND NOT EXISTS (SELECT 1 FROM"
                    + " engine_element_event v WHERE v.process_instance_key = e.process_instance_key"
                    + " AND v.element_id = 'EndEvent_AlreadyCollected')"))
        .isEqualTo(everOverdue);
    long overdueNow = facts.values().stream().filter(f -> f.isOverdueOn(last)).count();
    await().atMost(Duration.ofSeconds(60)).until(() -> activeCollections(server) == overdueNow);
    JsonNode coverage = server.get("/api/v1/analytics/coverage").json();
    assertThat(coverage.path("overdue").asLong()).isEqualTo(overdueNow);
    assertThat(coverage.path("withProcess").asLong()).isEqualTo(overdueNow);
    assertThat(coverage.path("orphans").asLong()).isZero();
    assertThat(server.get("/api/v1/incidents").json()).isEmpty();
    assertThat(
            server.count("SELECT COUNT(*) FROM notice WHERE channel = 'email' AND state <> 'sent'"))
        .isZero();
    List<String> sent =
        server
            .database()
            .queryForList(
                "SELECT message_id FROM notice WHERE channel = 'email' ORDER BY message_id",
                String.class);
    assertThat(mails(server)).extracting(Mail::messageId).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(sent.size()).isGreaterThan(20);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM prevention p JOIN invoice i ON i.id = p.invoice_id WHERE p.live = 1 AND i.due_date < ?",
                last.minusDays(1)))
        .as("prevention ends with the due day")
        .isZero();
  }

  private static void mailsAreRight(List<Mail> mails, Map<String, Fact> facts) {
    Map<String, Integer> aDay = new HashMap<>();
    for (Mail mail : mails) {
      assertThat(aDay.merge(mail.to() + " " + mail.day(), 1, Integer::sum))
          .as("%s hears once a day", mail.to())
          .isEqualTo(1);
      assertThat(mail.invoices().isEmpty())
          .as("either a reminder or a word before due")
          .isNotEqualTo(mail.stated().isEmpty());
      for (String number : mail.stated()) {
        Fact fact = facts.get(number);
        assertThat(fact.isOpenOn(mail.day()) && !fact.disputed())
            .as("invoice %s %s in the statement of %s", number, fact, mail.day())
            .isTrue();
      }
      for (String number : mail.beside()) {
        assertThat(facts.get(number).isOpenOn(mail.day()))
            .as("invoice %s beside those in the mail of %s", number, mail.day())
            .isTrue();
      }
      for (String number : mail.invoices()) {
        Fact fact = facts.get(number);
        assertThat(fact.isOverdueOn(mail.day()))
            .as("invoice %s %s in the mail of %s", number, fact, mail.day())
            .isTrue();
        assertThat(fact.disputed()).as("invoice %s is disputed", number).isFalse();
      }
    }
  }

  private static List<Mail> mails(Server server) {
    List<Mail> mails = new ArrayList<>();
    try (Stream<Path> files = Files.list(server.home().resolve("mail"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), in);
          String text = PayerFixture.textOf(message);
          mails.add(
              new Mail(
                  message.getAllRecipients()[0].toString(),
                  message.getSentDate().toInstant().atZone(ZONE).toLocalDate(),
                  REMINDED.matcher(text).results().map(r -> r.group(1)).toList(),
                  STATED.matcher(text).results().map(r -> r.group(1)).toList(),
                  BESIDE.matcher(text).results().map(r -> r.group(1)).toList(),
                  message.getMessageID()));
        }
      }
    } catch (java.io.IOException | jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
    return mails;
  }

  private static Map<String, Fact> facts() throws java.io.IOException {
    Map<String, Fact> facts = new TreeMap<>();
    List<String> lines = Files.readAllLines(FILE);
    for (String line : lines.subList(1, lines.size())) {
      String[] f = line.split(",");
      facts.put(
          f[3],
          new Fact(
              LocalDate.parse(f[4], US),
              LocalDate.parse(f[5], US),
              f[7].equals("Yes"),
              LocalDate.parse(f[8], US)));
    }
    return facts;
  }
}
