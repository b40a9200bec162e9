package io.relance.worklist;

/** Who is to be given a task is away. */
public class WhoIsAway extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private WhoIsAway(String words) {
    super(words);
  }

  /** Nobody stands in for them. */
  WhoIsAway(Absences.Absence absence) {
    this(
        "login: %s is away until %s%s: choose somebody else"
            .formatted(
                absence.login(),
                absence.to(),
                absence.deputy() == null
                    ? " and named no deputy"
                    : ", and " + absence.deputy() + ", who stands in, is not there either"));
  }

  /** Whoever takes tasks is there. */
  static WhoIsAway taking(Absences.Absence absence) {
    return new WhoIsAway(
        "You are away until %s, as %s said: end your absence before you take tasks"
            .formatted(absence.to(), absence.saidBy()));
  }
}
