package io.relance.outreach.twilio;

import io.relance.ledger.Balances;
import io.relance.outreach.InboundMessages;
import io.relance.outreach.InboundMessages.Kind;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.OptOuts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files what payers answer by text message or WhatsApp. Whose answer it is, is known by the message
 * of ours that went to that number last; an answer from a number that nothing went to is filed
 * without a payer. Who says stop is not written to by that channel any more, and so is everybody
 * whose messages went to the same number.
 */
@Component
public class TwilioInbound {

  private static final String WHATSAPP = "whatsapp:";
  private static final int ATTACHMENTS_LISTED = 20;

  private record Source(long noticeId, long payerId) {}

  private final InboundMessages inbound;
  private final OptOuts optOuts;
  private final Balances balances;
  private final JdbcTemplate jdbc;

  TwilioInbound(InboundMessages inbound, OptOuts optOuts, Balances balances, JdbcTemplate jdbc) {
    this.inbound = inbound;
    this.optOuts = optOuts;
    this.balances = balances;
    this.jdbc = jdbc;
  }

  /** Files a message, once, however often Twilio brings it. */
  @Transactional
  public void received(Map<String, String> said) {
    String sid = said.getOrDefault("MessageSid", "");
    String from = said.getOrDefault("From", "");
    if (sid.isBlank() || from.isBlank()) {
      return;
    }
    Channel channel = from.startsWith(WHATSAPP) ? Channel.WHATSAPP : Channel.SMS;
    String number = from.startsWith(WHATSAPP) ? from.substring(WHATSAPP.length()) : from;
    String body = said.getOrDefault("Body", "");
    ReplyWords.Meaning meaning = meaning(said.get("OptOutType"), body);
    Source source = sourceOf(number, channel).orElse(null);
    List<Long> sharing = sharing(number, channel, source);
    balances.lock(sharing);
    boolean first =
        inbound.file(
            new InboundMessages.Arrived(
                "twilio-" + sid,
                switch (meaning) {
                  // from somebody unknown, a person finds out who it is
                  case STOP -> sharing.isEmpty() ? Kind.REPLY : Kind.OPT_OUT;
                  case START -> Kind.OPT_IN;
                  case PROMISE, OTHER -> Kind.REPLY;
                },
                channel,
                number,
                source == null ? null : source.payerId(),
                source == null ? null : source.noticeId(),
                meaning == ReplyWords.Meaning.PROMISE ? "May be a promise to pay" : null,
                body,
                attachments(said)));
    if (!first) {
      return;
    }
    for (long payerId : sharing) {
      if (meaning == ReplyWords.Meaning.STOP) {
        optOuts.add(payerId, channel, "answered: " + body.strip(), InboundMessages.PAYER);
      } else if (meaning == ReplyWords.Meaning.START) {
        takeBack(payerId, channel);
      }
    }
  }

  /** What an agent took down stays: the payer may have told them more. */
  private void takeBack(long payerId, Channel channel) {
    boolean theirOwn =
        optOuts.of(payerId).stream()
            .anyMatch(
                o -> o.channel() == channel && o.actor().equals(InboundMessages.PAYER.name()));
    if (theirOwn) {
      optOuts.remove(payerId, channel, InboundMessages.PAYER);
    }
  }

  /** Twilio may have been taught words of its own, and says so. */
  private static ReplyWords.Meaning meaning(@Nullable String type, String body) {
    return switch (type == null ? "" : type) {
      case "STOP" -> ReplyWords.Meaning.STOP;
      case "START" -> ReplyWords.Meaning.START;
      default -> ReplyWords.of(body);
    };
  }

  private Optional<Source> sourceOf(String number, Channel channel) {
    return newest("recipient = ? AND channel = ?", number, channel.word())
        .or(() -> newest("recipient = ?", number));
  }

  private Optional<Source> newest(String where, Object... arguments) {
    return jdbc
        .query(
            "SELECT id, payer_id FROM notice WHERE "
                + where
                + " ORDER BY sent_at DESC, id DESC LIMIT 1",
            (rs, n) -> new Source(rs.getLong(1), rs.getLong(2)),
            arguments)
        .stream()
        .findFirst();
  }

  private List<Long> sharing(String number, Channel channel, @Nullable Source source) {
    List<Long> payers =
        new ArrayList<>(
            jdbc.queryForList(
                "SELECT DISTINCT payer_id FROM notice WHERE recipient = ? AND channel = ? ORDER BY payer_id",
                Long.class,
                number,
                channel.word()));
    if (source != null && !payers.contains(source.payerId())) {
      payers.add(source.payerId());
    }
    return payers;
  }

  /** What kind of files came along; they stay at Twilio. */
  private static List<String> attachments(Map<String, String> said) {
    String typed = said.getOrDefault("NumMedia", "0");
    int count = typed.matches("\\d{1,4}") ? Integer.parseInt(typed) : 0;
    List<String> listed = new ArrayList<>();
    for (int i = 0; i < Math.min(count, ATTACHMENTS_LISTED); i++) {
      String type = said.getOrDefault("MediaContentType" + i, "of unknown type");
      listed.add((i + 1) + ": " + (type.length() > 40 ? type.substring(0, 40) : type));
    }
    if (count > ATTACHMENTS_LISTED) {
      listed.add("and " + (count - ATTACHMENTS_LISTED) + " more");
    }
    return listed;
  }
}
