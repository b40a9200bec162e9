package io.relance.engine;

import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How the engine's answers are read. "Slower, please" (RESOURCE_EXHAUSTED, 429, 503) and a broker
 * that is away are retried with jitter; a key that is gone is told apart from a conflict and from a
 * refusal.
 */
final class EngineCommands {

  private static final Duration USUAL_MAX = Duration.ofSeconds(20);

  private EngineCommands() {}

  /** Sends a command; called again for each try. */
  interface Send {
    CompletionStage<?> once();
  }

  /** What a command spoke of is not there any more, or is somebody else's. */
  abstract static sealed class TooLate extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean perhapsByUs;

    TooLate(Throwable cause, boolean perhapsByUs) {
      super(cause.getMessage(), cause);
      this.perhapsByUs = perhapsByUs;
    }

    /** An earlier try of the same command got no answer: it may be the one that was first. */
    boolean perhapsByUs() {
      return perhapsByUs;
    }
  }

  /** What a command spoke of is not there (any more). */
  static final class Gone extends TooLate {
    private static final long serialVersionUID = 1L;

    Gone(Throwable cause, boolean perhapsByUs) {
      super(cause, perhapsByUs);
    }
  }

  /** Somebody else was first. */
  static final class Conflict extends TooLate {
    private static final long serialVersionUID = 1L;

    Conflict(Throwable cause, boolean perhapsByUs) {
      super(cause, perhapsByUs);
    }
  }

  enum Answer {
    /** Not done: the engine is too busy. */
    SLOWER,
    /** No answer: done or not. */
    RETRY,
    GONE,
    CONFLICT,
    REFUSED;

    /** Another try may succeed. */
    boolean isPassing() {
      return this == SLOWER || this == RETRY;
    }
  }

  /** Where nobody waits for the answer at a screen. */
  static void retrying(Send send) {
    retrying(send, USUAL_MAX);
  }

  static void retrying(Send send, Duration max) {
    long deadline = System.nanoTime() + max.toNanos();
    long pause = 20;
    boolean unanswered = false;
    while (true) {
      Throwable failure;
      try {
        send.once().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        failure = e.getCause() == null ? e : e.getCause();
      } catch (TimeoutException e) {
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the engine was asked", e);
      }
      Answer answer = read(failure);
      if (answer == Answer.GONE) {
        throw new Gone(failure, unanswered);
      }
      if (answer == Answer.CONFLICT) {
        throw new Conflict(failure, unanswered);
      }
      if (answer == Answer.REFUSED || System.nanoTime() > deadline) {
        throw failure instanceof RuntimeException known
            ? known
            : new IllegalStateException(failure);
      }
      unanswered |= answer == Answer.RETRY;
      sleep(pause + ThreadLocalRandom.current().nextLong(pause));
      pause = Math.min(1_000, pause * 2);
    }
  }

  static Answer read(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isPaused(cause)) {
        return Answer.SLOWER;
      }
      if (cause instanceof ClientStatusException status) {
        return ofGrpc(status.getStatusCode());
      }
      // what a future completes with; only join() wraps it
      if (cause instanceof StatusRuntimeException status) {
        return ofGrpc(status.getStatus().getCode());
      }
      if (cause instanceof ProblemException problem) {
        return ofHttp(problem.code());
      }
      if (cause instanceof TimeoutException || cause instanceof java.io.IOException) {
        return Answer.RETRY;
      }
    }
    return Answer.REFUSED;
  }

  /**
   * While processing is paused, as it is for a moment when we remind the engine of what it forgot,
   * it answers with an internal error; nothing was done.
   */
  private static boolean isPaused(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("Processing paused for partition");
  }

  private static Answer ofGrpc(Status.Code code) {
    return switch (code) {
      case RESOURCE_EXHAUSTED -> Answer.SLOWER;
      case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, CANCELLED, UNKNOWN -> Answer.RETRY;
      case NOT_FOUND -> Answer.GONE;
      case ALREADY_EXISTS, FAILED_PRECONDITION -> Answer.CONFLICT;
      default -> Answer.REFUSED;
    };
  }

  private static Answer ofHttp(int code) {
    return switch (code) {
      case 429 -> Answer.SLOWER;
      case 500, 502, 503, 504 -> Answer.RETRY;
      case 404 -> Answer.GONE;
      case 409 -> Answer.CONFLICT;
      default -> Answer.REFUSED;
    };
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
