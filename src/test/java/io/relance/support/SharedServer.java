package io.relance.support;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.relance.kernel.BusinessCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One server for all stories, on a Monday in March, writing to a mail server that the stories can
 * take away. Each story brings payers of its own and moves the clock on as it needs.
 */
public final class SharedServer {

  private static final BusinessCalendar CALENDAR = BusinessCalendar.of("Europe/Paris", "FR");

  /** Where most payers of the stories live. */
  private static final BusinessCalendar THEIRS = BusinessCalendar.of("Europe/London", "GB");

  /** Where those live whose stories last a day. */
  private static final BusinessCalendar OVERSEAS = BusinessCalendar.of("America/New_York", "US");

  private static final int WORKED_WEEKS = 6;

  private static final LocalTime EARLIEST = LocalTime.of(10, 0);
  private static final LocalTime LATEST = LocalTime.of(11, 0);

  private static Server server;
  private static SteerableMail mail;
  private static SmtpGate gate;

  /**
   * How long events are kept: the stories' clock goes on for years, and some look at all of them.
   */
  public static final Duration KEPT = Duration.ofDays(4_000);

  /** What payers are told of; the stories go to the server itself. */
  public static final String PUBLIC_URL = "https://relance.example";

  private SharedServer() {}

  @SafeVarargs
  private static Map<String, String> settings(Map<String, String>... parts) {
    Map<String, String> all = new java.util.HashMap<>();
    for (Map<String, String> part : parts) {
      all.putAll(part);
    }
    return all;
  }

  public static synchronized Server get() {
    if (server == null) {
      mail = new SteerableMail();
      gate = new SmtpGate(mail.port());
      server =
          Server.fresh(
              "shared",
              settings(
                  Map.of(
                      "relance.clock.start", "2026-03-02T09:00:00Z",
                      "spring.mail.host", "127.0.0.1",
                      "spring.mail.port", "" + gate.port(),
                      "spring.mail.properties.mail.smtp.timeout", "8000",
                      "relance.mail.mode", "external",
                      "relance.outreach.gather", "3s",
                      "relance.outreach.sweep", "5s",
                      "relance.casework.letters-sweep", "5s",
                      "relance.demo.enabled", "true"),
                  mail.mailbox(),
                  Map.of(
                      "relance.public-url",
                      PUBLIC_URL,
                      "relance.analytics.keep-events",
                      KEPT.toDays() + "d",
                      "relance.post.provider",
                      "folder",
                      "relance.post.folder",
                      post().toString(),
                      "relance.post.sweep",
                      "5s")));
      Runtime.getRuntime().addShutdownHook(new Thread(SharedServer::close));
    }
    return server;
  }

  /** Where the print house of the stories fetches letters. */
  public static Path post() {
    Path folder = Path.of("target", "servers", "post").toAbsolutePath();
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Leaves a report of what the stories went through beside the test reports. */
  private static void close() {
    try {
      String report =
          ModelCoverage.of(server.database()).stream()
              .map(ModelCoverage.OfModel::toString)
              .collect(Collectors.joining("\n", "", "\n"));
      Files.writeString(Path.of("target", "model-coverage.txt"), report);
    } catch (IOException | RuntimeException unreadable) {
      System.err.println("No report of the models' coverage: " + unreadable);
    } finally {
      server.close();
    }
  }

  /**
   * Moves the clock on to a Monday, ten in the morning, before weeks without a public holiday, as
   * many as the longest story has: whatever ran before a story, its days are the same.
   */
  public static void beginOnAMonday() {
    Instant now = get().now();
    LocalDate day = CALENDAR.dateOf(now);
    if (now.isAfter(at(day, LATEST))) {
      day = day.plusDays(1);
    }
    while (day.getDayOfWeek() != DayOfWeek.MONDAY || !areWorked(day)) {
      day = day.plusDays(1);
    }
    if (now.isBefore(at(day, EARLIEST))) {
      forgetEarlierStories();
      server.jump(
          Duration.between(now, at(day, EARLIEST))
              .plusSeconds(1) // it may be less than one away
              .truncatedTo(ChronoUnit.SECONDS)
              .toString());
    }
  }

  /** Enters the reference rates of the story's time: those that ship end before it. */
  public static void knowRates() {
    int year = get().now().atZone(CALENDAR.zone()).getYear();
    for (int each = year - 1; each < year + 3; each++) {
      for (String halfYear : List.of(each + "-01-01", each + "-07-01")) {
        server
            .put(
                "/api/v1/rates/ecb-refinancing/" + halfYear,
                "{\"percent\":2.15,\"source\":\"a story\"}",
                "admin")
            .expect(204);
      }
    }
  }

  /** What they left open would go on for years and keep the server busy with it. */
  private static void forgetEarlierStories() {
    server
        .database()
        .update(
            "UPDATE invoice SET outcome = 'written-off' WHERE settled_on IS NULL AND outcome IS"
                + " NULL");
  }

  private static boolean areWorked(LocalDate monday) {
    return OVERSEAS.isBusinessDay(monday)
        && monday
            .datesUntil(monday.plusWeeks(WORKED_WEEKS))
            .filter(day -> day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue())
            .allMatch(day -> CALENDAR.isBusinessDay(day) && THEIRS.isBusinessDay(day));
  }

  private static Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(CALENDAR.zone()).toInstant();
  }

  /** What stands before the mail server. */
  public static SmtpGate gate() {
    get();
    return gate;
  }

  public static SteerableMail mail() {
    get();
    return mail;
  }

  /**
   * A real mail server that can be stopped and started again on its ports: SMTP for all, and IMAP
   * for the mailbox that payers answer to.
   */
  public static final class SteerableMail {

    private static final String ANSWERS_TO = "accounts@atelier-moreau.example";
    private static final String PASSWORD = "answers";

    private GreenMail greenMail;
    private final ServerSetup smtp;
    private final ServerSetup imap;
    private final java.util.List<jakarta.mail.internet.MimeMessage> earlier =
        new java.util.ArrayList<>();

    SteerableMail() {
      greenMail =
          new GreenMail(
              new ServerSetup[] {
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
              });
      greenMail.start();
      greenMail.setUser(ANSWERS_TO, ANSWERS_TO, PASSWORD);
      smtp = new ServerSetup(greenMail.getSmtp().getPort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
      imap = new ServerSetup(greenMail.getImap().getPort(), "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
    }

    public int port() {
      return smtp.getPort();
    }

    Map<String, String> mailbox() {
      return Map.of(
          "relance.mailbox.host", "127.0.0.1",
          "relance.mailbox.port", "" + imap.getPort(),
          "relance.mailbox.protocol", "imap",
          "relance.mailbox.user", ANSWERS_TO,
          "relance.mailbox.password", PASSWORD,
          "relance.mailbox.processed-folder", "Filed",
          "relance.mailbox.every", "1s");
    }

    /** A mail arrives in the mailbox that payers answer to. */
    public synchronized void arrives(byte[] mail) {
      try {
        greenMail
            .getUserManager()
            .getUserByEmail(ANSWERS_TO)
            .deliver(
                new jakarta.mail.internet.MimeMessage(
                    jakarta.mail.Session.getInstance(new java.util.Properties()),
                    new java.io.ByteArrayInputStream(mail)));
      } catch (jakarta.mail.MessagingException e) {
        throw new IllegalStateException(e);
      }
    }

    /** How many mails wait in that mailbox. */
    public synchronized int waiting() {
      try {
        return greenMail
            .getManagers()
            .getImapHostManager()
            .getInbox(greenMail.getUserManager().getUserByEmail(ANSWERS_TO))
            .getMessageCount();
      } catch (com.icegreen.greenmail.store.FolderException e) {
        throw new IllegalStateException(e);
      }
    }

    public synchronized void stop() {
      earlier.addAll(java.util.List.of(greenMail.getReceivedMessages()));
      greenMail.stop();
    }

    public synchronized void start() {
      greenMail = new GreenMail(new ServerSetup[] {smtp, imap});
      greenMail.start();
      greenMail.setUser(ANSWERS_TO, ANSWERS_TO, PASSWORD);
    }

    /** The mails that this address got, in the order of arrival. */
    public synchronized java.util.List<jakarta.mail.internet.MimeMessage> to(String address) {
      java.util.List<jakarta.mail.internet.MimeMessage> all = new java.util.ArrayList<>(earlier);
      all.addAll(java.util.List.of(greenMail.getReceivedMessages()));
      return all.stream()
          .filter(
              m -> {
                try {
                  return m.getAllRecipients()[0].toString().equals(address);
                } catch (jakarta.mail.MessagingException e) {
                  throw new IllegalStateException(e);
                }
              })
          .toList();
    }
  }
}
