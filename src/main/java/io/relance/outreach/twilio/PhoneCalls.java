package io.relance.outreach.twilio;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.Permission;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts calls through: Twilio rings the agent first, and then the payer, so that nobody is called
 * for whom nobody is there. Without a provider the number is told, to be dialled by hand.
 */
@Component
public class PhoneCalls {

  private static final Logger log = LoggerFactory.getLogger(PhoneCalls.class);

  /** Two clicks are one call. */
  private static final Duration SAME_WITHIN = Duration.ofMinutes(1);

  static final int RING_SECONDS = 25;
  private static final int LISTED_MAX = 10;

  /** The payer must not be called now, or not like this. */
  public static final class NotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAllowed(String why) {
      super(why);
    }
  }

  /** The provider did not put it through. */
  public static final class NotPutThrough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPutThrough(String why, Throwable cause) {
      super(why, cause);
    }
  }

  /**
   * A call that was asked for.
   *
   * @param id null where it is to be dialled by hand
   * @param number of the payer
   * @param state {@code dialling}, or {@code by-hand}
   */
  public record Begun(@Nullable Long id, String number, String state, String note) {}

  /** What the line says of a call. */
  public record Line(
      long id,
      boolean announced,
      String login,
      String number,
      String state,
      @Nullable Integer seconds,
      @Nullable String error,
      Instant startedAt) {}

  private final TwilioAccount account;
  private final PhoneCallStore store;
  private final ContactPermissions permissions;
  private final Payers payers;
  private final Creditors creditors;
  private final Balances balances;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  PhoneCalls(
      TwilioAccount account,
      PhoneCallStore store,
      ContactPermissions permissions,
      Payers payers,
      Creditors creditors,
      Balances balances,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.account = account;
    this.store = store;
    this.permissions = permissions;
    this.payers = payers;
    this.creditors = creditors;
    this.balances = balances;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Whether calls are put through here, rather than dialled by hand. */
  public boolean arePutThrough() {
    return account.calls();
  }

  /** Where this agent's own telephone rings; null if they have not told. */
  public @Nullable String numberOf(String login) {
    return store.numberOf(login);
  }

  /** The last calls with this payer, newest first. */
  public List<Line> ofPayer(long payerId) {
    return store.ofPayer(payerId, LISTED_MAX).stream()
        .map(
            c ->
                new Line(
                    c.id(),
                    c.announced(),
                    c.login(),
                    c.payerNumber(),
                    c.state(),
                    c.seconds(),
                    c.error(),
                    c.startedAt()))
        .toList();
  }

  /** Whether this payer has a number, and may be called now. */
  public boolean isCallable(Payer payer) {
    return PhoneNumbers.e164(payer.phone(), payer.country()) != null
        && permissions.decide(payer.id(), Channel.CALL, false, clock.instant()).allows();
  }

  /** Whether a call was put through for this task already. */
  public boolean wasMadeFor(long taskKey) {
    return store.wasMadeFor(taskKey);
  }

  /**
   * Connects an agent with a payer.
   *
   * @param agentNumber where the agent's telephone rings; it is remembered. Null for the one that
   *     is remembered
   * @param taskKey of the task that it is made for, if it is
   * @throws NotAllowed if the payer must not be called now
   * @throws NotPutThrough if the provider does not do it
   * @throws IllegalArgumentException for a number that is none
   */
  public Begun connect(
      long payerId, String login, @Nullable String agentNumber, @Nullable Long taskKey) {
    Payer payer = payers.findById(payerId).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    String theirs = required(payer);
    if (!account.calls()) {
      requireAllowed(payerId);
      return new Begun(
          null, theirs, "by-hand", "No telephone provider is set up: dial " + theirs + " by hand.");
    }
    String own = agentNumber(login, agentNumber, creditor.country());
    long id =
        begin(
            payerId, () -> store.add(payerId, login, own, theirs, taskKey, null, clock.instant()));
    dial(id, own, "agent");
    return new Begun(
        id, theirs, "dialling", "Your telephone " + own + " rings first, then " + theirs + ".");
  }

  /**
   * Has a text read out to a payer, in the countries where the policy allows it.
   *
   * @throws NotAllowed as above
   */
  public Begun announce(long payerId, String login) {
    Payer payer = payers.findById(payerId).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    String country = payer.country() == null ? creditor.country() : payer.country();
    if (!account.settings().announcements().contains(country)) {
      throw new NotAllowed(
          "Announcements are not allowed in "
              + country
              + ": relance.twilio.announcements names the countries where they are");
    }
    String theirs = required(payer);
    if (!account.calls()) {
      throw new NotAllowed("No telephone provider is set up: set relance.twilio.voice-from");
    }
    Announcements.Text text = Announcements.of(creditor, payer);
    long id =
        begin(payerId, () -> store.add(payerId, login, null, theirs, null, text, clock.instant()));
    dial(id, theirs, "payer");
    return new Begun(id, theirs, "dialling", text.words());
  }

  private static String required(Payer payer) {
    String number = PhoneNumbers.e164(payer.phone(), payer.country());
    if (number == null) {
      throw new IllegalArgumentException(
          "phone of customer "
              + payer.number()
              + " is "
              + (payer.phone() == null
                  ? "not known"
                  : "'" + payer.phone() + "', which rings nowhere")
              + ": correct it in the ledger");
    }
    return number;
  }

  private void requireAllowed(long payerId) {
    Permission permission = permissions.decide(payerId, Channel.CALL, false, clock.instant());
    if (!permission.allows()) {
      throw new NotAllowed("The payer must not be called now: " + permission.reason());
    }
  }

  private String agentNumber(String login, @Nullable String typed, String country) {
    if (typed == null || typed.isBlank()) {
      String known = store.numberOf(login);
      if (known == null) {
        throw new IllegalArgumentException(
            "agentNumber is missing: say at which number your own telephone rings");
      }
      return known;
    }
    String number = PhoneNumbers.e164(typed, country);
    if (number == null) {
      throw new IllegalArgumentException(
          "agentNumber is '" + typed + "', which is no number such as +33 1 23 45 67 89");
    }
    store.remember(login, number, clock.instant());
    return number;
  }

  /** Committed before anybody is called: Twilio asks for it while it is still being answered. */
  private long begin(long payerId, Supplier<Long> add) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              balances.lock(List.of(payerId));
              requireAllowed(payerId);
              if (store.isUnderWay(payerId, clock.instant().minus(SAME_WITHIN))) {
                throw new NotAllowed("A call to this payer has just begun");
              }
              return add.get();
            }));
  }

  /**
   * @param whose telephone is called first
   */
  private void dial(long id, String number, String whose) {
    String path = "/hooks/twilio/voice/" + id;
    try {
      Call call =
          Call.creator(
                  new PhoneNumber(number),
                  new PhoneNumber(Objects.requireNonNull(account.settings().voiceFrom())),
                  URI.create(Objects.requireNonNull(account.url(path))))
              .setMethod(HttpMethod.POST)
              .setTimeout(RING_SECONDS)
              .setStatusCallback(account.url(path + "/" + whose))
              .setStatusCallbackMethod(HttpMethod.POST)
              .create(account.client());
      if (call.getSid() != null) {
        store.nameByProvider(id, call.getSid());
      }
    } catch (TwilioHttp.AnswerLost | ApiConnectionException lost) {
      log.warn("Call {} may have been put through: {}", id, lost.getMessage());
    } catch (TwilioHttp.NotReached unreachable) {
      throw failed(id, String.valueOf(unreachable.getMessage()), unreachable);
    } catch (ApiException said) {
      throw failed(id, TwilioCodes.words(said.getCode(), said.getMessage()), said);
    }
  }

  private NotPutThrough failed(long id, String why, Throwable cause) {
    store.end(id, "failed", null, why, clock.instant());
    return new NotPutThrough("The call was not put through: " + why, cause);
  }
}
