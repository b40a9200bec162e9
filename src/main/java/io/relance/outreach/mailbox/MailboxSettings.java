package io.relance.outreach.mailbox;

import io.relance.platform.StartFailure;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code relance.mailbox.*}: where payers' answers and bounces arrive. Without a host no mailbox is
 * read.
 *
 * @param port 993 for {@code imaps}, 143 for {@code imap}, unless it is given
 * @param protocol {@code imaps}, or {@code imap}, which goes over to TLS where the server can
 * @param folder that new mails are in
 * @param processedFolder where mails are moved to once they are filed; they stay if there is none
 * @param every how long to wait between two looks
 */
@ConfigurationProperties("relance.mailbox")
record MailboxSettings(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String user,
    @Nullable String password,
    @DefaultValue("imaps") String protocol,
    @DefaultValue("INBOX") String folder,
    @Nullable String processedFolder,
    @DefaultValue("60s") Duration every) {

  private static final String TIMEOUT_MILLIS = "20000";

  boolean isOn() {
    return isSet(host);
  }

  /**
   * @throws StartFailure if it is set by half, or cannot be understood
   */
  void check() {
    if (!isOn() && (isSet(user) || isSet(password))) {
      throw missing("host");
    }
    if (!isOn()) {
      return;
    }
    if (!isSet(user)) {
      throw missing("user");
    }
    if (!isSet(password)) {
      throw missing("password");
    }
    if (!List.of("imap", "imaps").contains(protocol)) {
      throw new StartFailure(
          "relance.mailbox.protocol=" + protocol + " is not known.", "Set it to imaps or imap.");
    }
    if (folder.isBlank() || folder.equals(processedFolder)) {
      throw new StartFailure(
          "relance.mailbox.folder is "
              + (folder.isBlank() ? "empty." : "the processed folder, too."),
          "Name the folder that new mails arrive in, usually INBOX, and another one for processed mails.");
    }
    if (every.isNegative() || every.isZero()) {
      throw new StartFailure(
          "relance.mailbox.every=" + every + " is no time to wait.", "Set it to 60s, for example.");
    }
  }

  private static StartFailure missing(String name) {
    return new StartFailure(
        "relance.mailbox." + name + " is missing.",
        "Set relance.mailbox.host, user and password, or none of them if no mailbox is to be read.");
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  /** Names it for all time. */
  String name() {
    return user + "@" + host + "/" + folder;
  }

  int portOrUsual() {
    return port != null ? port : protocol.equals("imaps") ? 993 : 143;
  }

  Properties ofSession() {
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.setProperty(prefix + "connectiontimeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "timeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "writetimeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "starttls.enable", "true");
    properties.setProperty(prefix + "fetchsize", "262144");
    // mails say wrong sizes of themselves: read to the end instead
    properties.setProperty(prefix + "ignorebodystructuresize", "true");
    return properties;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return isOn() ? name() : "no mailbox";
  }
}
