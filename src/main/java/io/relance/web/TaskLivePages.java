package io.relance.web;

import io.relance.casework.Notes;
import io.relance.kernel.Actor;
import io.relance.kernel.Digests;
import io.relance.worklist.TaskEnds;
import io.relance.worklist.TaskForms;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a task while somebody has its form open. */
@Controller
class TaskLivePages {

  /** As many characters as a note can have. */
  private static final int NOTE_MAX = 900;

  /**
   * A task as it is now.
   *
   * @param state {@code open}, {@code done} or {@code needless}
   * @param holder who has it, or completed it
   * @param returned whether it came back with an answer that is to be corrected
   */
  record Live(String state, @Nullable String holder, boolean returned) {}

  private final TaskEnds ends;
  private final TaskForms forms;
  private final Notes notes;
  private final JsonMapper json;

  TaskLivePages(TaskEnds ends, TaskForms forms, Notes notes, JsonMapper json) {
    this.ends = ends;
    this.forms = forms;
    this.notes = notes;
    this.json = json;
  }

  /** Asked every few seconds: nothing is sent while nothing changes. */
  @GetMapping("/tasks/{key}/live")
  ResponseEntity<String> live(@PathVariable long key) {
    TaskEnds.Glance now =
        ends.glance(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String body =
        json.writeValueAsString(
            new Live(
                now.state().name().toLowerCase(java.util.Locale.ROOT),
                now.holder(),
                forms.returned(key).isPresent()));
    return ResponseEntity.ok()
        .eTag("\"" + Digests.sha256(body) + "\"")
        .cacheControl(CacheControl.noCache().cachePrivate())
        .contentType(MediaType.APPLICATION_JSON)
        .body(body);
  }

  /** The banner's words. */
  @GetMapping("/tasks/{key}/gone")
  String gone(@PathVariable long key, Model model) {
    model.addAttribute(
        "now", ends.of(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    model.addAttribute("returned", forms.returned(key).orElse(null));
    return "task-gone :: words";
  }

  /** What was typed into the form of a task that is gone, on the payer's timeline. */
  @PostMapping("/tasks/{key}/note")
  @ResponseBody
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void note(@PathVariable long key, @RequestParam String text, Principal principal) {
    long payerId =
        ends.payerOf(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String words = text.strip();
    for (int from = 0; from < words.length(); from += NOTE_MAX) {
      notes.add(
          payerId,
          "note",
          words.substring(from, Math.min(words.length(), from + NOTE_MAX)),
          Actor.user(principal.getName()));
    }
  }
}
