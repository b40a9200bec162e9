package io.relance.designer;

import io.relance.engine.EngineGate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lints BPMN models and DMN decisions by the very rules that the build goes by: the same script,
 * run here without access to anything. A model that keeps it busy for too long is told so.
 */
@Component
public class ModelLinter {

  /** The largest file that is looked at, in bytes. */
  public static final int BYTES_MAX = 2_000_000;

  private static final String SCRIPT = "/static/vendor/relance/lint.js";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TypeReference<List<Map<String, String>>> REPORTS = new TypeReference<>() {};

  /**
   * What is wrong.
   *
   * @param file its name, as it was given
   * @param element id of the element; empty if it is about the whole file
   * @param category {@code error}, or {@code warn} for what only a reader would trip over
   * @param rule that found it, such as {@code relance/job-type}
   * @param message what would go wrong
   */
  public record Finding(
      String file, String element, String category, String rule, String message) {}

  private final JsonMapper json;
  private final EngineGate connected;
  private final Engine engine =
      Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
  private final Semaphore oneAtATime = new Semaphore(1);
  private @Nullable Source script;

  ModelLinter(JsonMapper json, EngineGate connected) {
    this.json = json;
    this.connected = connected;
  }

  /** Findings in a file, none if it is as it should be. */
  public List<Finding> lint(String file, byte[] content) {
    if (content.length > BYTES_MAX) {
      return List.of(tooLarge(file));
    }
    String xml = new String(content, StandardCharsets.UTF_8);
    if (xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY")) {
      return List.of(about(file, "xml", "The file has a document type, which no model needs"));
    }
    try {
      if (!oneAtATime.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return List.of(about(file, "xml", "Other files are being looked at; try again"));
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before linting " + file, stopping);
    }
    try {
      return lint(file, xml, Context.newBuilder("js").engine(engine).build());
    } finally {
      oneAtATime.release();
    }
  }

  private List<Finding> lint(String file, String xml, Context context) {
    CompletableFuture<String> said =
        CompletableFuture.supplyAsync(
            () -> run(context, xml), task -> Thread.ofPlatform().name("lint").start(task));
    try {
      String reports = said.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return json.readValue(reports, REPORTS).stream().map(r -> read(file, r)).toList();
    } catch (TimeoutException busy) {
      return List.of(
          about(
              file,
              "xml",
              "The file could not be looked through within " + PATIENCE.toSeconds() + " s"));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while linting " + file, stopping);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the linter failed on " + file, failed.getCause());
    } finally {
      // Closed by force, as a script that took too long still runs.
      context.close(true);
    }
  }

  /** Promises of the script are kept when a call from outside returns. */
  private String run(Context context, String xml) {
    context.eval(script());
    Value linter = context.getBindings("js").getMember("relanceLint");
    linter.invokeMember("begin", xml, connected.version());
    return Objects.requireNonNull(
        linter.invokeMember("result").asString(), "the linter said nothing");
  }

  private synchronized Source script() {
    if (script == null) {
      try (InputStream in =
          Objects.requireNonNull(
              getClass().getResourceAsStream(SCRIPT), SCRIPT + " was not built")) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        script = Source.newBuilder("js", text, "lint.js").cached(true).build();
      } catch (IOException unreadable) {
        throw new IllegalStateException(SCRIPT + " cannot be read", unreadable);
      }
    }
    return script;
  }

  /** Of a file that is not looked at. */
  public static Finding tooLarge(String file) {
    return about(file, "xml", "The file is larger than " + BYTES_MAX + " bytes: no model is");
  }

  private static Finding read(String file, Map<String, String> report) {
    return new Finding(
        file,
        report.getOrDefault("id", ""),
        report.getOrDefault("category", "error"),
        report.getOrDefault("rule", ""),
        report.getOrDefault("message", ""));
  }

  private static Finding about(String file, String rule, String message) {
    return new Finding(file, "", "error", rule, message);
  }
}
