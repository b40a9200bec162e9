package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.DeployResourceCommandStep1;
import io.camunda.client.api.response.DeploymentEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys everything of {@code bpmn/} and {@code forms/} in one command, so that bindings to the
 * deployment cohere.
 */
@Component
class ModelDeployer {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");
  private final CamundaClient client;

  ModelDeployer(CamundaClient client) {
    this.client = client;
  }

  /** The engine makes new versions only of what changed. */
  void deployAll() {
    try {
      List<Resource> resources = new ArrayList<>();
      var resolver = new PathMatchingResourcePatternResolver();
      resources.addAll(List.of(resolver.getResources("classpath*:models/bpmn/**/*.*mn")));
      resources.addAll(List.of(resolver.getResources("classpath*:models/forms/**/*.form")));
      resources.sort(Comparator.comparing(r -> String.valueOf(r.getFilename())));
      DeployResourceCommandStep1.DeployResourceCommandStep2 command = null;
      for (Resource resource : resources) {
        byte[] bytes = resource.getContentAsByteArray();
        String name = String.valueOf(resource.getFilename());
        command =
            command == null
                ? client.newDeployResourceCommand().addResourceBytes(bytes, name)
                : command.addResourceBytes(bytes, name);
      }
      if (command == null) {
        throw new IllegalStateException(
            "There are no models on the class path (models/bpmn, models/forms)");
      }
      DeploymentEvent deployed = command.requestTimeout(Duration.ofSeconds(30)).send().join();
      log.info(
          "Engine: {} deployed ({} files)",
          deployed.getProcesses().stream()
              .map(p -> p.getBpmnProcessId() + " v" + p.getVersion())
              .toList(),
          resources.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
