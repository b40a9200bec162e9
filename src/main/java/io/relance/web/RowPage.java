package io.relance.web;

import io.relance.kernel.Sql;
import java.util.List;
import java.util.function.Function;

/**
 * A page of the rows behind a number.
 *
 * @param more whether there is another page
 */
record RowPage<T>(List<T> items, boolean more) {

  /** Reads so many rows from one on. */
  interface Reading<R> {
    List<R> read(int offset, int limit);
  }

  /**
   * @throws IllegalArgumentException for a page or a size that there cannot be
   */
  static <R, T> RowPage<T> of(int page, int size, Reading<R> reading, Function<R, T> view) {
    Sql.requirePage(page, size);
    List<R> rows = reading.read(page * size, size + 1);
    return new RowPage<>(rows.stream().limit(size).map(view).toList(), rows.size() > size);
  }
}
