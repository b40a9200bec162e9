package io.relance.designer;

import io.relance.engine.ModelFile;
import io.relance.kernel.Actor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Models as files, out and in again. An archive has the folders of the source: {@code bpmn/} for
 * models and decisions, {@code forms/} for forms, so that it can be unpacked over them.
 */
@Component
public class ModelExchange {

  private static final int FILES_MAX = 200;

  private final Drafts drafts;
  private final Versions versions;
  private final ModelReader reader;

  ModelExchange(Drafts drafts, Versions versions, ModelReader reader) {
    this.drafts = drafts;
    this.versions = versions;
    this.reader = reader;
  }

  /**
   * Makes drafts of files; all of them or, if one is no model, none. One that says what is there
   * already makes no draft.
   *
   * @return names of those that became drafts
   * @throws ModelRefused if one of them is no model
   */
  @Transactional
  public List<String> take(List<ModelFile> files, @Nullable String comment, Actor actor) {
    List<ModelFile> all = new ArrayList<>();
    for (ModelFile file : files) {
      all.addAll(file.name().endsWith(".zip") ? unpacked(file) : List.of(file));
    }
    if (all.isEmpty()) {
      throw new ModelRefused(
          "There are no files that end with .bpmn, .dmn or .form: choose some, or a zip archive of them");
    }
    all.forEach(reader::read);
    List<String> taken = new ArrayList<>();
    for (ModelFile file : all) {
      boolean same = versions.newest(file.name()).filter(file::equals).isPresent();
      if (!same) {
        int base = drafts.of(file.name()).map(Drafts.Draft::revision).orElse(0);
        drafts.save(file, base, Drafts.Kind.IMPORTED, comment, actor);
        taken.add(file.name());
      }
    }
    return List.copyOf(taken);
  }

  /** A zip archive. */
  public static byte[] pack(Collection<ModelFile> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ModelFile file : files) {
        zip.putNextEntry(
            new ZipEntry((file.kind().equals("form") ? "forms/" : "bpmn/") + file.name()));
        zip.write(file.content());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What is no model is left where it is; folders do not matter. */
  private static List<ModelFile> unpacked(ModelFile archive) {
    List<ModelFile> files = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.content()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.matches(".*\\.(bpmn|dmn|form)")) {
          // one byte more than is taken, however much it would unpack to
          files.add(new ModelFile(name, zip.readNBytes(ModelReader.BYTES_MAX + 1)));
          if (files.size() > FILES_MAX) {
            throw new ModelRefused(
                "%s has more than %d models: send fewer at once"
                    .formatted(archive.name(), FILES_MAX));
          }
          if (files.getLast().content().length > ModelReader.BYTES_MAX) {
            throw new ModelRefused(
                "%s in %s has more than %,d bytes: no model needs more"
                    .formatted(name, archive.name(), ModelReader.BYTES_MAX));
          }
        }
      }
    } catch (IOException broken) {
      throw new ModelRefused(
          "%s cannot be read as a zip archive: %s".formatted(archive.name(), broken.getMessage()));
    }
    return files;
  }
}
