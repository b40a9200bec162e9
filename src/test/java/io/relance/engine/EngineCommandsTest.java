package io.relance.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCommandsTest {

  /** The client's futures complete with the bare status; only its {@code join()} wraps it. */
  @ParameterizedTest
  @CsvSource({
    "RESOURCE_EXHAUSTED, SLOWER",
    "UNAVAILABLE, RETRY",
    "DEADLINE_EXCEEDED, RETRY",
    "ALREADY_EXISTS, CONFLICT",
    "NOT_FOUND, GONE",
    "INVALID_ARGUMENT, REFUSED"
  })
  void readsAnAnswerBareOrWrapped(Status.Code code, EngineCommands.Answer answer) {
    var bare = code.toStatus().asRuntimeException();
    assertThat(EngineCommands.read(bare)).isEqualTo(answer);
    assertThat(EngineCommands.read(new CompletionException(bare))).isEqualTo(answer);
    assertThat(EngineCommands.read(new ClientStatusException(code.toStatus(), bare)))
        .isEqualTo(answer);
  }

  @Test
  void backPressureIsWaitedOut() {
    AtomicInteger tries = new AtomicInteger();
    EngineCommands.retrying(
        () ->
            tries.incrementAndGet() < 4
                ? CompletableFuture.failedFuture(Status.RESOURCE_EXHAUSTED.asRuntimeException())
                : CompletableFuture.completedFuture("done"),
        Duration.ofSeconds(20));
    assertThat(tries).hasValue(4);
  }

  @Test
  void aJobThatIsGoneIsToldApart() {
    assertThatThrownBy(
            () ->
                EngineCommands.retrying(
                    () -> CompletableFuture.failedFuture(Status.NOT_FOUND.asRuntimeException()),
                    Duration.ofSeconds(1)))
        .isInstanceOf(EngineCommands.Gone.class);
  }

  @Test
  void aConflictAfterALostAnswerMayBeOurOwn() {
    assertThat(conflictAfter(Status.UNAVAILABLE).perhapsByUs()).isTrue();
    assertThat(conflictAfter(Status.RESOURCE_EXHAUSTED).perhapsByUs())
        .as("a busy engine has done nothing")
        .isFalse();
  }

  private static EngineCommands.Conflict conflictAfter(Status first) {
    AtomicInteger tries = new AtomicInteger();
    return catchThrowableOfType(
        EngineCommands.Conflict.class,
        () ->
            EngineCommands.retrying(
                () ->
                    CompletableFuture.failedFuture(
                        (tries.incrementAndGet() == 1 ? first : Status.FAILED_PRECONDITION)
                            .asRuntimeException()),
                Duration.ofSeconds(5)));
  }

  /**
   * While we remind it of what it forgot, the engine takes nothing; a message is not lost by that.
   */
  @Test
  void aPauseIsNoRefusal() {
    StatusRuntimeException paused =
        Status.INTERNAL
            .withDescription(
                "Unexpected error occurred between gateway and broker (code: INTERNAL_ERROR) (message: Processing paused for partition '1')")
            .asRuntimeException();
    assertThat(EngineCommands.read(paused)).isEqualTo(EngineCommands.Answer.SLOWER);
    assertThat(EngineCommands.read(new CompletionException(paused)))
        .isEqualTo(EngineCommands.Answer.SLOWER);
    assertThat(EngineCommands.read(new ClientStatusException(paused.getStatus(), paused)))
        .isEqualTo(EngineCommands.Answer.SLOWER);
  }
}
