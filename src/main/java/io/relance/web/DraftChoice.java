package io.relance.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Drafts as a page sends them: each with the revision that the reader looked at. */
final class DraftChoice {

  private DraftChoice() {}

  /**
   * @param drafts such as {@code treatment.dmn@4}
   */
  static Map<String, Integer> read(List<String> drafts) {
    Map<String, Integer> revisions = new TreeMap<>();
    for (String draft : drafts) {
      int at = draft.lastIndexOf('@');
      if (at < 1 || !draft.substring(at + 1).matches("\\d{1,9}")) {
        throw new IllegalArgumentException(
            "draft is '%s', and is a file and a revision, such as treatment.dmn@4"
                .formatted(draft));
      }
      revisions.put(draft.substring(0, at), Integer.valueOf(draft.substring(at + 1)));
    }
    return revisions;
  }
}
