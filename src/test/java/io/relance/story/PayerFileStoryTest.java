package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The people who answer for a payer, and the files that are kept with them. */
class PayerFileStoryTest {

  private static final String ANY = "application/octet-stream";
  private static final byte[] PDF = "%PDF-1.7 a contract".getBytes(StandardCharsets.UTF_8);

  private final Server server = SharedServer.get();
  private final PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", -60);

  @Test
  void peopleAreAddedChangedRemovedAndRestored() {
    String contacts = at("contacts");
    String once = contacts + "?token=" + UUID.randomUUID();
    String jane =
        "{\"name\":\"Jane\",\"role\":\"accounting\",\"phone\":\"+33 1 02\",\"language\":\"fr\"}";
    long id = id(server.post(once, jane, "agent").expect(201).body());
    assertThat(id(server.post(once, jane, "agent").expect(201).body())).isEqualTo(id);
    assertThat(server.get(contacts, "agent").json()).hasSize(1);

    String other = "{\"name\":\"Jane\",\"mobile\":\"+33 6 03\"}";
    long changed = id(server.put(contacts + "/" + id, other, "agent").expect(200).body());
    assertThat(all("contacts")).contains("+33 6 03").doesNotContain("+33 1 02");
    server.put(contacts + "/" + id, other, "agent").expect(404);
    undo("contact-changed", 200);
    assertThat(all("contacts")).contains("+33 1 02").doesNotContain("+33 6 03");

    server.delete(contacts + "/" + changed, "agent").expect(404);
    server.delete(contacts + "/" + id, "agent").expect(204);
    assertThat(server.get(contacts, "agent").json()).isEmpty();
    undo("contact-removed", 200);
    assertThat(all("contacts")).contains("+33 1 02");
    undo("contact-added", 200);
    assertThat(server.get(contacts, "agent").json()).isEmpty();
  }

  @Test
  void whoCannotBeReachedIsNoContact() {
    String contacts = at("contacts");
    for (String bad :
        new String[] {
          "{\"phone\":\"+33 1\"}",
          "{\"name\":\"Jane\"}",
          "{\"name\":\"Jane\",\"phone\":\"call me\"}",
          "{\"name\":\"Jane\",\"email\":\"jane\"}",
          "{\"name\":\"Jane\",\"phone\":\"+33 1 02\",\"language\":\"xx\"}",
          "{\"name\":\"" + "x".repeat(101) + "\",\"phone\":\"+33 1 02\"}"
        }) {
      server.post(contacts, bad, "agent").expect(400);
    }
    server.post(contacts, "{\"name\":\"J\",\"phone\":\"+33 1 02\"}", "designer").expect(403);
    assertThat(server.get(contacts, "agent").json()).isEmpty();
  }

  @Test
  void aFileIsKeptAndOnlyEverSaved() throws Exception {
    String files = at("files");
    long id = keep("?name=%3Cscript%3Ealert(1)%3C%2Fscript%3E.pdf", PDF, 201);
    assertThat(all("files")).contains("\"script-.pdf\"");
    HttpResponse<byte[]> saved =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.url() + files + "/" + id))
                    .header(
                        "Authorization",
                        "Basic "
                            + Base64.getEncoder()
                                .encodeToString("agent:agent".getBytes(StandardCharsets.UTF_8)))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(saved.body()).isEqualTo(PDF);
    assertThat(saved.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(saved.headers().firstValue("Content-Type").orElse("")).isEqualTo(ANY);
    assertThat(saved.headers().firstValue("X-Content-Type-Options").orElse(""))
        .isEqualTo("nosniff");
    server.get(files + "/" + id, "designer").expect(403);

    server.delete(files + "/" + id, "agent").expect(204);
    server.get(files + "/" + id, "agent").expect(404);
    undo("file-removed", 200);
    assertThat(server.download(files + "/" + id, "agent")).isEqualTo(PDF);
    PayerFixture other = aPayer(server).owes(1, "80.00", "EUR", -60);
    server.get("/api/v1/customers/" + other.number() + "/files/" + id, "agent").expect(404);
  }

  @Test
  void whatIsTooLargeOrRunsIsNotKept() {
    byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
    keep("?name=page.html", page, 400);
    keep("?name=page.pdf", page, 400);
    keep("?name=large.pdf", Arrays.copyOf(PDF, 11_000_000), 413);
    keep("?name=largest.pdf", Arrays.copyOf(PDF, 10_000_000), 201);
    assertThat(server.get(at("files"), "agent").json()).hasSize(1);
  }

  private long keep(String query, byte[] content, int status) {
    Server.Answer answer =
        server.exchange("POST", at("files") + query, "agent", ANY, content).expect(status);
    return status == 201 ? id(answer.body()) : 0;
  }

  private static long id(String body) {
    return new tools.jackson.databind.json.JsonMapper().readTree(body).path("id").asLong();
  }

  private String all(String what) {
    return server.get(at(what), "agent").expect(200).body();
  }

  private String at(String what) {
    return "/api/v1/customers/" + payer.number() + "/" + what;
  }

  private void undo(String kind, int status) {
    for (JsonNode act : server.get(at("acts"), "agent").expect(200).json()) {
      if (act.path("kind").asString().equals(kind)) {
        server.post(at("acts/" + act.path("id").asLong() + "/undo"), "", "agent").expect(status);
        return;
      }
    }
    throw new AssertionError("no " + kind + " among " + all("acts"));
  }
}
