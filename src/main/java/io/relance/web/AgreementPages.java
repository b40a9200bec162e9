package io.relance.web;

import io.relance.casework.calls.CallAgreements;
import io.relance.casework.plans.AgreedWords;
import io.relance.kernel.Money;
import io.relance.worklist.TaskItem;
import io.relance.worklist.TaskList;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Shows, while an agent types what a payer agrees to, which days and amounts that is. */
@Controller
class AgreementPages {

  /** More than a payer says in one breath. */
  private static final int LENGTH_MAX = 400;

  /**
   * A part.
   *
   * @param when with its weekday, in the reader's language
   * @param sum as the reader writes it
   */
  record Part(LocalDate day, String when, String amount, String sum) {}

  /**
   * @param plan whether it is a payment plan
   * @param whole whether nothing is left open
   * @param left what a promise leaves open, as the reader writes it; null if nothing
   * @param problem what is wrong, or speaks against it, in words
   */
  record Agreement(
      boolean plan,
      boolean whole,
      List<Part> parts,
      @Nullable String left,
      @Nullable String dated,
      @Nullable String problem) {}

  private final TaskList tasks;
  private final NamedRows named;
  private final CallAgreements agreements;

  AgreementPages(TaskList tasks, NamedRows named, CallAgreements agreements) {
    this.tasks = tasks;
    this.named = named;
    this.agreements = agreements;
  }

  @GetMapping("/tasks/{key}/agreement")
  @ResponseBody
  Agreement agreement(@PathVariable long key, @RequestParam String words, Locale locale) {
    String customer =
        tasks
            .find(key)
            .map(TaskItem::customerId)
            .orElseThrow(() -> new Problems.NotFound("There is no task " + key + " of a payer"));
    if (words.length() > LENGTH_MAX) {
      return refused("more than " + LENGTH_MAX + " characters");
    }
    try {
      CallAgreements.Preview preview = agreements.of(named.theOnlyPayer(customer).id(), words);
      DateTimeFormatter days =
          DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale);
      return new Agreement(
          preview.plan(),
          preview.left().isEmpty(),
          preview.parts().stream()
              .map(
                  p ->
                      new Part(
                          p.dueOn(),
                          days.format(p.dueOn()),
                          p.amount().plain(),
                          p.amount().format(locale)))
              .toList(),
          preview.left().isEmpty()
              ? null
              : String.join(
                  ", ", preview.left().stream().map((Money m) -> m.format(locale)).toList()),
          preview.dated(),
          preview.problem());
    } catch (AgreedWords.NotUnderstood unread) {
      return refused(String.valueOf(unread.getMessage()));
    } catch (IllegalArgumentException impossible) {
      return refused(String.valueOf(impossible.getMessage()));
    }
  }

  private static Agreement refused(String why) {
    return new Agreement(false, false, List.of(), null, null, why);
  }
}
