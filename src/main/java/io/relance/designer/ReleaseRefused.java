package io.relance.designer;

import java.util.List;

/** A release that was not made, in words that say why and what to do. Nothing was deployed. */
public final class ReleaseRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final transient List<ModelLinter.Finding> findings;

  ReleaseRefused(String words) {
    this(words, List.of());
  }

  ReleaseRefused(String words, List<ModelLinter.Finding> findings) {
    super(words);
    this.findings = List.copyOf(findings);
  }

  public List<ModelLinter.Finding> findings() {
    return findings;
  }
}
