package io.relance.web;

import io.relance.worklist.TaskFilter;
import io.relance.worklist.TaskQuery;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the address of the work list says. Blank is nothing, so that the forms' empty fields narrow
 * nothing.
 *
 * @param who {@code day}, {@code all}, {@code free}, {@code mine}, or {@code @} and a colleague's
 *     log-in; a day unless something else is looked for
 * @param min the least amount
 * @param now {@code call} for calls that may be made at this hour, {@code best} for those likely to
 *     be answered
 * @param show {@code postponed} for what sleeps
 * @param q the beginning of a number or a name
 */
record ListParams(
    @Nullable String who,
    @Nullable String type,
    @Nullable String customer,
    @Nullable String queue,
    @Nullable String band,
    @Nullable String min,
    @Nullable String now,
    @Nullable String show,
    @Nullable String q,
    @Nullable Integer page) {

  static final int SIZE = 50;

  /** The day of somebody, and nothing else. */
  static final ListParams DAY =
      new ListParams(null, null, null, null, null, null, null, null, null, null);

  /** Who looks for something looks everywhere. */
  public String whose() {
    String said = TaskPages.blankToNull(who);
    boolean looksFor = TaskPages.blankToNull(q) != null || TaskPages.blankToNull(customer) != null;
    if (said == null || said.equals("day")) {
      return looksFor ? "all" : "day";
    }
    return said;
  }

  int pageNumber() {
    return page == null ? 0 : page;
  }

  /**
   * @throws IllegalArgumentException for what cannot be meant, naming the field
   */
  TaskQuery query(String login) {
    String whose = whose();
    String assignee =
        switch (whose) {
          case "mine" -> login;
          case "free" -> "-";
          case "all", "day" -> null;
          case String other when other.length() > 1 && other.startsWith("@") -> other.substring(1);
          default ->
              throw new IllegalArgumentException(
                  "who can be day, all, free, mine or @ and a log-in, not '" + whose + "'");
        };
    String said = TaskPages.blankToNull(now);
    String hour = said == null ? "" : said;
    return new TaskQuery(
        "created",
        assignee,
        TaskPages.blankToNull(type),
        TaskPages.blankToNull(customer),
        pageNumber(),
        SIZE,
        new TaskFilter(
            whose.equals("day") ? login : null,
            TaskPages.blankToNull(queue),
            TaskPages.blankToNull(band),
            amount(),
            !hour.isEmpty(),
            hour.equals("best"),
            "postponed".equals(show) ? TaskFilter.Postponed.ONLY : TaskFilter.Postponed.NO,
            TaskPages.blankToNull(q)));
  }

  private @Nullable BigDecimal amount() {
    String text = TaskPages.blankToNull(min);
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,15}([.]\\d{1,2})?")) {
      throw new IllegalArgumentException(
          "min can be an amount such as 1000 or 99.50, not '" + text + "'");
    }
    return new BigDecimal(text);
  }

  /** What stands after the question mark, without the page: as a saved view keeps it. */
  String queryString() {
    UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/tasks");
    Map<String, @Nullable String> all = new LinkedHashMap<>();
    all.put("who", whose());
    all.put("type", type);
    all.put("customer", customer);
    all.put("queue", queue);
    all.put("band", band);
    all.put("min", min);
    all.put("now", now);
    all.put("show", show);
    all.put("q", q);
    all.forEach(
        (name, value) -> {
          String said = TaskPages.blankToNull(value);
          if (said != null) {
            uri.queryParam(name, "{" + name + "}");
          }
        });
    String query = uri.encode().buildAndExpand(all).toUri().getRawQuery();
    return query == null ? "" : query;
  }
}
