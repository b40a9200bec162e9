package io.relance.platform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs beside the application and is kept alive: what an earlier run left behind is
 * stopped first, an unexpected death is answered by a restart, and closing stops it in order. It
 * runs in a session of its own where the system can do that, so that Ctrl-C reaches the application
 * alone, which then stops its children in the right order.
 */
public final class ChildProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(15);

  /**
   * @param name how the part is called in messages
   * @param command program and arguments
   * @param marker a text in the command line that only this child of this home has; finds leftovers
   * @param environment variables added to the application's own
   * @param folder where it runs
   * @param output the file that takes what it prints
   * @param stopGrace how long it may take to stop before it is killed
   */
  public record Spec(
      String name,
      List<String> command,
      String marker,
      Map<String, String> environment,
      Path folder,
      Path output,
      Duration stopGrace) {}

  /** What the child is doing, for the health endpoint. */
  public enum State {
    STOPPED,
    RUNNING,
    RESTARTING
  }

  private final Spec spec;
  private final AtomicInteger restarts = new AtomicInteger();
  private volatile @Nullable Process process;
  private volatile State state = State.STOPPED;
  private volatile boolean closing;
  private volatile long startedNanos;

  public ChildProcess(Spec spec) {
    this.spec = spec;
  }

  /** Stops what an earlier run left behind. To be called before ports are checked. */
  public void stopLeftovers() {
    long self = ProcessHandle.current().pid();
    ProcessHandle.allProcesses()
        .filter(p -> p.pid() != self && commandLine(p).contains(spec.marker()))
        .filter(p -> isOurProgram(commandLine(p)))
        .forEach(
            leftover -> {
              log.info(
                  "Stopping the {} that an earlier run left behind (pid {})",
                  spec.name(),
                  leftover.pid());
              stop(leftover, spec.stopGrace());
            });
  }

  private boolean isOurProgram(String commandLine) {
    String program = Path.of(spec.command().getFirst()).getFileName().toString();
    return commandLine.contains(program);
  }

  public synchronized void start() {
    closing = false;
    spawn();
  }

  private void spawn() {
    try {
      Files.createDirectories(spec.output().toAbsolutePath().getParent());
      ProcessBuilder builder = new ProcessBuilder(inOwnSession(spec.command()));
      builder.environment().putAll(spec.environment());
      builder.directory(spec.folder().toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.output().toFile()));
      Process started = builder.start();
      startedNanos = System.nanoTime();
      process = started;
      state = State.RUNNING;
      started.onExit().thenAccept(this::onExit);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the " + spec.name(), e);
    }
  }

  private void onExit(Process exited) {
    if (closing || process != exited) {
      return;
    }
    state = State.RESTARTING;
    int count = restarts.incrementAndGet();
    boolean stable = System.nanoTime() - startedNanos > TimeUnit.MINUTES.toNanos(1);
    long pauseMillis =
        stable ? 500 : Math.min(RESTART_PAUSE_MAX.toMillis(), 500L * (1L << Math.min(count, 5)));
    log.warn(
        "The {} ended unexpectedly (exit {}); restarting it in {} ms. Its output: {}",
        spec.name(),
        exited.exitValue(),
        pauseMillis,
        spec.output());
    Thread.ofVirtual()
        .name("restart-" + spec.name())
        .start(
            () -> {
              try {
                Thread.sleep(pauseMillis);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
              }
              restart(exited);
            });
  }

  /** Tries until it starts: a machine short of memory for a moment must not end the care. */
  private void restart(Process exited) {
    while (true) {
      try {
        synchronized (this) {
          if (!closing && process == exited) {
            spawn();
          }
        }
        return;
      } catch (UncheckedIOException cannot) {
        log.error("{}; trying again in {}", cannot.getMessage(), RESTART_PAUSE_MAX, cannot);
        try {
          Thread.sleep(RESTART_PAUSE_MAX);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  public boolean isAlive() {
    Process current = process;
    return current != null && current.isAlive();
  }

  public State state() {
    return state;
  }

  public int restarts() {
    return restarts.get();
  }

  public long pid() {
    Process current = process;
    return current == null ? -1 : current.pid();
  }

  public String name() {
    return spec.name();
  }

  public Path output() {
    return spec.output();
  }

  @Override
  public synchronized void close() {
    closing = true;
    Process current = process;
    if (current != null && current.isAlive()) {
      stop(current.toHandle(), spec.stopGrace());
    }
    state = State.STOPPED;
  }

  private static void stop(ProcessHandle handle, Duration grace) {
    handle.destroy();
    try {
      handle.onExit().orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException late) {
      if (!(late.getCause() instanceof TimeoutException)) {
        throw late;
      }
      handle.destroyForcibly();
      handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private static String commandLine(ProcessHandle handle) {
    return handle.info().commandLine().orElse("");
  }

  private static List<String> inOwnSession(List<String> command) {
    for (String place : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (new File(place).canExecute()) {
        List<String> wrapped = new ArrayList<>();
        wrapped.add(place);
        wrapped.addAll(command);
        return wrapped;
      }
    }
    return command;
  }
}
