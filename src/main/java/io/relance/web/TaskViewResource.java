package io.relance.web;

import io.relance.worklist.SavedViews;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The filters of the work list that the caller named; each user has their own. */
@RestController
@RequestMapping("/api/v1/task-views")
class TaskViewResource {

  /**
   * A view but for its name, which the address says.
   *
   * @param query what stands after the question mark in the address of the work list, such as
   *     {@code who=all&queue=calls}
   */
  record Content(@Nullable String query) {}

  private final SavedViews views;

  TaskViewResource(SavedViews views) {
    this.views = views;
  }

  @GetMapping
  List<SavedViews.View> all(Principal principal) {
    return views.of(principal.getName());
  }

  @PutMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@PathVariable String name, @RequestBody Content content, Principal principal) {
    String query = content.query() == null ? "" : content.query();
    if (query.isEmpty() || WorkListPages.listAt(query).equals("/tasks")) {
      throw new IllegalArgumentException(
          "query is missing or no query of an address: say for example who=all&queue=calls");
    }
    views.keep(principal.getName(), name, query);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String name, Principal principal) {
    if (views.of(principal.getName()).stream().noneMatch(view -> view.name().equals(name))) {
      throw new Problems.NotFound("You have no view '" + name + "'");
    }
    views.remove(principal.getName(), name);
  }
}
