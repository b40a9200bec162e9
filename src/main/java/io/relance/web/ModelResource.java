package io.relance.web;

import io.relance.designer.ModelLinter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What designers ask of their models. */
@RestController
@RequestMapping("/api/v1/models")
class ModelResource {

  /**
   * @param errors how many of the findings keep the models from being deployed
   */
  record Report(long errors, List<ModelLinter.Finding> findings) {}

  private static final int FILES_MAX = 50;

  private final ModelLinter linter;

  ModelResource(ModelLinter linter) {
    this.linter = linter;
  }

  /** Looks at BPMN and DMN files as the build does; nothing is kept. */
  @PostMapping(path = "/lint", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Report lint(@RequestParam("file") List<MultipartFile> files) throws IOException {
    if (files.size() > FILES_MAX) {
      throw new IllegalArgumentException(
          "file is given " + files.size() + " times: send up to " + FILES_MAX + " files at once");
    }
    List<ModelLinter.Finding> findings = new ArrayList<>();
    for (MultipartFile file : files) {
      String name = Objects.requireNonNullElse(file.getOriginalFilename(), "model");
      findings.addAll(
          file.getSize() > ModelLinter.BYTES_MAX
              ? List.of(ModelLinter.tooLarge(name))
              : linter.lint(name, file.getBytes()));
    }
    return new Report(
        findings.stream().filter(f -> f.category().equals("error")).count(), findings);
  }
}
