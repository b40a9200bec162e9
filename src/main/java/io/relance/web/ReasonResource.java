package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.ReasonLists;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The lists of reasons that agents choose from: {@code nonpayment} and {@code disputes}. */
@RestController
@RequestMapping("/api/v1/reasons/{list}")
class ReasonResource {

  /** An entry; not active means that it is offered no more. */
  record Entry(
      @Nullable String labelEn,
      @Nullable String labelFr,
      @Nullable Integer place,
      @Nullable Boolean active) {}

  private final ReasonLists lists;
  private final Audit audit;

  ReasonResource(ReasonLists lists, Audit audit) {
    this.lists = lists;
    this.audit = audit;
  }

  @GetMapping
  List<ReasonLists.Reason> of(@PathVariable String list, Locale locale) {
    return lists.of(list, locale);
  }

  @PutMapping("/{code}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(
      @PathVariable String list,
      @PathVariable String code,
      @RequestBody Entry entry,
      Principal principal) {
    lists.keep(
        list,
        code,
        entry.labelEn(),
        entry.labelFr(),
        entry.place() == null ? 100 : entry.place(),
        !Boolean.FALSE.equals(entry.active()));
    audit.record(
        Actor.user(principal.getName()), "keep-reason", list + " " + code, entry.labelEn());
  }
}
