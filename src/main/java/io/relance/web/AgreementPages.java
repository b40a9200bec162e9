package io.relance.web;

import io.relance.casework.calls.CallAgreements;
import io.relance.casework.plans.AgreedWords;
import io.relance.casework.plans.InstalmentSchedule;
import io.relance.worklist.TaskItem;
import io.relance.worklist.TaskList;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
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
   * @param plan whether it is a payment plan; otherwise a promise
   * @param parts none if it was not understood
   * @param left what a promise leaves open, as the reader writes it; null if nothing
   * @param dated the words with their days written out
   * @param problem what is wrong, or speaks against it, in words
   */
  record Agreement(
      boolean plan,
      List<Part> parts,
      @Nullable String left,
      @Nullable String dated,
      @Nullable String problem) {}

  private final TaskList tasks;
  private final NamedRows named;
  private final CallAgreements agreements;
  private final MessageSource messages;

  AgreementPages(
      TaskList tasks, NamedRows named, CallAgreements agreements, MessageSource messages) {
    this.tasks = tasks;
    this.named = named;
    this.agreements = agreements;
    this.messages = messages;
  }

  @GetMapping(value = "/tasks/{key}/agreement", params = "words")
  @ResponseBody
  Agreement said(@PathVariable long key, @RequestParam String words, Locale locale) {
    if (words.length() > LENGTH_MAX) {
      return refused(messages.getMessage("call.said.long", new Object[] {LENGTH_MAX}, locale));
    }
    try {
      return shown(agreements.of(payerOf(key), words), locale);
    } catch (AgreedWords.NotUnderstood unread) {
      return refused(
          messages.getMessage("call.said." + unread.why(), new Object[] {unread.part()}, locale));
    } catch (IllegalArgumentException impossible) {
      return refused(String.valueOf(impossible.getMessage()));
    }
  }

  @GetMapping(value = "/tasks/{key}/agreement", params = "count")
  @ResponseBody
  Agreement even(
      @PathVariable long key,
      @RequestParam int count,
      @RequestParam LocalDate from,
      @RequestParam String rhythm,
      Locale locale) {
    try {
      return shown(
          agreements.even(payerOf(key), count, from, InstalmentSchedule.Rhythm.of(rhythm)), locale);
    } catch (IllegalArgumentException impossible) {
      return refused(String.valueOf(impossible.getMessage()));
    }
  }

  private long payerOf(long taskKey) {
    String customer =
        tasks
            .find(taskKey)
            .map(TaskItem::customerId)
            .orElseThrow(
                () -> new Problems.NotFound("There is no task " + taskKey + " of a payer"));
    return named.theOnlyPayer(customer).id();
  }

  private static Agreement shown(CallAgreements.Preview preview, Locale locale) {
    DateTimeFormatter days = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale);
    return new Agreement(
        preview.plan(),
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
            : String.join(", ", preview.left().stream().map(m -> m.format(locale)).toList()),
        preview.dated(),
        preview.problem());
  }

  private static Agreement refused(String why) {
    return new Agreement(false, List.of(), null, null, why);
  }
}
