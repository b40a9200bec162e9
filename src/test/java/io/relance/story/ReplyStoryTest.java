package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.Letterbox;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Payers answer, are away, cannot be reached, or want no more mails. */
class ReplyStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String MOBILE = "+44 7400 123456";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void anAnswerPausesRemindersUntilAPersonReadsIt() throws Exception {
    PayerFixture payer = writtenTo(aPayer(server));
    server.advance("P5D");
    arrives("reply", payer);
    await().atMost(SOON).until(() -> inbox(payer).size() == 1);
    JsonNode answer = inbox(payer).get(0);
    assertThat(answer.path("kind").asString()).isEqualTo("reply");
    assertThat(answer.path("body").asString()).contains("the goods came damaged", "> Invoice 4711");
    assertThat(answer.path("noticeId").asLong()).isPositive();
    assertThat(payerTimeline(payer))
        .contains("E-mail from " + payer.email() + ": Good morning, the goods came damaged")
        .contains("On hold until")
        .doesNotContain("Invoice 4711");
    assertThat(holds(payer)).contains("the payer wrote; nobody has read it yet", "reply");
    server.advance("P5D");
    assertThat(payer.mails()).as("the second reminder was due meanwhile").hasSize(1);

    String id = answer.path("id").asString();
    server.post("/api/v1/inbox/" + id + "/read", "{}", "designer").expect(403);
    server.post("/api/v1/inbox/" + id + "/read", "{\"customer\":\"other\"}", "agent").expect(400);
    server.post("/api/v1/inbox/" + id + "/read", "", "agent").expect(204);
    server.post("/api/v1/inbox/" + id + "/read", "", "agent").expect(204);
    server.post("/api/v1/inbox/987654/read", "", "agent").expect(404);
    assertThat(holds(payer)).doesNotContain("nobody has read it yet");
    assertThat(inbox(payer).get(0).path("readBy").asString()).isEqualTo("agent");
    await().atMost(SOON).until(() -> payer.mails().size() == 2);

    MimeMessage first = payer.mails().getFirst();
    MimeMessage second = payer.mails().getLast();
    assertThat(second.getHeader("In-Reply-To")).containsExactly(first.getMessageID());
    assertThat(second.getHeader("References")).containsExactly(first.getMessageID());
    assertThat(first.getHeader("In-Reply-To")).isNull();
    assertThat(second.getMessageID()).isNotEqualTo(first.getMessageID());
  }

  @Test
  void twoAnswersPauseUntilBothAreRead() {
    PayerFixture payer = writtenTo(aPayer(server));
    arrives("reply", payer);
    arrives("html-reply", payer);
    await().atMost(SOON).until(() -> inbox(payer).size() == 2);
    for (int i = 0; i < 2; i++) {
      assertThat(holds(payer)).contains("nobody has read it yet");
      server
          .post("/api/v1/inbox/" + inbox(payer).get(i).path("id").asString() + "/read", "", "agent")
          .expect(204);
    }
    assertThat(holds(payer)).doesNotContain("nobody has read it yet");
  }

  @Test
  void whoIsAwayIsRemindedAllTheSame() {
    PayerFixture payer = writtenTo(aPayer(server));
    arrives("out-of-office", payer);
    await().atMost(SOON).until(() -> inbox(payer).size() == 1);
    assertThat(inbox(payer).get(0).path("kind").asString()).isEqualTo("auto-reply");
    assertThat(holds(payer)).doesNotContain("nobody has read it yet");
    assertThat(payerTimeline(payer)).contains("Automatic answer from");
  }

  @Test
  void aMailThatComesBackCountsAsFailedAndAForgedOneDoesNot() {
    PayerFixture payer = writtenTo(aPayer(server).withMobile(MOBILE));
    arrives("forged-bounce", payer);
    arrives("postfix-delay", payer);
    await().atMost(SOON).until(() -> inbox(payer).size() == 1);
    assertThat(payer.states("notice")).containsExactly("sent");
    arrives("postfix-bounce", payer);
    await().atMost(SOON).until(() -> inbox(payer).size() == 2);
    assertThat(payer.states("notice")).containsExactly("failed");
    assertThat(payer.timeline(1)).contains("5.1.1", "Recipient address");
    assertThat(server.get("/api/v1/signals?customer=" + payer.number()).expect(200).body())
        .contains("bounced", "5.1.1");
    server.advance("P9D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(payer.sent()).containsExactly("sms by catch");
  }

  @Test
  void aMailThatComesAgainIsFiledOnce() {
    PayerFixture payer = writtenTo(aPayer(server));
    byte[] mail = mail("reply", payer);
    SharedServer.mail().arrives(mail);
    await().atMost(SOON).until(() -> inbox(payer).size() == 1);
    SharedServer.mail().arrives(mail);
    arrives("out-of-office", payer);
    await().atMost(SOON).until(() -> inbox(payer).size() == 2);
    assertThat(kinds(payer)).containsExactlyInAnyOrder("reply", "auto-reply");
    await().atMost(SOON).until(() -> SharedServer.mail().waiting() == 0);
  }

  @Test
  void theOneClickOfAMailProviderEndsMailsAndTheNextChannelIsUsed() throws Exception {
    PayerFixture payer = writtenTo(aPayer(server).withMobile(MOBILE));
    MimeMessage mail = payer.mails().getFirst();
    assertThat(mail.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
    String path = unsubscribePath(mail);
    HttpClient robot = HttpClient.newHttpClient();
    HttpResponse<String> page = send(robot, path, null);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Atelier Moreau", payer.email().charAt(0) + "•••@payers.example")
        .doesNotContain(payer.email());
    assertThat(contact(payer)).as("to look changes nothing").doesNotContain("unsubscribed");
    assertThat(send(robot, path, "x=y").statusCode())
        .as("neither token nor one click")
        .isEqualTo(403);
    assertThat(send(robot, path, "List-Unsubscribe=One-Click&x=" + "y".repeat(5000)).statusCode())
        .isEqualTo(413);
    assertThat(contact(payer)).doesNotContain("unsubscribed");

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> done = send(robot, path, "List-Unsubscribe=One-Click");
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(done.body()).contains("Letters that the law requires may still come");
    }
    assertThat(contact(payer))
        .contains("unsubscribed by the link in a mail", "payer:" + payer.number());
    server.advance("P9D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(payer.sent()).containsExactly("email by smtp", "sms by catch");
  }

  @Test
  void aPersonUnsubscribesByTheButton() throws Exception {
    PayerFixture payer = writtenTo(aPayer(server));
    server
        .database()
        .update(
            "UPDATE notice SET language = 'de' WHERE payer_id = (SELECT id FROM payer WHERE number = ?)",
            payer.number());
    String path = unsubscribePath(payer.mails().getFirst());
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpResponse<String> done = send(browser, path, csrf(send(browser, path, null)));
    assertThat(done.body()).contains("Erledigt", "lang=\"de\"");
    assertThat(contact(payer)).contains("unsubscribed by the link in a mail");
    assertThat(done.headers().allValues("Set-Cookie"))
        .as("no session")
        .noneMatch(c -> c.startsWith("JSESSIONID"));
  }

  @Test
  void aLinkThatIsNoneIsToldKindly() throws Exception {
    for (String token :
        List.of("0b9c7a1e-3d55-4d52-9a51-3f0c7d2f8a11", "nonsense", "%25", "0b9c7a1e%25")) {
      for (String body : java.util.Arrays.asList(null, "List-Unsubscribe=One-Click")) {
        HttpResponse<String> answer =
            send(HttpClient.newHttpClient(), "/unsubscribe/" + token, body);
        assertThat(answer.statusCode()).as(token).isEqualTo(404);
        assertThat(answer.body()).as(token).contains("This link is not known");
      }
    }
  }

  @Test
  void aMailThatAsksForNoMoreEndsThemIfItsSenderGotThem() throws Exception {
    PayerFixture payer = writtenTo(aPayer(server));
    String token = unsubscribePath(payer.mails().getFirst()).substring("/unsubscribe/".length());
    SharedServer.mail()
        .arrives(Letterbox.mail("unsubscribe", Map.of("recipient", payer.email(), "token", token)));
    await().atMost(SOON).until(() -> inbox(payer).size() == 1);
    assertThat(kinds(payer)).containsExactly("opt-out");
    assertThat(contact(payer)).contains("unsubscribed by a mail");
  }

  /** What nobody can read holds up nothing, and of what nobody is found for a person says whose. */
  @Test
  void hostileMailsAreFiledAndThoseBehindThemToo() {
    PayerFixture payer = writtenTo(aPayer(server));
    String stranger = "stranger-" + payer.number() + "@nowhere.example";
    List<String> hostile =
        List.of(
            "nested-bomb",
            "hundred-attachments",
            "broken-charset",
            "broken-multipart",
            "no-message-id");
    hostile.forEach(name -> SharedServer.mail().arrives(Letterbox.mail(name, stranger, "<x@y>")));
    arrives("reply", payer);
    await().atMost(SOON).until(() -> inbox(payer).size() == 1);
    JsonNode unread = server.get("/api/v1/inbox?unread=true&size=200").expect(200).json();
    List<JsonNode> theirs =
        unread
            .path("items")
            .valueStream()
            .filter(m -> m.path("sender").asString().equals(stranger))
            .toList();
    assertThat(theirs).hasSize(hostile.size());
    assertThat(theirs.toString()).contains("and 80 more", "Please call us", "We have paid");

    String id = theirs.getFirst().path("id").asString();
    String read = "/api/v1/inbox/" + id + "/read";
    server.post(read, "{\"customer\":\"no such customer\"}", "agent").expect(404);
    server.post(read, "{\"customer\":\"" + payer.number() + "\"}", "agent").expect(204);
    assertThat(inbox(payer)).hasSize(2);
    assertThat(payerTimeline(payer)).contains("E-mail from " + stranger);
    assertThat(holds(payer)).as("another answer is unread").contains("nobody has read it yet");
  }

  /** On the pages, where what a stranger wrote is only text. */
  @Test
  void anAgentReadsInTheInboxAndSaysWhoseItIs() throws Exception {
    PayerFixture payer = writtenTo(aPayer(server));
    String stranger = "unknown-" + payer.number() + "@nowhere.example";
    SharedServer.mail().arrives(Letterbox.mail("reply", stranger, "<x@y>"));
    await().atMost(SOON).until(() -> idOf(stranger) > 0);
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    send(browser, "/login", csrf(send(browser, "/login", null)) + "&username=agent&password=agent");
    assertThat(send(browser, "/inbox", null).body())
        .containsPattern("Inbox \\(\\d+\\)")
        .contains(stranger, "not known", "unread");
    String page = "/inbox/" + idOf(stranger);
    HttpResponse<String> letter = send(browser, page, null);
    assertThat(letter.body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&gt; Invoice 4711", "Customer number")
        .doesNotContain("<script>alert(1)");
    send(browser, page + "/read", csrf(letter) + "&customer=nobody");
    assertThat(idOf(stranger)).as("still unread").isPositive();
    send(browser, page + "/read", csrf(letter) + "&customer=" + payer.number());
    assertThat(idOf(stranger)).isZero();
    assertThat(send(browser, page, null).body())
        .contains("by agent", "/customers/" + payer.number());
    assertThat(send(browser, "/inbox?show=all&customer=" + payer.number(), null).body())
        .contains(stranger);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'read-message' AND actor = 'agent' AND detail = ?",
                "of " + payer.number()))
        .isEqualTo(1);
  }

  /** Of the unread mail of this sender; 0 if there is none. */
  private long idOf(String sender) {
    return server
        .get("/api/v1/inbox?unread=true&size=200")
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .filter(m -> m.path("sender").asString().equals(sender))
        .mapToLong(m -> m.path("id").asLong())
        .findFirst()
        .orElse(0);
  }

  private static String csrf(HttpResponse<String> page) {
    Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
    assertThat(token.find()).as(page.body()).isTrue();
    return "_csrf="
        + java.net.URLEncoder.encode(token.group(1), java.nio.charset.StandardCharsets.UTF_8);
  }

  private PayerFixture writtenTo(PayerFixture payer) {
    payer.owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    await().atMost(SOON).until(() -> payer.states("notice").equals(List.of("sent")));
    return payer;
  }

  private static void arrives(String name, PayerFixture payer) {
    SharedServer.mail().arrives(mail(name, payer));
  }

  private static byte[] mail(String name, PayerFixture payer) {
    try {
      return Letterbox.mail(name, payer.email(), payer.mails().getFirst().getMessageID());
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode inbox(PayerFixture payer) {
    return server
        .get("/api/v1/inbox?customer=" + payer.number(), "agent")
        .expect(200)
        .json()
        .path("items");
  }

  private List<String> kinds(PayerFixture payer) {
    return inbox(payer).valueStream().map(m -> m.path("kind").asString()).toList();
  }

  private String holds(PayerFixture payer) {
    return server.get("/api/v1/customers/" + payer.number() + "/holds").expect(200).body();
  }

  private String contact(PayerFixture payer) {
    return server.get("/api/v1/customers/" + payer.number() + "/contact").expect(200).body();
  }

  private String payerTimeline(PayerFixture payer) {
    return String.join(
        "\n",
        server
            .database()
            .queryForList(
                "SELECT t.text FROM timeline_entry t JOIN payer p ON p.id = t.payer_id WHERE p.number = ? ORDER BY t.id",
                String.class,
                payer.number()));
  }

  private static String unsubscribePath(MimeMessage mail) throws MessagingException {
    Matcher link =
        Pattern.compile("<" + Pattern.quote(SharedServer.PUBLIC_URL) + "(/unsubscribe/[^>]+)>")
            .matcher(mail.getHeader("List-Unsubscribe", null));
    assertThat(link.find()).isTrue();
    return link.group(1);
  }

  private HttpResponse<String> send(HttpClient client, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (body != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
