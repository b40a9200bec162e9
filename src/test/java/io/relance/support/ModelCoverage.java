package io.relance.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which flows and elements of the models a server's processes went through. */
public final class ModelCoverage {

  private static final Pattern FLOW = Pattern.compile("<bpmn:sequenceFlow id=\"([^\"]+)\"");
  private static final Pattern ELEMENT =
      Pattern.compile("<bpmn:(?:\\w*[tT]ask|\\w*Event|\\w*Gateway|subProcess) id=\"([^\"]+)\"");

  /** A model, what it has, and what was never reached. */
  public record OfModel(String model, int flows, int elements, Set<String> missed) {

    @Override
    public String toString() {
      int all = flows + elements;
      return "%s: %d of %d flows and elements%s"
          .formatted(
              model, all - missed.size(), all, missed.isEmpty() ? "" : ", missed: " + missed);
    }
  }

  private ModelCoverage() {}

  /** Of every model in {@code bpmn/}, by what the read model saw. */
  public static List<OfModel> of(JdbcTemplate jdbc) {
    Map<String, Set<String>> seen = new TreeMap<>();
    jdbc.query(
        "SELECT p.bpmn_process_id, f.flow_id FROM engine_flow f JOIN engine_process p ON p.process_key = f.process_key",
        rs -> {
          seen.computeIfAbsent(rs.getString(1), m -> new TreeSet<>()).add(rs.getString(2));
        });
    jdbc.query(
        "SELECT DISTINCT p.bpmn_process_id, e.element_id FROM engine_element_event e JOIN engine_process p ON p.process_key = e.process_key",
        rs -> {
          seen.computeIfAbsent(rs.getString(1), m -> new TreeSet<>()).add(rs.getString(2));
        });
    List<OfModel> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("bpmn"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".bpmn")).sorted().toList()) {
        String model = file.getFileName().toString().replace(".bpmn", "");
        String xml = Files.readString(file);
        Set<String> flows = ids(FLOW, xml);
        Set<String> elements = ids(ELEMENT, xml);
        Set<String> missed = new TreeSet<>(flows);
        missed.addAll(elements);
        missed.removeAll(seen.getOrDefault(model, Set.of()));
        all.add(new OfModel(model, flows.size(), elements.size(), missed));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  private static Set<String> ids(Pattern pattern, String xml) {
    Set<String> ids = new TreeSet<>();
    Matcher matcher = pattern.matcher(xml);
    while (matcher.find()) {
      ids.add(matcher.group(1));
    }
    return ids;
  }
}
