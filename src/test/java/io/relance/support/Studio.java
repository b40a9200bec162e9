package io.relance.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process with its form in the studio, whose names nobody else uses: what is done to it changes
 * nothing for other tests of the same server.
 */
public final class Studio {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Server server;
  private final String id =
      "visit-plan-" + System.nanoTime() % 1_000_000 + "-" + COUNT.incrementAndGet();

  public Studio(Server server) {
    this.server = server;
  }

  public String id() {
    return id;
  }

  public String bpmn() {
    return id + ".bpmn";
  }

  public String form() {
    return id + ".form";
  }

  /** The file that Modeler would give, under this name. */
  public String text(String kind) {
    try (InputStream in =
        Objects.requireNonNull(Studio.class.getResourceAsStream("/studio/visit-plan." + kind))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("visit-plan", id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Server.Answer save(String file, String text, int base, String user) {
    return server.exchange(
        "PUT",
        "/api/v1/studio/drafts/" + file + "?base=" + base + "&comment=" + encoded("because"),
        user,
        "application/octet-stream",
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** Saves both files as they are, and deploys them. */
  public Studio deployed(String tag) {
    save(bpmn(), text("bpmn"), 0, "designer").expect(200);
    save(form(), text("form"), 0, "designer").expect(200);
    deploy(tag, bpmn(), form()).expect(200);
    return this;
  }

  public Server.Answer deploy(String tag, String... files) {
    Map<String, Integer> revisions = new java.util.TreeMap<>();
    for (String file : files) {
      revisions.put(file, revision(file));
    }
    return server.post(
        "/api/v1/studio/releases",
        JsonMapper.shared()
            .writeValueAsString(Map.of("versionTag", tag, "comment", "x", "drafts", revisions)),
        "designer");
  }

  /**
   * @param newest the newest release that is known
   */
  public Server.Answer rollBack(long release, String tag, long newest) {
    return server.post(
        "/api/v1/studio/releases/" + release + "/roll-back",
        "{\"versionTag\":\"" + tag + "\",\"newest\":" + newest + "}",
        "designer");
  }

  public Server.Answer rollBack(long release, String tag) {
    return server.post(
        "/api/v1/studio/releases/" + release + "/roll-back",
        "{\"versionTag\":\"" + tag + "\"}",
        "designer");
  }

  public JsonNode plan(String... files) {
    return server
        .post(
            "/api/v1/studio/plan",
            JsonMapper.shared().writeValueAsString(Map.of("files", files)),
            "designer")
        .expect(200)
        .json();
  }

  public JsonNode view(String file) {
    for (JsonNode one : server.get("/api/v1/studio/files", "designer").expect(200).json()) {
      if (one.path("name").asString("").equals(file)) {
        return one;
      }
    }
    throw new AssertionError("the studio knows no " + file);
  }

  /** The draft's revision; 0 without one. */
  public int revision(String file) {
    JsonNode draft = view(file).path("draft");
    return draft.isMissingNode() || draft.isNull() ? 0 : draft.path("revision").asInt();
  }

  public String content(String file, String version) {
    return new String(
        server.download("/api/v1/studio/files/" + file + "?version=" + version, "designer"),
        StandardCharsets.UTF_8);
  }

  /** Version and tag in the engine, as the read model has them, the newest first. */
  public void awaitInEngine(int version, String tag) {
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(
                        server
                            .database()
                            .queryForList(
                                "SELECT CONCAT(version, ' ', COALESCE(version_tag, '')) FROM engine_process WHERE bpmn_process_id = ? ORDER BY version DESC",
                                String.class,
                                id))
                    .startsWith(version + " " + tag));
  }

  /** A case of that version, which waits for the visit to be planned. */
  public void begin(int version) {
    try (CamundaClient engine = server.engineClient()) {
      engine
          .newCreateInstanceCommand()
          .bpmnProcessId(id)
          .version(version)
          .variables(Map.of("invoiceId", id))
          .send()
          .join();
    }
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(40))
        .until(() -> versionsOfRunningCases().contains(version));
  }

  public List<Integer> versionsOfRunningCases() {
    return server
        .database()
        .queryForList(
            "SELECT version FROM engine_instance WHERE bpmn_process_id = ? AND state = 'active'",
            Integer.class,
            id);
  }

  /** Ends its cases, so that no other story meets their tasks. */
  public void end() {
    server.publish("invoice-settled", id, "{}");
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(40))
        .until(() -> versionsOfRunningCases().isEmpty());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
