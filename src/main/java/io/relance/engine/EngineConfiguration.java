package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.CamundaClientBuilder;
import io.camunda.client.CredentialsProvider;
import io.relance.platform.StartFailure;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Builds the one client: commands over gRPC, user tasks and the clock over REST (an 8.6 broker
 * serves jobs wrongly there).
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EngineSettings.class, CamundaSettings.class})
class EngineConfiguration {

  /** {@link ClientClosing} closes it. */
  @Bean(destroyMethod = "")
  CamundaClient camundaClient(EngineSettings engine, CamundaSettings camunda) {
    CamundaClientBuilder builder = CamundaClient.newClientBuilder();
    builder
        .grpcAddress(engine.embedded() ? loopback(engine.ports().grpc()) : camunda.grpcAddress())
        .restAddress(engine.embedded() ? loopback(engine.ports().rest()) : camunda.restAddress())
        .preferRestOverGrpc(false)
        .defaultRequestTimeout(Duration.ofSeconds(15))
        .numJobWorkerExecutionThreads(2)
        .jobHandlingExecutor(
            Executors.newFixedThreadPool(
                engine.workerThreads(), Thread.ofPlatform().name("worker-", 1).factory()),
            true)
        .applyEnvironmentVariableOverrides(false);
    CredentialsProvider credentials = engine.embedded() ? null : credentials(camunda.auth());
    if (credentials != null) {
      builder.credentialsProvider(credentials);
    }
    return builder.build();
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static @Nullable CredentialsProvider credentials(CamundaSettings.Auth auth) {
    return switch (auth.method()) {
      case "none" -> null;
      case "basic" ->
          CredentialsProvider.newBasicAuthCredentialsProviderBuilder()
              .username(required(auth.username(), "username"))
              .password(required(auth.password(), "password"))
              .build();
      case "oidc" ->
          CredentialsProvider.newCredentialsProviderBuilder()
              .clientId(required(auth.clientId(), "client-id"))
              .clientSecret(required(auth.clientSecret(), "client-secret"))
              .authorizationServerUrl(required(auth.tokenUrl(), "token-url"))
              .audience(required(auth.audience(), "audience"))
              .build();
      default ->
          throw new StartFailure(
              "camunda.client.auth.method=" + auth.method() + " is not known.",
              "Set it to none, basic or oidc.");
    };
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw new StartFailure(
          "camunda.client.auth." + name + " is missing.",
          "Set it, or change camunda.client.auth.method.");
    }
    return value;
  }
}
