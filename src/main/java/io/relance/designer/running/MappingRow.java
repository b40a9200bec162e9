package io.relance.designer.running;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of the version where cases are, and where they would go.
 *
 * @param kind {@code place} where cases wait, {@code listener} for what interrupts or ends them
 * @param target id of the element in the other version; null if it is not mapped
 * @param sameId the proposal was made because the ids are the same
 * @param suggestions ids of elements of the other version that the engine would take, the likeliest
 *     first
 * @param cases how many are there now
 * @param detail when its timer ends, as written, or the message
 * @param newDetail the same in the other version
 * @param findings what the engine will refuse, and what changes for the cases
 */
public record MappingRow(
    String elementId,
    String name,
    String type,
    String event,
    String kind,
    @Nullable String target,
    boolean sameId,
    List<Choice> suggestions,
    long cases,
    String detail,
    String newDetail,
    List<Finding> findings) {

  /** An element of the other version. */
  public record Choice(String elementId, String name, boolean likely) {}

  /**
   * What there is to know of a row.
   *
   * @param code of its words; {@code refused} ones are what the engine does not do
   */
  public record Finding(String code, boolean refused) {}

  /** What was chosen is among what the engine would take. */
  public boolean isTargetOffered() {
    return suggestions.stream().anyMatch(choice -> choice.elementId().equals(target));
  }

  /** A message that cases hear now, and would not hear any more. */
  public boolean isLost() {
    return findings.stream().anyMatch(finding -> finding.code().equals("message-lost"));
  }

  /** Cases are there that cannot go. */
  public boolean isStuck() {
    return cases > 0 && findings.stream().anyMatch(Finding::refused);
  }
}
