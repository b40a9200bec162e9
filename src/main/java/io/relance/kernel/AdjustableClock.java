package io.relance.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The application's only source of time. In production it is the system's clock; a demo or a test
 * moves it by an offset, after which it goes on ticking from there.
 */
public final class AdjustableClock implements InstantSource {

  private final InstantSource system;
  private final ThreadLocal<Duration> ahead = ThreadLocal.withInitial(() -> Duration.ZERO);
  private volatile Duration offset = Duration.ZERO;

  public AdjustableClock(InstantSource system) {
    this.system = system;
  }

  @Override
  public Instant instant() {
    return system.instant().plus(offset).plus(ahead.get());
  }

  /** What is added to the system's clock; zero unless a demo or a test moved it. */
  public Duration offset() {
    return offset;
  }

  /** The system's own time, for what must not be fooled by a moved clock (leases, file names). */
  public Instant systemInstant() {
    return system.instant();
  }

  /** Runs something that already sees a later time, while everybody else does not yet. */
  public void runAhead(Instant instant, Runnable work) {
    ahead.set(Duration.between(instant(), instant));
    try {
      work.run();
    } finally {
      ahead.remove();
    }
  }

  public void moveTo(Instant instant) {
    offset = Duration.between(system.instant(), instant);
  }

  public void setOffset(Duration offset) {
    this.offset = offset;
  }
}
