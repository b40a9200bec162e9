package io.relance.designer.running;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which element of another version each element becomes, by the engine's rules: the same type, the
 * same surroundings, a catch event stays with its task. Equal ids are mapped; equal names are only
 * suggested, as two steps of one name may be two things.
 */
final class MappingProposal {

  private final Map<String, Part> from;
  private final Map<String, Part> to;

  MappingProposal(Map<String, Part> from, Map<String, Part> to) {
    this.from = from;
    this.to = to;
  }

  /** Elements of equal id that the engine would map. */
  Map<String, String> byId() {
    Map<String, String> mapping = new LinkedHashMap<>();
    int before;
    do { // what it stands in, or is attached to, may come later in the file
      before = mapping.size();
      for (Part part : from.values()) {
        Part same = to.get(part.id());
        if (part.isMapped() && same != null && whyNot(part, same, mapping) == null) {
          mapping.put(part.id(), same.id());
        }
      }
    } while (mapping.size() > before);
    return mapping;
  }

  /**
   * The rows of a mapping: first where cases wait that cannot go, then where cases wait, then the
   * rest, as the model has them.
   *
   * @param cases how many are at each element
   */
  List<MappingRow> rows(Map<String, String> mapping, Map<String, Long> cases) {
    return from.values().stream()
        .filter(part -> part.isMapped() || isHeld(part, cases))
        .map(part -> row(part, mapping, cases))
        .sorted(
            Comparator.comparing((MappingRow r) -> !r.isStuck())
                .thenComparing(r -> r.cases() == 0)
                .thenComparing(r -> r.kind().equals("listener")))
        .toList();
  }

  /** A gateway with an incident holds a case, too. */
  private static boolean isHeld(Part part, Map<String, Long> cases) {
    return cases.getOrDefault(part.id(), 0L) > 0;
  }

  private MappingRow row(Part part, Map<String, String> mapping, Map<String, Long> cases) {
    Part target = targetOf(part, mapping);
    String counterpart = target == null ? "" : target.detail();
    Part same = to.get(part.id());
    return new MappingRow(
        part.id(),
        part.name(),
        part.type(),
        part.event(),
        part.isAttached() ? "listener" : "place",
        mapping.get(part.id()),
        target != null && target.id().equals(part.id()),
        choices(part, mapping),
        cases.getOrDefault(part.id(), 0L),
        part.detail(),
        target == null && part.isAttached() && same != null ? same.detail() : counterpart,
        findings(part, target, mapping));
  }

  private @Nullable Part targetOf(Part part, Map<String, String> mapping) {
    String id = mapping.get(part.id());
    return id == null ? null : to.get(id);
  }

  private List<MappingRow.Choice> choices(Part part, Map<String, String> mapping) {
    return to.values().stream()
        .filter(target -> whyNot(part, target, mapping) == null)
        .map(
            target ->
                new MappingRow.Choice(
                    target.id(),
                    target.name(),
                    target.id().equals(part.id()) || target.name().equalsIgnoreCase(part.name())))
        .sorted(Comparator.comparing(choice -> !choice.likely()))
        .toList();
  }

  /** What the engine would say against it; null if nothing. */
  private @Nullable String whyNot(Part part, Part target, Map<String, String> mapping) {
    if (!part.type().equals(target.type()) || !part.many().equals(target.many())) {
      return "type";
    }
    if (!part.event().equals(target.event())) {
      return "event-type";
    }
    if (!part.kind().equals(target.kind())) {
      return part.type().equals("userTask") ? "implementation" : "type";
    }
    if (!part.isStartByEvent() && !scopeAfter(part, mapping).equals(target.scope())) {
      return "scope";
    }
    return part.host().isEmpty() || target.host().equals(mapping.get(part.host()))
        ? null
        : "detached";
  }

  /** Where its surroundings go; a process becomes the other version's process. */
  private String scopeAfter(Part part, Map<String, String> mapping) {
    return from.containsKey(part.scope()) ? mapping.getOrDefault(part.scope(), "") : part.scope();
  }

  private List<MappingRow.Finding> findings(
      Part part, @Nullable Part target, Map<String, String> mapping) {
    List<MappingRow.Finding> findings = new ArrayList<>();
    if (target != null) {
      String reason = whyNot(part, target, mapping);
      if (reason != null) {
        findings.add(new MappingRow.Finding(reason, true));
      } else if (part.isTimer() && !part.detail().equals(target.detail())) {
        findings.add(new MappingRow.Finding("timer-kept", false));
      } else if (part.event().equals("message") && !part.detail().equals(target.detail())) {
        findings.add(new MappingRow.Finding("message-kept", false));
      }
    } else if (!part.isAttached()) {
      findings.add(new MappingRow.Finding(whyUnmapped(part, mapping), true));
    } else {
      findings.add(unheard(part, mapping));
    }
    return findings;
  }

  private String whyUnmapped(Part part, Map<String, String> mapping) {
    Part same = to.get(part.id());
    if (same == null) {
      return "gone";
    }
    String reason = whyNot(part, same, mapping);
    return reason == null ? "unmapped" : reason;
  }

  /** A catch event that is not mapped is closed, and what the other version has there is opened. */
  private MappingRow.Finding unheard(Part part, Map<String, String> mapping) {
    List<Part> opened =
        to.values().stream()
            .filter(p -> p.isAttached() && p.event().equals(part.event()))
            .filter(p -> p.host().equals(mapping.getOrDefault(part.host(), "")))
            .toList();
    if (part.event().equals("message")) {
      return opened.stream().anyMatch(p -> p.detail().equals(part.detail()))
          ? new MappingRow.Finding("subscribed", true)
          : new MappingRow.Finding("message-lost", false);
    }
    Map<String, Part> byId =
        opened.stream().collect(Collectors.toMap(Part::id, p -> p, (a, b) -> a, HashMap::new));
    return new MappingRow.Finding(byId.containsKey(part.id()) ? "timer-anew" : "event-lost", false);
  }
}
