package io.relance.outreach.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;

/**
 * Carries the SDK's requests to Twilio, each of them once. The SDK's own carrier repeats a request
 * that was answered with 5xx, and a message could then go twice. It also tells a request that
 * surely did not arrive from one whose answer was lost.
 */
final class TwilioHttp extends HttpClient {

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  /** Nobody was reached: the request did not arrive. */
  static final class NotReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReached(Throwable cause) {
      super("Twilio cannot be reached: " + cause, cause);
    }
  }

  /** The request may have arrived. */
  static final class AnswerLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerLost(Throwable cause) {
      super("Twilio did not answer: " + cause, cause);
    }
  }

  private final URI apiUrl;
  private final Duration answerMax;
  private final java.net.http.HttpClient client;

  TwilioHttp(URI apiUrl, Duration answerMax) {
    this.apiUrl = apiUrl;
    this.answerMax = answerMax;
    this.client =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
  }

  @Override
  public Response reliableRequest(Request request) {
    return makeRequest(request);
  }

  @Override
  public Response reliableRequest(Request request, int[] codes, int retries, long delayMillis) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    HttpRequest.Builder out =
        HttpRequest.newBuilder(addressed(request))
            .timeout(answerMax)
            .header("Accept", "application/json")
            .header("Authorization", request.getAuthString());
    if (request.getMethod() == HttpMethod.POST) {
      out.header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(request.encodeFormBody()));
    } else {
      out.GET();
    }
    try {
      HttpResponse<String> answer = client.send(out.build(), HttpResponse.BodyHandlers.ofString());
      return new Response(answer.body(), answer.statusCode());
    } catch (ConnectException
        | HttpConnectTimeoutException
        | UnknownHostException
        | SSLHandshakeException unreachable) {
      throw new NotReached(unreachable);
    } catch (IOException lost) {
      throw new AnswerLost(lost);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AnswerLost(stopped);
    }
  }

  /** The SDK names Twilio's own host; another one may stand in for it. */
  private URI addressed(Request request) {
    try {
      URI asked = request.constructURL().toURI();
      String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
      return URI.create(
          apiUrl.getScheme() + "://" + apiUrl.getRawAuthority() + asked.getRawPath() + query);
    } catch (URISyntaxException malformed) {
      throw new IllegalStateException(malformed);
    }
  }
}
