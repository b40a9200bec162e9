package io.relance.designer;

import java.util.List;

/**
 * What a release would deploy, and what speaks against it.
 *
 * @param steps the files that go together
 * @param findings of the linter and of names that must agree; an error keeps the release back
 * @param left elements that the new models do not have any more while cases stand there
 */
public record ReleasePlan(List<Step> steps, List<ModelLinter.Finding> findings, List<Left> left) {

  /**
   * @param changed whether it is a draft; the others come along as they are bound to it
   * @param revision of the draft; 0 without one
   */
  public record Step(String name, boolean changed, int revision) {}

  /**
   * @param cases that stand at the element now; they stay with the version that they began with
   */
  public record Left(String file, String elementId, String element, int cases) {}

  public boolean isPossible() {
    return !steps.isEmpty() && findings.stream().noneMatch(f -> f.category().equals("error"));
  }
}
