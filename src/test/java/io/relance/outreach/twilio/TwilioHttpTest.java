package io.relance.outreach.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each request goes once, and a lost answer is told from a request that did not arrive. */
class TwilioHttpTest {

  /** Longer than any machine needs for an answer that comes. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static WireMockServer twilio;

  @BeforeAll
  static void start() {
    twilio = new WireMockServer(options().dynamicPort());
    twilio.start();
  }

  @AfterAll
  static void stop() {
    twilio.stop();
  }

  @BeforeEach
  void reset() {
    twilio.resetAll();
  }

  /** The SDK's own carrier would ask three times. */
  @Test
  void anAnswerOf503IsNotAskedForAgain() {
    answer(
        aResponse().withStatus(503).withBody("{\"code\":20503,\"message\":\"x\",\"status\":503}"));
    assertThatThrownBy(() -> send(twilio.port(), PATIENT)).isInstanceOf(ApiException.class);
    twilio.verify(
        1,
        postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Basic QUMxOnNlY3JldA==")));
  }

  @Test
  void anAnswerThatComesTooLateIsLost() {
    answer(aResponse().withStatus(201).withBody("{}").withFixedDelay(6_000));
    assertThatThrownBy(() -> send(twilio.port(), Duration.ofSeconds(2)))
        .isInstanceOf(TwilioHttp.AnswerLost.class);
    twilio.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void whereNobodyListensNothingArrived() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> send(free, PATIENT)).isInstanceOf(TwilioHttp.NotReached.class);
  }

  private static void answer(ResponseDefinitionBuilder response) {
    twilio.stubFor(post(anyUrl()).willReturn(response));
  }

  private static void send(int port, Duration patience) {
    TwilioRestClient client =
        new TwilioRestClient.Builder("AC1", "secret")
            .httpClient(new TwilioHttp(URI.create("http://127.0.0.1:" + port), patience))
            .build();
    Message.creator(new PhoneNumber("+33600000009"), new PhoneNumber("+33600000001"), "Hello")
        .create(client);
  }
}
