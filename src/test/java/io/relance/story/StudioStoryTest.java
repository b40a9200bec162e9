package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import io.relance.support.Studio;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Drafts, releases and trials of models, as scripts and the studio's pages ask for them. */
class StudioStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();
  private final Studio studio = new Studio(server);

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aFileComesBackAsItCame() throws IOException {
    byte[] file = studio.text("bpmn").getBytes(StandardCharsets.UTF_8);
    Server.Answer taken = upload(studio.bpmn(), file);
    assertThat(taken.expect(200).json().path("drafts").toString()).contains(studio.bpmn());
    assertThat(studio.content(studio.bpmn(), "draft")).isEqualTo(studio.text("bpmn"));
    assertThat(upload(studio.bpmn(), file).expect(200).json().path("drafts").size())
        .as("the same once more changes nothing")
        .isZero();
    Map<String, String> packed =
        unpacked(server.download("/api/v1/studio/export?of=newest", "designer"));
    assertThat(packed)
        .containsKeys("bpmn/invoice-collection.bpmn", "forms/payer-call.form")
        .containsEntry("bpmn/" + studio.bpmn(), studio.text("bpmn"));
    assertThat(unpacked(server.download("/api/v1/studio/export", "designer")))
        .as("a draft is not live")
        .doesNotContainKey("bpmn/" + studio.bpmn());
  }

  @Test
  void whatIsNoModelIsRefusedAndNothingIsKept() {
    String bpmn = studio.text("bpmn");
    refused(studio.bpmn(), "{}", "cannot be read as XML, line 1");
    refused(studio.bpmn(), bpmn.replace("</bpmn:process>", ""), "cannot be read as XML, line");
    refused(
        studio.bpmn(),
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + bpmn.substring(39),
        "document type");
    refused(studio.bpmn(), bpmn.replace("isExecutable=\"true\"", ""), "no executable process");
    refused(studio.bpmn(), "<html/>", "is no BPMN 2.0 file: it begins with <html>");
    refused(studio.bpmn(), " ".repeat(2_000_001), "the largest that is taken");
    refused(studio.form(), "{\"id\":\"x\",\n\"components\":[}", "is not JSON, line 2");
    refused(studio.form(), "{\"id\":\"x\"}", "no list of 'components'");
    refused("x.exe", "x", "is not taken");
    assertThat(upload(studio.bpmn(), new byte[50_000_000]).expect(413).body())
        .contains("50,000,000 bytes");
    assertThat(server.get("/api/v1/studio/files", "designer").body()).doesNotContain(studio.id());
    assertThat(server.get("/api/v1/studio/files", "agent").status()).isEqualTo(403);
    assertThat(server.get("/api/v1/studio/files", "manager").status()).isEqualTo(403);
  }

  @Test
  void twoPeopleOnOneDraft() {
    studio.save(studio.bpmn(), studio.text("bpmn"), 0, "designer").expect(200);
    Server.Answer second =
        studio.save(studio.bpmn(), studio.text("bpmn").replace("A7", "A9"), 0, "admin");
    JsonNode told = second.expect(409).json();
    assertThat(told.path("by").asString("")).isEqualTo("designer");
    assertThat(told.path("detail").asString("")).contains("designer changed " + studio.bpmn());
    assertThat(studio.content(studio.bpmn(), "draft")).contains("A7");
    int theirs = told.path("revision").asInt();
    studio
        .save(studio.bpmn(), studio.text("bpmn").replace("A7", "A9"), theirs, "admin")
        .expect(200);
    JsonNode history =
        server
            .get("/api/v1/studio/files/" + studio.bpmn() + "/history", "designer")
            .expect(200)
            .json();
    assertThat(history.findValuesAsString("author")).containsExactly("admin", "designer");
    assertThat(studio.content(studio.bpmn(), "revision-" + history.get(1).path("id").asLong()))
        .as("what was saved over stays in the history")
        .contains("A7");
    seen("designer");
    assertThat(seen("admin").path("others").toString()).isEqualTo("[\"designer\"]");
  }

  @Test
  void whatBelongsTogetherGoesLiveInOneStepAndBackAgain() {
    studio.deployed("one." + studio.id());
    studio.awaitInEngine(1, "one." + studio.id());
    assertThat(studio.revision(studio.bpmn())).as("no draft any more").isZero();

    String form = studio.text("form").replace("\"Note\"", "\"Remark\"");
    studio.save(studio.form(), form, 0, "designer").expect(200);
    assertThat(studio.plan(studio.form()).path("steps").findValuesAsString("name"))
        .as("the process is bound to its form")
        .containsExactly(studio.bpmn(), studio.form());
    JsonNode second = studio.deploy("two." + studio.id(), studio.form()).expect(200).json();
    studio.awaitInEngine(2, "one." + studio.id()); // its own content is the same
    assertThat(studio.content(studio.form(), "live"))
        .contains("Remark")
        .contains("\"versionTag\": \"two." + studio.id() + "\"");

    long first = second.path("release").path("id").asLong() - 1;
    assertThat(studio.deploy("one." + studio.id(), studio.form()).status())
        .as("no draft to deploy")
        .isEqualTo(400);
    assertThat(studio.rollBack(first, "late." + studio.id(), first).expect(409).body())
        .as("whoever has not seen the second does not undo it")
        .contains("designer deployed release two." + studio.id() + " meanwhile");
    JsonNode back = studio.rollBack(first, "back." + studio.id()).expect(200).json();
    assertThat(back.path("release").path("state").asString("")).isEqualTo("deployed");
    assertThat(studio.content(studio.form(), "live")).contains("\"Note\"").doesNotContain("Remark");
    studio.awaitInEngine(3, "one." + studio.id());
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'release-models' AND actor = 'designer' AND subject LIKE ?",
                "release %" + studio.id()))
        .isEqualTo(3);
  }

  @Test
  void whatSpeaksAgainstAReleaseIsTold() {
    studio.save(studio.bpmn(), studio.text("bpmn"), 0, "designer").expect(200);
    String missing = studio.deploy("m." + studio.id(), studio.bpmn()).expect(409).body();
    assertThat(missing).contains("There is no form \\\"" + studio.id() + "\\\"", "Task_Plan");

    studio.save(studio.form(), studio.text("form"), 0, "designer").expect(200);
    String own = "SELECT COUNT(*) FROM model_release WHERE version_tag = ?";
    server
        .database()
        .update(
            "INSERT INTO model_release (follows, version_tag, live_tag, author, at, state) SELECT COALESCE(MAX(id), 0), 'theirs', ?, 'anna', NOW(6), 'deploying' FROM model_release WHERE state = 'deployed'",
            "theirs" + studio.id());
    try {
      assertThat(studio.deploy("n." + studio.id(), studio.bpmn(), studio.form()).expect(409).body())
          .contains("anna is deploying 'theirs' at this moment");
    } finally {
      server
          .database()
          .update("DELETE FROM model_release WHERE live_tag = ?", "theirs" + studio.id());
    }
    assertThat(studio.deploy("a b", studio.bpmn(), studio.form()).expect(409).body())
        .contains("version tag 'a b' is not taken");
    studio.deploy("o." + studio.id(), studio.bpmn(), studio.form()).expect(200);
    studio.save(studio.form(), studio.text("form").replace("Note", "N"), 0, "designer").expect(200);
    assertThat(studio.deploy("o." + studio.id(), studio.form()).expect(409).body())
        .contains("was used before");
    assertThat(server.count(own, "o." + studio.id())).isEqualTo(1);
  }

  /** What the linter does not see, the engine does. */
  @Test
  void theEnginesRefusalIsToldInItsWordsAndTheDraftStays() {
    String model =
        studio
            .text("bpmn")
            .replace("correlationKey=\"=string(invoiceId)\"", "correlationKey=\"= (\"");
    studio.save(studio.bpmn(), model, 0, "designer").expect(200);
    studio.save(studio.form(), studio.text("form"), 0, "designer").expect(200);
    String said =
        studio.deploy("e." + studio.id(), studio.bpmn(), studio.form()).expect(409).body();
    assertThat(said).contains(studio.bpmn());
    assertThat(studio.revision(studio.bpmn())).isEqualTo(1);
    studio.save(studio.bpmn(), studio.text("bpmn"), 1, "designer").expect(200);
    studio.deploy("e." + studio.id(), studio.bpmn(), studio.form()).expect(200);
    studio.awaitInEngine(1, "e." + studio.id());
  }

  /** As after a {@code kill -9} between what was written down and the engine's answer. */
  @Test
  void aReleaseThatWasInterruptedIsCarriedOut() {
    studio.deployed("i." + studio.id());
    studio.awaitInEngine(1, "i." + studio.id());
    studio
        .save(studio.form(), studio.text("form").replace("Note", "Later"), 0, "designer")
        .expect(200);
    server
        .database()
        .update(
            "UPDATE model_release SET state = 'deploying' WHERE version_tag = ?",
            "i." + studio.id());
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM model_release WHERE version_tag = ? AND state = 'deployed'",
                        "i." + studio.id())
                    == 1);
    studio.awaitInEngine(1, "i." + studio.id()); // the same files make no new version
    assertThat(studio.content(studio.form(), "draft")).as("another draft stays").contains("Later");
  }

  @Test
  void casesThatStandWhereTheNewModelHasNothingAreCounted() {
    studio.deployed("w." + studio.id());
    studio.awaitInEngine(1, "w." + studio.id());
    server
        .engineClient()
        .newCreateInstanceCommand()
        .bpmnProcessId(studio.id())
        .latestVersion()
        .variables(Map.of("invoiceId", "none-" + studio.id()))
        .send()
        .join();
    String model = studio.text("bpmn").replace("Task_Plan", "Task_PlanAnew");
    studio.save(studio.bpmn(), model, 0, "designer").expect(200);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(studio.plan(studio.bpmn()).path("left").toString())
                    .contains("\"elementId\":\"Task_Plan\"", "\"cases\":1", "Plan the visit"));
  }

  @Test
  void aDecisionIsTriedOnTodaysCases() {
    String segment = "try-" + System.nanoTime() % 1_000_000;
    PayerFixture payer = aPayer(server).inSegment(segment).owes(1, "700.00", "EUR", 4);
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM collection_case c JOIN payer p ON p.id = c.payer_id WHERE p.number = ? AND c.live = 1",
                        payer.number())
                    == 1);
    String live = studio.content("treatment.dmn", "live");
    JsonNode unchanged = trial("live");
    assertThat(unchanged.path("changed").asInt()).isZero();
    assertThat(unchanged.path("asked").asInt()).isPositive();
    int base = studio.revision("treatment.dmn");
    // another name for one segment: nobody but this payer is treated in another way
    String draft = live.replaceFirst("\"key-account\"", "\"key-account\",\"" + segment + "\"");
    assertThat(draft).isNotEqualTo(live);
    studio.save("treatment.dmn", draft, base, "designer").expect(200);
    try {
      JsonNode trial = trial("draft");
      assertThat(trial.path("changed").asInt()).as(trial.toString()).isEqualTo(1);
      assertThat(trial.path("examples").get(0).path("payerNumber").asString(""))
          .isEqualTo(payer.number());
      assertThat(trial.path("complete").asBoolean()).isTrue();
      assertThat(trial.path("recorded").asBoolean()).isFalse();
    } finally {
      server.delete(
          "/api/v1/studio/drafts/treatment.dmn?revision=" + studio.revision("treatment.dmn"),
          "designer");
    }
    JsonNode recorded =
        server
            .get("/api/v1/studio/files/thanks.dmn/trial?decision=thanks&version=live", "designer")
            .expect(200)
            .json();
    assertThat(recorded.path("recorded").asBoolean()).isTrue();
    assertThat(recorded.path("changed").asInt()).isZero();
  }

  private JsonNode trial(String version) {
    return server
        .get(
            "/api/v1/studio/files/treatment.dmn/trial?decision=treatment&version=" + version,
            "designer")
        .expect(200)
        .json();
  }

  private JsonNode seen(String user) {
    return server
        .post("/api/v1/studio/drafts/" + studio.bpmn() + "/presence", "", user)
        .expect(200)
        .json();
  }

  private void refused(String file, String text, String words) {
    Server.Answer answer = studio.save(file, text, 0, "designer");
    assertThat(answer.expect(422).json().path("detail").asString("")).contains(words);
  }

  private Server.Answer upload(String name, byte[] file) {
    String boundary = "----studio";
    byte[] head =
        ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .formatted(boundary, name)
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[head.length + file.length + tail.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(file, 0, body, head.length, file.length);
    System.arraycopy(tail, 0, body, head.length + file.length, tail.length);
    return server.exchange(
        "POST",
        "/api/v1/studio/import",
        "designer",
        "multipart/form-data; boundary=" + boundary,
        body);
  }

  private static Map<String, String> unpacked(byte[] archive) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
