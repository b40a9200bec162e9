package io.relance.outreach.print;

import java.util.List;
import java.util.Optional;

/**
 * Prints and posts letters for us: a print house, a postal service.
 *
 * <p>The contract. {@link Letter#messageId} is the key: two submissions of one key are one letter,
 * or the second is refused. {@code submit} returns once the provider has taken the letter over and
 * would post it without us. What it throws says how sure we are: {@link Refused} and {@link Away}
 * that nothing was taken, {@link Unknown}, and anything else, that it may have been. {@code
 * statusOf} is asked after a crash or an {@link Unknown}; empty means that the provider cannot
 * tell, and then a person must say. Both may be called by many threads; one letter is submitted by
 * one at a time, which holds the lock of its payer, so they answer within seconds.
 */
public interface PostalProvider {

  /** As it is kept with each submission: {@code folder}. */
  String word();

  /**
   * Gives the letter over.
   *
   * @throws Refused if it will not take this letter, now or later
   * @throws Away if it cannot be reached and surely has not taken it
   * @throws Unknown if it may have taken it
   */
  Receipt submit(Letter letter);

  /**
   * Whether it has taken the letter; empty where it cannot tell.
   *
   * @throws Away if it cannot be asked now
   */
  Optional<Status> statusOf(String messageId);

  /**
   * A letter to post.
   *
   * @param messageId letters, digits, dots and hyphens
   * @param country ISO 3166-1 alpha-2; empty if it is not known
   * @param registered whether proof of posting is needed
   */
  record Letter(
      String messageId,
      long noticeId,
      String recipient,
      List<String> addressLines,
      String country,
      boolean registered,
      byte[] pdf,
      int pages,
      String sha256) {}

  /**
   * @param providerId what the provider calls the letter, 64 characters at most; for a registered
   *     one the number of its posting
   */
  record Receipt(String providerId) {}

  /**
   * @param taken false only if it surely was not
   * @param providerId what the provider calls it if it was; otherwise empty
   */
  record Status(boolean taken, String providerId) {}

  /** It will not take this letter. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(String reason) {
      super(reason);
    }
  }

  /** It cannot be reached; the letter surely is not there. */
  final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Away(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** It may have the letter. */
  final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unknown(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
