package io.relance.engine;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/**
 * The broker's management port. An external broker has one for us only where {@code
 * relance.engine.management-address} is set. A call throws {@link RestClientException} while the
 * port does not answer.
 */
@Component
class BrokerManagement {

  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
  private final @Nullable RestClient port;

  @Autowired
  BrokerManagement(EngineSettings settings) {
    this(
        settings.embedded()
            ? URI.create("http://127.0.0.1:" + settings.ports().management())
            : settings.managementAddress());
  }

  BrokerManagement(@Nullable URI address) {
    port = address == null ? null : client(address);
  }

  private static RestClient client(URI address) {
    var requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build());
    requests.setReadTimeout(CONNECT_MAX);
    return RestClient.builder().baseUrl(address).requestFactory(requests).build();
  }

  boolean isKnown() {
    return port != null;
  }

  JsonNode exporters() {
    return answer(port().get().uri("/actuator/exporters"));
  }

  /** By partition: positions processed and exported, the last snapshot, the clock. */
  JsonNode partitions() {
    return answer(port().get().uri("/actuator/partitions"));
  }

  /** Stops the processing for a moment, so that the engine plans its periodic checks anew. */
  void pauseAndResume() {
    answer(port().post().uri("/actuator/partitions/pauseProcessing"));
    answer(port().post().uri("/actuator/partitions/resumeProcessing"));
  }

  /** Asks for a snapshot; it is there a moment later. */
  void takeSnapshot() {
    answer(port().post().uri("/actuator/partitions/takeSnapshot"));
  }

  private RestClient port() {
    if (port == null) {
      throw new RestClientException("relance.engine.management-address is not set");
    }
    return port;
  }

  private static JsonNode answer(RestClient.RequestHeadersSpec<?> request) {
    JsonNode answer = request.retrieve().body(JsonNode.class);
    if (answer == null) {
      throw new RestClientException("The broker's management port answered nothing");
    }
    return answer;
  }
}
