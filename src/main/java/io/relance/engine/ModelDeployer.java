package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.DeployResourceCommandStep1;
import io.camunda.client.api.response.DeploymentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Deploys files in one command, so that bindings to the deployment cohere. */
@Component
public class ModelDeployer {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * What the engine made of one file.
   *
   * @param id of the process, decision or form
   */
  public record Definition(String file, String kind, String id, int version, long key) {}

  /** The engine does not take the files, in its own words. Nothing was deployed. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String words, Throwable cause) {
      super(words, cause);
    }
  }

  /** The engine gave no answer: whether it took the files is not known; once more does no harm. */
  public static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(Throwable cause) {
      super("The engine does not answer: " + cause.getMessage(), cause);
    }
  }

  private final CamundaClient client;
  private final ShippedModels shipped;
  private final ObjectProvider<LiveModels> live;

  ModelDeployer(CamundaClient client, ShippedModels shipped, ObjectProvider<LiveModels> live) {
    this.client = client;
    this.shipped = shipped;
    this.live = live;
  }

  /** The engine makes new versions only if something changed. */
  void deployAll() {
    LiveModels studio = live.getIfAvailable();
    if (studio != null) {
      studio.finish();
    }
    List<ModelFile> files = studio == null ? shipped.files() : studio.files();
    List<Definition> deployed = deploy(files);
    log.info(
        "Engine: {} deployed ({} files)",
        deployed.stream()
            .filter(d -> d.kind().equals("bpmn"))
            .map(d -> d.id() + " v" + d.version())
            .toList(),
        files.size());
  }

  /**
   * All of the files or none. The same files once more make no new versions.
   *
   * @throws Refused if the engine does not take one of them
   * @throws NoAnswer if it is away
   */
  public List<Definition> deploy(List<ModelFile> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to deploy");
    }
    ModelFile first = files.getFirst();
    DeployResourceCommandStep1.DeployResourceCommandStep2 command =
        client.newDeployResourceCommand().addResourceBytes(first.content(), first.name());
    for (ModelFile file : files.subList(1, files.size())) {
      command = command.addResourceBytes(file.content(), file.name());
    }
    try {
      return definitions(command.requestTimeout(PATIENCE).send().join());
    } catch (ClientException failed) {
      if (EngineCommands.read(failed).isPassing()) {
        throw new NoAnswer(failed);
      }
      throw new Refused(String.valueOf(failed.getMessage()), failed);
    }
  }

  private static List<Definition> definitions(DeploymentEvent event) {
    List<Definition> made = new ArrayList<>();
    event
        .getProcesses()
        .forEach(
            p ->
                made.add(
                    new Definition(
                        p.getResourceName(),
                        "bpmn",
                        p.getBpmnProcessId(),
                        p.getVersion(),
                        p.getProcessDefinitionKey())));
    event
        .getDecisions()
        .forEach(
            d ->
                made.add(
                    new Definition(
                        fileOf(event, d.getDecisionRequirementsKey()),
                        "dmn",
                        d.getDmnDecisionId(),
                        d.getVersion(),
                        d.getDecisionKey())));
    event
        .getForm()
        .forEach(
            f ->
                made.add(
                    new Definition(
                        f.getResourceName(),
                        "form",
                        f.getFormId(),
                        f.getVersion(),
                        f.getFormKey())));
    return List.copyOf(made);
  }

  private static String fileOf(DeploymentEvent event, long requirements) {
    return event.getDecisionRequirements().stream()
        .filter(r -> r.getDecisionRequirementsKey() == requirements)
        .map(r -> r.getResourceName())
        .findFirst()
        .orElse("");
  }
}
