package io.relance.ledger;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;

/**
 * The longest payment terms that the law lets businesses agree on. What is longer is told to the
 * creditor, who may have a reason: sectors and public buyers have terms of their own.
 *
 * <p>France: 60 days from issue, or, where it is stipulated, 45 days end of month (code de
 * commerce, article L441-10 I). That stipulation is read in two ways: the end of the month of issue
 * and 45 days on top, or 45 days and then the end of that month. Other countries of the union and
 * the United Kingdom: 60 days, unless longer ones are agreed expressly and are not grossly unfair
 * (Directive 2011/7/EU, article 3 (5); SI 2013/395).
 */
final class LegalTerms {

  static final String DAYS_AFTER_MONTH = "days-after-month";
  static final String MONTH_AFTER_DAYS = "month-after-days";
  static final String EITHER = "either";

  private static final int DAYS_MAX = 60;
  private static final int MONTH_END_DAYS = 45;
  private static final Set<String> SIXTY_DAYS =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU", "IE",
          "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

  private LegalTerms() {}

  /** The same of a row of the ledger: credit notes and consumers' invoices have no such limit. */
  static Optional<String> against(Creditor creditor, LedgerRow row) {
    return row.amount().isNegative() || Segments.isConsumer(row.segment())
        ? Optional.empty()
        : against(creditor, row.issueDate(), row.dueDate());
  }

  /** What is wrong with a due day, in words; empty if nothing is, or the country sets no limit. */
  static Optional<String> against(Creditor creditor, LocalDate issued, LocalDate due) {
    LocalDate sixty = issued.plusDays(DAYS_MAX);
    if (creditor.country().equals("FR")) {
      LocalDate monthEnd = monthEnd(creditor.monthEnd(), issued);
      LocalDate latest = monthEnd.isAfter(sixty) ? monthEnd : sixty;
      return due.isAfter(latest)
          ? Optional.of(
              "%s is later than the law allows between businesses: %s (60 days) or, where stipulated, %s (45 days end of month); code de commerce, article L441-10"
                  .formatted(due, sixty, monthEnd))
          : Optional.empty();
    }
    return SIXTY_DAYS.contains(creditor.country()) && due.isAfter(sixty)
        ? Optional.of(
            "%s is more than 60 days after issue (%s): longer terms are to be agreed expressly and not to be unfair; %s"
                .formatted(
                    due,
                    sixty,
                    creditor.country().equals("GB")
                        ? "SI 2013/395"
                        : "Directive 2011/7/EU, article 3"))
        : Optional.empty();
  }

  /**
   * The last day of "45 days end of month".
   *
   * @param reading {@code days-after-month}, {@code month-after-days}, or {@code either}: the later
   *     of both, as the French administration admits both
   */
  static LocalDate monthEnd(String reading, LocalDate issued) {
    LocalDate daysAfterMonth =
        issued.with(TemporalAdjusters.lastDayOfMonth()).plusDays(MONTH_END_DAYS);
    LocalDate monthAfterDays =
        issued.plusDays(MONTH_END_DAYS).with(TemporalAdjusters.lastDayOfMonth());
    return switch (reading) {
      case DAYS_AFTER_MONTH -> daysAfterMonth;
      case MONTH_AFTER_DAYS -> monthAfterDays;
      case EITHER -> daysAfterMonth.isAfter(monthAfterDays) ? daysAfterMonth : monthAfterDays;
      default ->
          throw new IllegalArgumentException(
              "month-end is '" + reading + "'; it is days-after-month, month-after-days or either");
    };
  }
}
