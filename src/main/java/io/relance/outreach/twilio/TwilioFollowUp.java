package io.relance.outreach.twilio;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks Twilio what became of messages and calls of which it has told nothing: its callbacks get
 * lost while we are away, and where it cannot reach us there are none.
 */
@Component
public class TwilioFollowUp {

  private static final Logger log = LoggerFactory.getLogger(TwilioFollowUp.class);

  /** Twilio gives a message up after four hours; some networks never confirm one. */
  private static final Duration ASKED_FOR = Duration.ofDays(2);

  /** How long a telephone may ring and two people may take to hang up, beside the call itself. */
  private static final Duration AROUND_A_CALL = Duration.ofMinutes(5);

  private static final int A_ROUND = 200;
  private static final int NOT_FOUND = 404;

  private record Waiting(long id, String sid, Instant since) {}

  private final TwilioAccount account;
  private final TwilioStatus messages;
  private final PhoneCallHooks calls;
  private final PhoneCallStore callStore;
  private final JdbcTemplate jdbc;
  private final AdjustableClock clock;

  TwilioFollowUp(
      TwilioAccount account,
      TwilioStatus messages,
      PhoneCallHooks calls,
      PhoneCallStore callStore,
      JdbcTemplate jdbc,
      AdjustableClock clock) {
    this.account = account;
    this.messages = messages;
    this.calls = calls;
    this.callStore = callStore;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A round; what Twilio cannot be asked now is asked in the next one. */
  @Scheduled(fixedDelayString = "${relance.twilio.follow-up:60s}")
  public void ask() {
    if (!account.isSet()) {
      return;
    }
    try {
      messagesWaiting().forEach(this::askForMessage);
      callStore
          .underWaySince(
              clock.instant().minus(account.settings().callMax()).minus(AROUND_A_CALL), A_ROUND)
          .forEach(this::askForCall);
    } catch (TwilioHttp.NotReached
        | TwilioHttp.AnswerLost
        | ApiConnectionException
        | ApiException away) {
      log.warn("Twilio cannot be asked what became of messages and calls: {}", away.getMessage());
    }
  }

  private List<Waiting> messagesWaiting() {
    Instant now = clock.systemInstant();
    return jdbc.query(
        "SELECT id, provider_id, sending_at FROM notice WHERE carrier = 'twilio' AND state = 'sent'"
            + " AND sending_at BETWEEN ? AND ? AND (ask_at IS NULL OR ask_at <= ?) AND provider_id IS NOT NULL"
            + " ORDER BY sending_at LIMIT "
            + A_ROUND,
        (rs, n) ->
            new Waiting(rs.getLong(1), rs.getString(2), Sql.requiredInstant(rs, "sending_at")),
        Sql.timestamp(now.minus(ASKED_FOR)),
        Sql.timestamp(now.minus(account.settings().askAfter())),
        Sql.timestamp(now));
  }

  private void askForMessage(Waiting waiting) {
    Map<String, String> said = new HashMap<>();
    said.put("MessageSid", waiting.sid());
    try {
      Message message = Message.fetcher(waiting.sid()).fetch(account.client());
      said.put("MessageStatus", String.valueOf(message.getStatus()));
      put(said, "ErrorCode", message.getErrorCode());
      put(said, "ErrorMessage", message.getErrorMessage());
    } catch (ApiException said404) {
      if (!isNotFound(said404)) {
        throw said404;
      }
      log.warn("Twilio does not know its message {} any more", waiting.sid());
    }
    messages.heard(said);
    // the longer it waits, the less often it is asked for
    Instant now = clock.systemInstant();
    jdbc.update(
        "UPDATE notice SET ask_at = ? WHERE id = ?",
        Sql.timestamp(now.plus(Duration.between(waiting.since(), now))),
        waiting.id());
  }

  private void askForCall(PhoneCallStore.Kept call) {
    if (call.providerId() == null) {
      // its answer was lost, and no callback came: nobody can tell whether a telephone rang
      calls.ended(call.id(), "unknown", null, "Twilio's answer was lost");
      return;
    }
    try {
      Call first = Call.fetcher(call.providerId()).fetch(account.client());
      if (call.announced()) {
        calls.payerSaid(call.id(), said(first));
      } else {
        askForBothEnds(call, first);
      }
    } catch (ApiException said) {
      if (!isNotFound(said)) {
        throw said;
      }
      calls.ended(call.id(), "unknown", null, "Twilio does not know the call any more");
    }
  }

  private void askForBothEnds(PhoneCallStore.Kept call, Call agentsEnd) {
    Iterator<Call> payersEnd =
        Call.reader()
            .setParentCallSid(call.providerId())
            .limit(1)
            .read(account.client())
            .iterator();
    if (payersEnd.hasNext()) {
      calls.payerSaid(call.id(), said(payersEnd.next()));
      return;
    }
    Map<String, String> said = said(agentsEnd);
    calls.agentSaid(call.id(), said);
    if ("completed".equals(said.get("CallStatus"))) {
      calls.ended(call.id(), "canceled", null, "the agent hung up before the payer was called");
    }
  }

  private static Map<String, String> said(Call call) {
    Map<String, String> said = new HashMap<>();
    said.put("CallStatus", String.valueOf(call.getStatus()));
    put(said, "CallDuration", call.getDuration());
    return said;
  }

  private static void put(Map<String, String> said, String name, @Nullable Object value) {
    if (value != null) {
      said.put(name, value.toString());
    }
  }

  private static boolean isNotFound(ApiException said) {
    return said.getStatusCode() != null && said.getStatusCode() == NOT_FOUND;
  }
}
