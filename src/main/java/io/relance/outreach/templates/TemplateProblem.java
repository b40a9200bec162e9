package io.relance.outreach.templates;

import java.util.List;
import java.util.stream.Collectors;

/** Words that cannot be used as they are; the message says where and why. */
public final class TemplateProblem extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** What is wrong in a line; line 1 is the first. */
  public record Finding(int line, String text) {

    @Override
    public String toString() {
      return "Line " + line + ": " + text;
    }
  }

  private final transient List<Finding> findings;

  TemplateProblem(int line, String text) {
    this(List.of(new Finding(line, text)));
  }

  TemplateProblem(List<Finding> findings) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  public List<Finding> findings() {
    return findings;
  }
}
