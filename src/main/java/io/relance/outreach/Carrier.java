package io.relance.outreach;

import io.relance.engine.NotYet;
import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Reach;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes messages of one channel to payers. */
public interface Carrier extends Reach {

  /** It was refused for good: another try would end the same. */
  class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** The other side knows that the payer does not want this channel any more. */
  final class OptedOut extends Refused {
    private static final long serialVersionUID = 1L;

    public OptedOut(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** What we made is refused, whoever it was for: it says nothing of the payer's address. */
  final class Unsendable extends Refused {
    private static final long serialVersionUID = 1L;

    public Unsendable(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** The other side may have taken it: nobody can tell. */
  final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unknown(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** It surely did not leave; another try may succeed. */
  final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Away(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /**
   * It may have been taken, and the other side can be asked: nothing is sent before it has told. It
   * costs no retry, since asking again is all that is to be done.
   */
  final class Doubtful extends NotYet {
    private static final long serialVersionUID = 1L;

    public Doubtful(String why) {
      super(why);
    }
  }

  /** As it is kept with each message: {@code smtp}, {@code twilio}, {@code catch}. */
  String word();

  /** The payer's address of this channel; null if they have none, or nothing can be sent by it. */
  @Nullable String addressOf(Payer payer);

  @Override
  default boolean reaches(Payer payer) {
    return addressOf(payer) != null;
  }

  /**
   * Returns once the other side has taken the message.
   *
   * @param beforeContact told right before the other side is contacted
   * @return what the other side calls it, by which its later word is known; null if it has no name
   *     there
   * @throws Refused if it is refused for good
   * @throws Unknown if it may have been taken, and nobody can tell
   * @throws Doubtful if it may have been taken, and {@link #wasTaken} will tell
   * @throws Away if it surely was not, for now
   */
  @Nullable String send(
      Creditor creditor, NoticeStore.Kept notice, Instant now, Runnable beforeContact);

  /**
   * Whether a message that a crash or a broken line interrupted was taken; empty where nobody can
   * tell.
   *
   * @throws Away if the other side cannot be asked now
   * @throws Doubtful if it is too early for its answer to be certain
   */
  Optional<Taken> wasTaken(NoticeStore.Kept notice, Instant now);

  /**
   * What the other side knows of a message.
   *
   * @param providerId what it calls the message, if it has it and names it
   */
  record Taken(boolean taken, @Nullable String providerId) {

    public static Taken no() {
      return new Taken(false, null);
    }

    public static Taken yes(@Nullable String providerId) {
      return new Taken(true, providerId);
    }
  }
}
