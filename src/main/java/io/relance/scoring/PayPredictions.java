package io.relance.scoring;

import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When what is open today is likely to be paid. Learned from what the creditor's payers paid up to
 * today, by a model that is trained anew each week.
 */
public interface PayPredictions {

  /**
   * A prediction, or why there is none.
   *
   * @param expected the day up to which it is as likely paid as not
   * @param from the range is missed early once in ten times
   * @param to and late once in ten times
   * @param latePercent the chance, in percent, that it is paid after its due date
   * @param payments of this payer that it was learned from
   * @param model which model said so: the day up to which it had learned
   */
  record Prediction(
      LocalDate expected,
      LocalDate from,
      LocalDate to,
      int latePercent,
      int payments,
      LocalDate model) {}

  /**
   * What is expected in the week that begins on a Monday. An amount is spread over the weeks by how
   * likely its payment is in each.
   */
  record Week(LocalDate monday, Money expected) {}

  /**
   * What is open, by when it is expected: {@code open} = the sum of the weeks + {@code later} +
   * {@code unpredicted}, to the cent.
   *
   * @param later after the last week
   * @param unpredicted overdue for longer than anything that was ever paid
   * @param model the day up to which the model had learned
   */
  record CashForecast(
      Money open, List<Week> weeks, Money later, Money unpredicted, LocalDate model) {}

  /**
   * How much of an open invoice is expected in a week.
   *
   * @param percent the chance that it is paid in that week
   * @param expected what is open, times the chance, rounded to the unit of its currency
   */
  record Share(long invoiceId, Money open, int percent, Money expected) {}

  /**
   * Empty where there is too little history to learn from, the invoice is not open, or it is
   * overdue for longer than anything that was ever paid.
   */
  Optional<Prediction> predict(long invoiceId, LocalDate today);

  /** The same of each of a payer's invoices for which there is one. */
  Map<Long, Prediction> ofPayer(long payerId, LocalDate today);

  /**
   * The expected cash of a creditor, a forecast for each currency; empty where there is too little
   * history.
   */
  List<CashForecast> cashByWeek(long creditorId, LocalDate today, int weeks);

  /**
   * The open invoices behind a week of {@link #cashByWeek}, most first. What rounds to nothing is
   * left out; the others add up to the week but for the rounding of each.
   *
   * @param monday of the week; weeks that are over have none
   * @param most how many at most
   */
  List<Share> expectedIn(
      long creditorId, String currency, LocalDate today, LocalDate monday, int most);
}
