package io.relance.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The models of {@code bpmn/} and {@code forms/}, as they were built into the application. */
@Component
public class ShippedModels {

  private @Nullable List<ModelFile> built;

  /**
   * By name; read once, as they cannot change while the application runs.
   *
   * @throws IllegalStateException if there are none
   */
  public synchronized List<ModelFile> files() {
    if (built == null) {
      built = readAll();
    }
    return built;
  }

  private static List<ModelFile> readAll() {
    List<ModelFile> files = new ArrayList<>(read("classpath*:models/bpmn/**/*.*mn"));
    files.addAll(read("classpath*:models/forms/**/*.form"));
    if (files.isEmpty()) {
      throw new IllegalStateException(
          "There are no models on the class path (models/bpmn, models/forms)");
    }
    files.sort(Comparator.comparing(ModelFile::name));
    return List.copyOf(files);
  }

  /** The templates of elements that designers choose from, each a file in JSON. */
  public List<ModelFile> elementTemplates() {
    return read("classpath*:models/bpmn/.camunda/element-templates/*.json");
  }

  private static List<ModelFile> read(String pattern) {
    try {
      List<ModelFile> files = new ArrayList<>();
      for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
        files.add(
            new ModelFile(
                String.valueOf(resource.getFilename()), resource.getContentAsByteArray()));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
