package io.relance.kernel;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Runs a whole transaction again when the database chose it as the victim of a deadlock, or when
 * two made the same row: normal under load, and gone at the next try.
 */
public final class LockRetries {

  private static final int TRIES_MAX = 6;

  private LockRetries() {}

  /** The supplier must be a transaction of its own, so that nothing of a failed try stays. */
  public static <T> T retrying(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (DuplicateKeyException | PessimisticLockingFailureException other) {
        if (attempt == TRIES_MAX) {
          throw other;
        }
        pause(attempt);
      }
    }
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(5L * attempt, 25L * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lock", e);
    }
  }
}
