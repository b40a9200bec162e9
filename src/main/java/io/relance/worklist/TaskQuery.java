package io.relance.worklist;

import org.jspecify.annotations.Nullable;

/**
 * What to list.
 *
 * @param state {@code created} (open), {@code completed} or {@code canceled}
 * @param assignee a log-in, or {@code -} for those nobody has
 * @param filter what narrows the list further
 */
public record TaskQuery(
    String state,
    @Nullable String assignee,
    @Nullable String type,
    @Nullable String customer,
    int page,
    int size,
    TaskFilter filter) {

  private static final int SIZE_MAX = 200;
  private static final int PAGE_MAX = 500;

  public TaskQuery(
      String state,
      @Nullable String assignee,
      @Nullable String type,
      @Nullable String customer,
      int page,
      int size) {
    this(state, assignee, type, customer, page, size, TaskFilter.NONE);
  }

  public TaskQuery {
    if (!java.util.Set.of("created", "completed", "canceled").contains(state)) {
      throw new IllegalArgumentException(
          "state can be created, completed or canceled, not '" + state + "'");
    }
    if (size < 1 || size > SIZE_MAX) {
      throw new IllegalArgumentException("size can be 1 to " + SIZE_MAX + ", not " + size);
    }
    if (page < 0 || page > PAGE_MAX) {
      throw new IllegalArgumentException(
          "page can be 0 to "
              + PAGE_MAX
              + ", not "
              + page
              + "; filter to find what is further down");
    }
  }
}
