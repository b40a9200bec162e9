package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Reach;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes messages of one channel to payers. */
interface Carrier extends Reach {

  /** It was refused for good: another try would end the same. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** The other side may have taken it: nobody can tell. */
  final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** It surely did not leave; another try may succeed. */
  final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Away(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** As it is kept with each message: {@code smtp}, {@code catch}. */
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
   * @throws Unknown if it may have been taken
   * @throws Away if it surely was not, for now
   */
  @Nullable String send(
      Creditor creditor, NoticeStore.Kept notice, Instant now, Runnable beforeContact);

  /**
   * Whether a message that a crash or a broken line interrupted was taken; empty where nobody can
   * tell.
   *
   * @throws Away if the other side cannot be asked now, or it is too early for its answer to be
   *     certain
   */
  Optional<Taken> wasTaken(NoticeStore.Kept notice, Instant now);

  /**
   * What the other side knows of a message.
   *
   * @param providerId what it calls the message, if it has it and names it
   */
  record Taken(boolean taken, @Nullable String providerId) {

    static Taken no() {
      return new Taken(false, null);
    }

    static Taken yes(@Nullable String providerId) {
      return new Taken(true, providerId);
    }
  }
}
