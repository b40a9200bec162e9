package io.relance.support;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as Twilio's API is documented to, keeps the messages that it took, and makes trouble for
 * the numbers that a story names. It also calls back, with Twilio's signature or another one.
 */
public final class TwilioStandIn implements AutoCloseable {

  public static final String ACCOUNT = "AC00000000000000000000000000000001";
  public static final String TOKEN = "a-secret-of-this-test";
  public static final String PUBLIC_URL = "https://relance.example";

  /** What happens to messages for a number; all but REFUSE happen once. */
  public enum Trouble {
    NONE,
    /** 400 with this code, each time. */
    REFUSE,
    /** It is taken, and the line breaks. */
    LOSE_THE_ANSWER,
    /** It is not taken, and the line breaks. */
    LOSE_THE_REQUEST,
    /** It is taken, and answered with 500. */
    FAIL_AFTERWARDS,
    /** 429. */
    TOO_MANY
  }

  private record Made(Trouble trouble, int code) {}

  /** A request to make something, as it came. */
  public record Asked(String path, Map<String, String> form) {

    public String get(String name) {
      return form.get(name);
    }
  }

  private static final JsonMapper JSON = new JsonMapper();
  private final WireMockServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> taken = new CopyOnWriteArrayList<>();
  private final Map<String, Made> troubles = new ConcurrentHashMap<>();
  private final AtomicInteger sids = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile Consumer<String> beforeAnswer = sid -> {};

  public TwilioStandIn() {
    server = new WireMockServer(options().dynamicPort().extensions(new Answers()));
    server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("twilio")));
    server.start();
  }

  /** The settings of a server that uses this account. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("relance.public-url", PUBLIC_URL);
    settings.put("relance.twilio.api-url", "http://127.0.0.1:" + server.port());
    settings.put("relance.twilio.account-sid", ACCOUNT);
    settings.put("relance.twilio.auth-token", TOKEN);
    settings.put("relance.twilio.sms-from", "+33600000001");
    settings.put("relance.twilio.whatsapp-from", "+33600000002");
    settings.put("relance.twilio.voice-from", "+33100000003");
    settings.put("relance.twilio.timeout", "3s");
    settings.put("relance.twilio.certain-after", "3s");
    return settings;
  }

  public void make(Trouble trouble, String number) {
    troubles.put(number, new Made(trouble, 0));
  }

  public void refuse(String number, int code) {
    troubles.put(number, new Made(Trouble.REFUSE, code));
  }

  /** Called with the SID of each message that is taken, before our request is answered. */
  public void beforeAnswer(Consumer<String> told) {
    beforeAnswer = told;
  }

  /** What was asked for, for this number, in the order of arrival. */
  public List<Asked> askedFor(String number) {
    return asked.stream().filter(a -> a.get("To").endsWith(number)).toList();
  }

  /** How many messages were taken. */
  public int takenCount() {
    return taken.size();
  }

  /** The SIDs of the messages that were taken for this number. */
  public List<String> takenFor(String number) {
    return taken.stream()
        .filter(m -> String.valueOf(m.get("to")).endsWith(number))
        .map(m -> String.valueOf(m.get("sid")))
        .toList();
  }

  /** From now on, who asks for this message or call is told so. */
  public void nowIs(String sid, Map<String, ?> state) {
    taken.stream()
        .filter(t -> sid.equals(t.get("sid")))
        .forEach(t -> state.forEach((name, value) -> t.put(name, value)));
  }

  /** The payer's end of a call, which Twilio made when the agent had picked up. */
  public void payersEnd(String callSid, Map<String, ?> state) {
    Map<String, Object> call = new ConcurrentHashMap<>(state);
    call.put("sid", "CA%032d".formatted(sids.incrementAndGet()));
    call.put("parent_call_sid", callSid);
    taken.addFirst(call);
  }

  // ---- what Twilio asks of us

  /** Calls one of our hooks as Twilio does. */
  public Server.Answer call(Server relance, String path, Map<String, String> form) {
    return call(relance, path, form, signature(path, form));
  }

  public Server.Answer call(
      Server relance, String path, Map<String, String> form, String signature) {
    String body =
        form.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(relance.url() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (signature != null) {
      request.header("X-Twilio-Signature", signature);
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Server.Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As Twilio documents it: over the address and all that is said, in the order of the names. */
  public static String signature(String path, Map<String, String> form) {
    StringBuilder signed = new StringBuilder(PUBLIC_URL + path);
    new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop();
  }

  // ---- what we ask of Twilio

  private final class Answers implements ResponseDefinitionTransformerV2 {

    @Override
    public String getName() {
      return "twilio";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      Request request = event.getRequest();
      String path = URI.create(request.getUrl()).getPath();
      String root = "/2010-04-01/Accounts/" + ACCOUNT;
      String basic =
          "Basic "
              + Base64.getEncoder()
                  .encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.US_ASCII));
      if (!basic.equals(request.getHeader("Authorization"))) {
        return error(401, 20003, "Authenticate");
      }
      boolean get = request.getMethod().getName().equals("GET");
      if (path.equals(root + "/Messages.json") || path.equals(root + "/Calls.json")) {
        return get
            ? list(path, form(URI.create(request.getUrl()).getRawQuery()))
            : create(path, form(request.getBodyAsString()));
      }
      return taken.stream()
          .filter(
              t ->
                  get
                      && (path.equals(root + "/Messages/" + t.get("sid") + ".json")
                          || path.equals(root + "/Calls/" + t.get("sid") + ".json")))
          .map(t -> json(200, t))
          .findFirst()
          .orElse(error(404, 20404, "The requested resource " + path + " was not found"));
    }

    private ResponseDefinition create(String path, Map<String, String> form) {
      asked.add(new Asked(path, form));
      String to = form.get("To");
      Made made =
          troubles.entrySet().stream()
              .filter(t -> to.endsWith(t.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(new Made(Trouble.NONE, 0));
      if (made.trouble() == Trouble.REFUSE) {
        return error(400, made.code(), "The 'To' number " + to + " is not right");
      }
      troubles.keySet().removeIf(to::endsWith);
      if (made.trouble() == Trouble.TOO_MANY) {
        return error(429, 20429, "Too Many Requests");
      }
      if (made.trouble() == Trouble.LOSE_THE_REQUEST) {
        return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
      }
      Map<String, Object> resource = path.endsWith("Calls.json") ? phoneCall(form) : message(form);
      taken.addFirst(resource);
      beforeAnswer.accept(String.valueOf(resource.get("sid")));
      return switch (made.trouble()) {
        case LOSE_THE_ANSWER -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
        case FAIL_AFTERWARDS -> error(500, 20500, "Internal Server Error");
        default -> json(201, resource);
      };
    }

    private Map<String, Object> message(Map<String, String> form) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("account_sid", ACCOUNT);
      message.put("api_version", "2010-04-01");
      message.put(
          "body",
          form.containsKey("Body")
              ? form.get("Body")
              : "Hello, " + JSON.readTree(form.get("ContentVariables")).path("1").asString());
      message.put("date_created", now());
      message.put("date_sent", null);
      message.put("date_updated", now());
      message.put("direction", "outbound-api");
      message.put("error_code", null);
      message.put("error_message", null);
      message.put("from", form.get("From"));
      message.put("messaging_service_sid", form.get("MessagingServiceSid"));
      message.put("num_media", "0");
      message.put("num_segments", "1");
      message.put("price", null);
      message.put("price_unit", null);
      message.put("sid", "SM%032d".formatted(sids.incrementAndGet()));
      message.put("status", "queued");
      message.put("to", form.get("To"));
      return message;
    }

    private Map<String, Object> phoneCall(Map<String, String> form) {
      Map<String, Object> call = new LinkedHashMap<>();
      call.put("account_sid", ACCOUNT);
      call.put("sid", "CA%032d".formatted(sids.incrementAndGet()));
      call.put("status", "queued");
      call.put("direction", "outbound-api");
      call.put("date_created", now());
      call.put("from", form.get("From"));
      call.put("to", form.get("To"));
      return call;
    }

    private ResponseDefinition list(String path, Map<String, String> query) {
      boolean calls = path.endsWith("Calls.json");
      String parent = query.get("ParentCallSid");
      List<Map<String, Object>> found =
          taken.stream()
              .filter(m -> String.valueOf(m.get("sid")).startsWith(calls ? "CA" : "SM"))
              .filter(m -> parent == null || parent.equals(m.get("parent_call_sid")))
              .filter(m -> query.get("To") == null || query.get("To").equals(m.get("to")))
              .filter(m -> query.get("From") == null || query.get("From").equals(m.get("from")))
              .toList();
      Map<String, Object> page = new LinkedHashMap<>();
      page.put(calls ? "calls" : "messages", found);
      page.put("page", 0);
      page.put("page_size", 100);
      page.put("start", 0);
      page.put("end", Math.max(0, found.size() - 1));
      page.put("first_page_uri", path + "?Page=0");
      page.put("next_page_uri", null);
      page.put("previous_page_uri", null);
      page.put("uri", path);
      return json(200, page);
    }

    private static ResponseDefinition error(int status, int code, String message) {
      return json(
          status,
          Map.of(
              "code",
              code,
              "message",
              message,
              "more_info",
              "https://www.twilio.com/docs/errors/" + code,
              "status",
              status));
    }

    private static ResponseDefinition json(int status, Object body) {
      return aResponse()
          .withStatus(status)
          .withHeader("Content-Type", "application/json")
          .withBody(JSON.writeValueAsString(body))
          .build();
    }

    private static String now() {
      return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private static Map<String, String> form(String encoded) {
      Map<String, String> form = new LinkedHashMap<>();
      if (encoded != null && !encoded.isEmpty()) {
        for (String pair : encoded.split("&")) {
          String[] parts = pair.split("=", 2);
          form.put(decoded(parts[0]), decoded(parts.length > 1 ? parts[1] : ""));
        }
      }
      return form;
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }
}
