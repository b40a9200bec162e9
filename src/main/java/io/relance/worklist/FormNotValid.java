package io.relance.worklist;

import java.util.List;

/** What was submitted does not fill the task's form. */
public class FormNotValid extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> problems;

  FormNotValid(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = problems;
  }

  public List<String> problems() {
    return problems;
  }
}
