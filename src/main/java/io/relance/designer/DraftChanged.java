package io.relance.designer;

import java.time.Instant;

/** Somebody else changed the draft meanwhile; nothing was saved over it. */
public final class DraftChanged extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final int revision;
  private final String by;
  private final Instant at;

  DraftChanged(String file, int revision, String by, Instant at) {
    super(
        "%s changed %s meanwhile (revision %d): look at their draft, then save yours over it or take theirs"
            .formatted(by, file, revision));
    this.revision = revision;
    this.by = by;
    this.at = at;
  }

  /** The draft's revision now; 0 if it was discarded or deployed. */
  public int revision() {
    return revision;
  }

  public String by() {
    return by;
  }

  public Instant at() {
    return at;
  }
}
