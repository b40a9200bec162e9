package io.relance.casework.acts;

import io.relance.casework.Holds;
import io.relance.casework.PromiseCorrections;
import io.relance.casework.disputes.DisputeCorrections;
import io.relance.cash.TakenPayments;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Creditors;
import io.relance.outreach.WithdrawnReminders;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What can be undone, by the kinds of the timeline's lines. What a line is about stands in the name
 * of its event: {@code promise-17-4} is promise 17, told of invoice 4.
 */
@Component
class UndoKinds {

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Set<String> TOLD_OF_EACH = Set.of("promise", "message-wanted");
  private static final String HOLD = "hold-begun-";

  /** Holds that a person began by themselves; others came with the answer of a task. */
  private static final String BY_PERSON = HOLD + "hold-";

  /**
   * One of them.
   *
   * @param objection why not, in words; empty if nothing stands against it
   * @param action what undoes it
   */
  record Kind(
      BiFunction<Undo.Line, Undo.By, String> objection, BiConsumer<Undo.Line, Actor> action) {

    String against(Undo.Line line, Undo.By by) {
      return objection.apply(line, by);
    }

    void undo(Undo.Line line, Actor actor) {
      action.accept(line, actor);
    }
  }

  private final Map<String, Kind> kinds;
  private final Creditors creditors;
  private final InstantSource clock;

  UndoKinds(
      Holds holds,
      PromiseCorrections promises,
      DisputeCorrections disputes,
      WithdrawnReminders reminders,
      TakenPayments payments,
      PayerContacts contacts,
      PayerQuestions questions,
      PayerFiles files,
      Creditors creditors,
      InstantSource clock) {
    this.creditors = creditors;
    this.clock = clock;
    Kind words = new Kind(UndoKinds::againstStriking, (line, actor) -> {});
    Kind contact =
        new Kind(
            (line, by) -> unless(contacts.isThere(number(line)), "it was changed or removed since"),
            (line, actor) -> contacts.takeBack(number(line)));
    kinds =
        Map.ofEntries(
            Map.entry("note", words),
            Map.entry("inbound-call", words),
            Map.entry(
                "hold",
                new Kind(
                    (line, by) ->
                        unless(
                            holds.begunBy(line.payerId(), source(line)).isPresent(),
                            "the hold has ended"),
                    (line, actor) -> holds.endBegunBy(line.payerId(), source(line), actor))),
            Map.entry(
                "promise",
                new Kind(
                    (line, by) -> againstPromise(promises.stateOf(number(line))),
                    (line, actor) -> promises.withdraw(number(line), actor))),
            Map.entry(
                "dispute",
                new Kind(
                    (line, by) ->
                        unless(disputes.isOpen(number(line)), "the dispute has ended already"),
                    (line, actor) -> disputes.withdraw(number(line), actor))),
            Map.entry(
                "message-wanted",
                new Kind(
                    (line, by) -> reminders.against(actOf(line)),
                    (line, actor) -> reminders.withdraw(line.payerId(), actOf(line), actor))),
            Map.entry(
                "payment-taken",
                new Kind(
                    this::againstReversal, (line, actor) -> payments.reverse(number(line), actor))),
            Map.entry("contact-added", contact),
            Map.entry("contact-changed", contact),
            Map.entry(
                "contact-removed",
                new Kind(
                    (line, by) -> unless(!contacts.isThere(number(line)), "it is there again"),
                    (line, actor) -> contacts.restore(number(line)))),
            Map.entry(
                "question",
                new Kind(
                    (line, by) ->
                        unless(
                            questions
                                .find(number(line))
                                .filter(PayerQuestions.Question::isOpen)
                                .isPresent(),
                            "it is answered"),
                    (line, actor) -> questions.withdraw(line.payerId(), number(line), actor))),
            Map.entry(
                "file-added",
                new Kind(
                    (line, by) -> unless(files.isThere(number(line)), "it was removed since"),
                    (line, actor) -> files.setRemoved(number(line), true))),
            Map.entry(
                "file-removed",
                new Kind(
                    (line, by) -> unless(!files.isThere(number(line)), "it is there again"),
                    (line, actor) -> files.setRemoved(number(line), false))));
  }

  /** Empty if nothing of that kind can be undone, or it was not a person who did it. */
  Optional<Kind> of(Undo.Line line) {
    boolean byTask = line.kind().equals("hold") && !line.eventId().startsWith(BY_PERSON);
    return byTask || line.actor().startsWith("system:")
        ? Optional.empty()
        : Optional.ofNullable(kinds.get(line.kind()));
  }

  /** As an IN list has them; they are ours, and no user's words. */
  String inSql() {
    return kinds.keySet().stream().sorted().collect(Collectors.joining("','", "'", "'"));
  }

  /** What was done, without the invoice where the same is told of several. */
  String actOf(Undo.Line line) {
    return TOLD_OF_EACH.contains(line.kind())
        ? line.eventId().replaceFirst("-" + line.invoiceId() + "$", "")
        : line.eventId();
  }

  private static long number(Undo.Line line) {
    Matcher matcher = NUMBER.matcher(line.eventId());
    if (!matcher.find()) {
      throw new IllegalStateException("event '" + line.eventId() + "' names nothing");
    }
    return Long.parseLong(matcher.group());
  }

  private static String source(Undo.Line line) {
    return line.eventId().substring(HOLD.length());
  }

  private static String unless(boolean fine, String otherwise) {
    return fine ? "" : otherwise;
  }

  private static String againstPromise(String state) {
    return unless(state.equals("open"), "the promise was " + state);
  }

  /** Words of others are theirs. */
  private static String againstStriking(Undo.Line line, Undo.By by) {
    return unless(
        by.manages() || line.actor().equals(by.actor().name()),
        "only " + line.actor() + " or a manager strikes this out");
  }

  /** Afterwards the day is closed: who is paid then, and by what, a manager should look at. */
  private String againstReversal(Undo.Line line, Undo.By by) {
    BusinessCalendar calendar = creditors.findByPayer(line.payerId()).orElseThrow().calendar();
    if (by.manages()) {
      return "";
    }
    if (!line.actor().equals(by.actor().name())) {
      return "only " + line.actor() + " or a manager takes this payment back";
    }
    return unless(
        calendar.dateOf(line.at()).equals(calendar.dateOf(clock.instant())),
        "a payment of an earlier day is taken back by a manager");
  }
}
