package io.relance;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code import FILE [--kind=ledger|bank] [--mapping=…] [--as-of=…] [--replay] [--creditor=…]
 * [--url=…]}: sends a file to a running server and prints its report. The credentials come from
 * RELANCE_TOKEN, or RELANCE_USER and RELANCE_PASSWORD.
 */
final class ImportCommand {

  private static final Set<String> OPTIONS =
      Set.of("kind", "mapping", "as-of", "replay", "creditor", "url");
  private static final String USAGE =
      "usage: import FILE [--kind=ledger|bank] [--mapping=NAME or JSON] [--as-of=yyyy-MM-dd] [--replay] [--creditor=CODE]"
          + " [--url=http://localhost:8088]; credentials in RELANCE_TOKEN, or RELANCE_USER and RELANCE_PASSWORD";

  private ImportCommand() {}

  /** 0 if every row was taken, 1 if some were rejected, 2 if the file was not taken. */
  static int run(String[] args) {
    Map<String, String> options = new LinkedHashMap<>();
    Path file = null;
    for (int i = 1; i < args.length; i++) {
      if (args[i].startsWith("--")) {
        String[] parts = args[i].substring(2).split("=", 2);
        if (!OPTIONS.contains(parts[0])) {
          return fail("unknown option " + args[i] + "\n" + USAGE);
        }
        options.put(parts[0], parts.length > 1 ? parts[1] : "true");
      } else {
        file = Path.of(args[i]);
      }
    }
    if (file == null || !Files.isReadable(file)) {
      return fail((file == null ? "no file given" : "cannot read " + file) + "\n" + USAGE);
    }
    return send(file, options, System.getenv());
  }

  private static int send(Path file, Map<String, String> options, Map<String, String> environment) {
    String authorization = authorization(environment);
    if (authorization == null) {
      return fail("no credentials\n" + USAGE);
    }
    String boundary = "relance-" + UUID.randomUUID();
    URI uri =
        URI.create(
            options.getOrDefault("url", "http://localhost:8088")
                + "/api/v1/imports/"
                + options.getOrDefault("kind", "ledger"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", authorization)
                  .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                  .POST(
                      HttpRequest.BodyPublishers.concat(
                          HttpRequest.BodyPublishers.ofString(head(file, options, boundary)),
                          HttpRequest.BodyPublishers.ofFile(file),
                          HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      out().println(response.body());
      if (response.statusCode() != 200) {
        return fail(uri + " answered " + response.statusCode());
      }
      return response.body().contains("\"errors\":[]") ? 0 : 1;
    } catch (IOException e) {
      return fail("cannot reach " + uri + ": is the server running? (" + e + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 2;
    }
  }

  private static String head(Path file, Map<String, String> options, String boundary) {
    StringBuilder head = new StringBuilder();
    Map<String, String> fields =
        Map.of("mapping", "mapping", "as-of", "asOf", "replay", "replay", "creditor", "creditor");
    fields.forEach(
        (option, field) -> {
          String value = options.get(option);
          if (value != null) {
            head.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(field);
            head.append("\"\r\n\r\n").append(value).append("\r\n");
          }
        });
    head.append("--")
        .append(boundary)
        .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"");
    head.append(file.getFileName().toString().replace("\"", ""))
        .append("\"\r\nContent-Type: text/csv\r\n\r\n");
    return head.toString();
  }

  private static @Nullable String authorization(Map<String, String> environment) {
    String token = environment.get("RELANCE_TOKEN");
    if (token != null) {
      return "Bearer " + token;
    }
    String user = environment.get("RELANCE_USER");
    String password = environment.get("RELANCE_PASSWORD");
    if (user == null || password == null) {
      return null;
    }
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static int fail(String message) {
    err().println(message);
    return 2;
  }

  @SuppressWarnings("SystemOut") // a command's answer belongs on the standard output
  private static PrintStream out() {
    return System.out;
  }

  @SuppressWarnings("SystemOut")
  private static PrintStream err() {
    return System.err;
  }
}
