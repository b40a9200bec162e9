package io.relance.ledger.csv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rejected lines of a file: all are counted, the first ones are listed. Not thread-safe. */
public final class Problems {

  /** So many are listed; beyond them they are only counted. */
  public static final int LISTED_MAX = 1_000;

  /** One bad line or field. */
  public record Problem(long line, String field, String message) {}

  private final List<Problem> listed = new ArrayList<>();
  private long total;

  public void add(long line, String field, String message) {
    total++;
    list(new Problem(line, field, message));
  }

  /** Adds those of a part of the file. */
  public void addAll(Problems part) {
    total += part.total;
    part.listed.forEach(this::list);
  }

  private void list(Problem problem) {
    if (listed.size() < LISTED_MAX) {
      listed.add(problem);
    }
  }

  public long total() {
    return total;
  }

  /** By line. */
  public List<Problem> listed() {
    return listed.stream().sorted(Comparator.comparingLong(Problem::line)).toList();
  }
}
