package io.relance.outreach.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.platform.StartFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be set of a mailbox, and what is told of what cannot. */
class MailboxSettingsTest {

  @Test
  void withoutAHostNoMailboxIsRead() {
    MailboxSettings none = settings(null, null, null, "imaps", null, 60);
    assertThatCode(none::check).doesNotThrowAnyException();
    assertThat(none.isOn()).isFalse();
    assertThat(settings(" ", "", "", "imaps", null, 60).isOn()).isFalse();
  }

  @Test
  void whatIsSetByHalfIsTold() {
    refused(settings(null, "u", "p", "imaps", null, 60), "host is missing");
    refused(settings("h", null, "p", "imaps", null, 60), "user is missing");
    refused(settings("h", "u", "", "imaps", null, 60), "password is missing");
    refused(settings("h", "u", "p", "pop3", null, 60), "protocol=pop3");
    refused(settings("h", "u", "p", "imaps", "INBOX", 60), "processed folder");
    refused(settings("h", "u", "p", "imaps", null, 0), "every=PT0S");
  }

  private static void refused(MailboxSettings settings, String words) {
    assertThatThrownBy(settings::check)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("secret");
  }

  @Test
  void thePortIsTheProtocolsUnlessItIsGiven() {
    assertThat(settings("h", "u", "p", "imaps", null, 60).portOrUsual()).isEqualTo(993);
    assertThat(settings("h", "u", "p", "imap", null, 60).portOrUsual()).isEqualTo(143);
  }

  @Test
  void thePasswordIsNotSaid() {
    assertThat(settings("h", "u", "secret", "imaps", null, 60).toString())
        .isEqualTo("u@h/INBOX")
        .doesNotContain("secret");
  }

  private static MailboxSettings settings(
      @Nullable String host,
      @Nullable String user,
      @Nullable String password,
      String protocol,
      @Nullable String processed,
      int everySeconds) {
    return new MailboxSettings(
        host, null, user, password, protocol, "INBOX", processed, Duration.ofSeconds(everySeconds));
  }
}
