package io.relance.simulation;

import io.relance.engine.EngineClock;
import io.relance.engine.EngineGate;
import io.relance.engine.EngineQuiet;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.FollowsDay;
import io.relance.ledger.Creditors;
import io.relance.ledger.LedgerReplay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Moves the application's and the engine's time together, a day at a time: on each day the payments
 * of that day come first, then what the day brings ({@link FollowsDay}), then the engine's timers
 * fire, and when all is quiet the next day comes. A jump goes all the way at once, as if the system
 * had been down.
 */
@Component
public class DemoClock {

  private static final Logger log = LoggerFactory.getLogger(DemoClock.class);
  private static final Duration MAX = Duration.ofDays(400);
  private static final Duration INTO_THE_WINDOW = Duration.ofMinutes(45);
  private static final Duration QUIET_MAX = Duration.ofSeconds(90);

  /**
   * Timers so close ahead belong to the day's work: a payer's requests are gathered for a moment
   * before they are sent.
   */
  private static final Duration AHEAD = Duration.ofSeconds(12);

  /** Longer than the pause between two ticks. */
  private static final Duration TICK_AHEAD = Duration.ofMinutes(2);

  private static final int CALM_READINGS = 4;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

  /**
   * Where the clocks stand.
   *
   * @param moved whether they differ from the system's
   * @param quiet whether all work of the last day was done before this answer
   */
  public record Reading(Instant now, boolean moved, boolean quiet) {}

  private final AdjustableClock clock;
  private final ObjectProvider<EngineClock> engineClock;
  private final ObjectProvider<StoredClock> stored;
  private final EngineGate gate;
  private final EngineQuiet quiet;
  private final LedgerReplay replay;
  private final List<FollowsDay> daily;
  private final Creditors creditors;
  private final ReentrantLock moving = new ReentrantLock();
  private final AtomicBoolean asked = new AtomicBoolean();

  DemoClock(
      AdjustableClock clock,
      ObjectProvider<EngineClock> engineClock,
      ObjectProvider<StoredClock> stored,
      EngineGate gate,
      EngineQuiet quiet,
      LedgerReplay replay,
      List<FollowsDay> daily,
      Creditors creditors) {
    this.clock = clock;
    this.engineClock = engineClock;
    this.stored = stored;
    this.gate = gate;
    this.quiet = quiet;
    this.replay = replay;
    this.daily = daily;
    this.creditors = creditors;
  }

  public Reading read() {
    return new Reading(clock.instant(), !clock.offset().isZero(), true);
  }

  /**
   * Moves the clocks.
   *
   * @param advance an ISO 8601 duration or period, such as {@code P3D} or {@code PT6H}
   * @param jump at once instead of day by day
   * @throws ClockRefused outside the demo, while somebody else moves them, or by an amount that is
   *     not positive
   */
  public Reading advance(String advance, boolean jump) {
    EngineClock engine = engineClock.getIfAvailable();
    if (engine == null) {
      throw new ClockRefused(
          "The clock can be moved in the demo only (relance.demo.enabled)", true);
    }
    Duration total = durationOf(advance);
    if (!asked.compareAndSet(false, true)) {
      throw new ClockRefused("The clock is being moved by somebody else right now", false);
    }
    moving.lock(); // the tick may have it for a moment
    try {
      if (!gate.isReady()) {
        throw new ClockRefused("The engine is not ready yet; try again in a moment", false);
      }
      Instant target = clock.instant().plus(total);
      boolean allQuiet = awaitQuiet(engine);
      while (clock.instant().isBefore(target)) {
        Instant next = nextStop(clock.instant());
        move(engine, jump || next.isAfter(target) ? target : next);
        allQuiet = awaitQuiet(engine);
        if (jump) {
          break;
        }
      }
      return new Reading(clock.instant(), true, allQuiet);
    } finally {
      moving.unlock();
      asked.set(false);
    }
  }

  /**
   * Three quarters of an hour into the next sending window: what is due in the morning has come up
   * by then. Before that, as long after the next timer, so that who lives where the day begins
   * later, or may be called from ten o'clock, has a morning, too.
   */
  private Instant nextStop(Instant now) {
    Instant morning = nextMorning(now);
    Instant timer = quiet.nextTimer();
    Instant afterTimer = timer == null ? morning : timer.plus(INTO_THE_WINDOW);
    return afterTimer.isAfter(now) && afterTimer.isBefore(morning) ? afterTimer : morning;
  }

  private Instant nextMorning(Instant now) {
    BusinessCalendar calendar = creditors.findAll().getFirst().calendar();
    LocalDate day = calendar.dateOf(now);
    Instant stop = calendar.opening(day).plus(INTO_THE_WINDOW);
    return stop.isAfter(now) ? stop : calendar.opening(day.plusDays(1)).plus(INTO_THE_WINDOW);
  }

  private void move(EngineClock engine, Instant to) {
    // before any clock shows the day: what starts or sends of itself must not be ahead of a payment
    clock.runAhead(to, () -> replay.arriveUpTo(to));
    engine.moveTo(
        to,
        () -> {
          stored.ifAvailable(StoredClock::keep);
          daily.forEach(FollowsDay::followDay);
        });
  }

  /** What a replay says of a day arrives before the clock ticks into it, too. */
  @Scheduled(fixedDelay = 30_000, initialDelay = 15_000)
  void tick() {
    if (engineClock.getIfAvailable() != null && moving.tryLock()) {
      try {
        Instant soon = clock.instant().plus(TICK_AHEAD);
        clock.runAhead(soon, () -> replay.arriveUpTo(soon));
      } finally {
        moving.unlock();
      }
    }
  }

  /**
   * Waits until nothing is under way and the read model stands still; false if it did not come to
   * that in time. A timer that is due within seconds belongs to the day's work: the clocks go on to
   * it.
   */
  private boolean awaitQuiet(EngineClock engine) {
    long deadline = System.nanoTime() + QUIET_MAX.toNanos();
    long position = -1;
    int calm = 0;
    try {
      while (System.nanoTime() < deadline) {
        Thread.sleep(LOOK_AGAIN);
        String pending = answered(engine) ? quiet.pending() : "the engine is away";
        long now = quiet.position();
        log.debug("position {} calm {} pending '{}'", now, calm, pending);
        calm = now == position && pending.isEmpty() ? calm + 1 : 0;
        position = now;
        if (calm < CALM_READINGS) {
          continue;
        }
        Instant timer = quiet.nextTimer();
        if (timer == null || timer.isAfter(clock.instant().plus(AHEAD))) {
          return true;
        }
        if (timer.isAfter(clock.instant())) {
          move(engine, timer);
        }
        calm = 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.warn("The day's work is not done: {}", quiet.pending());
    return false;
  }

  /** The engine answers in turn: what it had been told before is done by then. */
  private static boolean answered(EngineClock engine) {
    try {
      engine.follow();
      return true;
    } catch (RuntimeException away) {
      return false;
    }
  }

  private static Duration durationOf(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeParseException noDuration) {
      try {
        Instant start = Instant.EPOCH;
        duration =
            Duration.between(
                start, start.atZone(ZoneOffset.UTC).plus(Period.parse(text)).toInstant());
      } catch (DateTimeParseException bad) {
        throw new ClockRefused(
            "'" + text + "' is not an ISO 8601 duration such as P3D or PT6H", false);
      }
    }
    if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX) > 0) {
      throw new ClockRefused("The clock can go forward by up to 400 days, not by " + text, false);
    }
    return duration;
  }
}
