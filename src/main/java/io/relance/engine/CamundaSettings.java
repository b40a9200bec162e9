package io.relance.engine;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The usual Camunda client properties ({@code camunda.client.*}) for an external cluster.
 *
 * @param grpcAddress such as {@code http://localhost:26500}
 * @param restAddress such as {@code http://localhost:8080}
 */
@ConfigurationProperties("camunda.client")
record CamundaSettings(
    @DefaultValue("http://127.0.0.1:26500") URI grpcAddress,
    @DefaultValue("http://127.0.0.1:8080") URI restAddress,
    @DefaultValue Auth auth) {

  /**
   * @param method {@code none}, {@code basic} or {@code oidc}
   * @param username for basic
   * @param password for basic
   * @param clientId for oidc
   * @param clientSecret for oidc
   * @param tokenUrl for oidc
   * @param audience for oidc
   */
  record Auth(
      @DefaultValue("none") String method,
      @Nullable String username,
      @Nullable String password,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @Nullable String tokenUrl,
      @Nullable String audience) {}
}
