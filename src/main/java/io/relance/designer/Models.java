package io.relance.designer;

import io.relance.engine.ModelFile;
import io.relance.engine.ShippedModels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The models that are live: those that ship, and over them what was released here. A release holds
 * until the next one of the same file, also when a newer product ships another file of that name.
 */
@Component
public class Models {

  /**
   * @param versionTag of the release that brought it; null if it is as shipped
   * @param shippedSince whether the product ships another content than when it was released
   */
  public record Live(ModelFile file, @Nullable String versionTag, boolean shippedSince) {}

  private record Released(String name, String hash, @Nullable String shipped, String tag) {}

  private final JdbcTemplate jdbc;
  private final ShippedModels shipped;
  private final Contents contents;

  Models(JdbcTemplate jdbc, ShippedModels shipped, Contents contents) {
    this.jdbc = jdbc;
    this.shipped = shipped;
    this.contents = contents;
  }

  /** By file name. */
  public Map<String, Live> live() {
    Map<String, ModelFile> product = shippedByName();
    Map<String, Live> live = new TreeMap<>();
    product.forEach((name, file) -> live.put(name, new Live(file, null, false)));
    for (Released released : released()) {
      ModelFile now = product.get(released.name());
      if (now != null && now.hash().equals(released.hash())) {
        continue; // what was released here ships by now
      }
      live.put(
          released.name(),
          new Live(
              contents.file(released.name(), released.hash()),
              released.tag(),
              now != null && !now.hash().equals(released.shipped())));
    }
    return live;
  }

  public Optional<Live> live(String name) {
    return Optional.ofNullable(live().get(name));
  }

  /** As the product ships it. */
  public Optional<ModelFile> shipped(String name) {
    return Optional.ofNullable(shippedByName().get(name));
  }

  private Map<String, ModelFile> shippedByName() {
    Map<String, ModelFile> files = new LinkedHashMap<>();
    shipped.files().forEach(file -> files.put(file.name(), file));
    return files;
  }

  private java.util.List<Released> released() {
    return jdbc.query(
        """
        SELECT f.file_name, f.content_hash, f.shipped_hash, r.version_tag
        FROM (SELECT x.file_name, MAX(x.release_id) AS newest FROM model_release_file x
              JOIN model_release d ON d.id = x.release_id AND d.state = 'deployed'
              GROUP BY x.file_name) n
        JOIN model_release_file f ON f.file_name = n.file_name AND f.release_id = n.newest
        JOIN model_release r ON r.id = f.release_id
        """,
        (rs, n) ->
            new Released(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4)));
  }
}
