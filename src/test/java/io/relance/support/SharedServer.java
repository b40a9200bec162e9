package io.relance.support;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Map;

/**
 * One server for all stories, on a Monday in March, writing to a mail server that the stories can
 * take away. Each story brings payers of its own and moves the clock on as it needs.
 */
public final class SharedServer {

  private static Server server;
  private static SteerableMail mail;
  private static SmtpGate gate;

  private SharedServer() {}

  public static synchronized Server get() {
    if (server == null) {
      mail = new SteerableMail();
      gate = new SmtpGate(mail.port());
      server =
          Server.fresh(
              "shared",
              Map.of(
                  "relance.clock.start", "2026-03-02T09:00:00Z",
                  "spring.mail.host", "127.0.0.1",
                  "spring.mail.port", "" + gate.port(),
                  "spring.mail.properties.mail.smtp.timeout", "8000",
                  "relance.mail.mode", "external",
                  "relance.outreach.gather", "3s",
                  "relance.demo.enabled", "true"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> server.close()));
    }
    return server;
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

  /** A real SMTP server that can be stopped and started again on its port. */
  public static final class SteerableMail {

    private GreenMail greenMail;
    private final ServerSetup setup;
    private final java.util.List<jakarta.mail.internet.MimeMessage> earlier =
        new java.util.ArrayList<>();

    SteerableMail() {
      greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
      greenMail.start();
      setup =
          new ServerSetup(greenMail.getSmtp().getPort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    }

    public int port() {
      return setup.getPort();
    }

    public synchronized void stop() {
      earlier.addAll(java.util.List.of(greenMail.getReceivedMessages()));
      greenMail.stop();
    }

    public synchronized void start() {
      greenMail = new GreenMail(setup);
      greenMail.start();
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
