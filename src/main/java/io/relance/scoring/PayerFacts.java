package io.relance.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The facts that points are given for. An invoice is judged once it is paid, or overdue; what is
 * neither says nothing yet.
 *
 * @param judged how many invoices there are to judge by
 * @param lateShare of the judged invoices, by amount, how much was late; one that fell due half a
 *     year ago counts half of one that falls due today
 * @param daysLate how late the late ones were, weighted likewise
 * @param trend the late share of those that fell due in the last quarter, less that of the year
 *     before; 0 where either has fewer than three
 * @param brokenPromises in the last year
 * @param disputeShare of the invoices of the last year, by number
 * @param exposureRatio what is open against the mean of the last twelve month ends; 1 where there
 *     was nothing
 * @param tenureMonths since the first day as a customer, or the first invoice
 * @param defaults in three years: invoices that stayed unpaid for more than sixty days, or for good
 * @param newPayer known for less than a year, or fewer than three invoices to judge by
 * @param loyal a customer for three years, without default
 */
record PayerFacts(
    int judged,
    BigDecimal lateShare,
    int daysLate,
    BigDecimal trend,
    int brokenPromises,
    BigDecimal disputeShare,
    BigDecimal exposureRatio,
    int tenureMonths,
    int defaults,
    boolean newPayer,
    boolean loyal,
    boolean firstInvoice) {

  static final int JUDGED_MIN = 3;
  static final int DEFAULT_DAYS = 60;
  static final int LOYAL_MONTHS = 36;
  private static final int NEW_MONTHS = 12;
  private static final double HALF_LIFE_DAYS = 182.5;
  private static final int QUARTER_DAYS = 91;
  private static final int YEAR_DAYS = 365;

  static PayerFacts of(PayerHistory history) {
    LocalDate today = history.asOf();
    List<PayerHistory.Item> judged =
        history.invoices().stream().filter(i -> isJudged(i, today)).toList();
    Map<String, Double> usual =
        judged.stream()
            .collect(
                Collectors.groupingBy(
                    PayerHistory.Item::currency,
                    Collectors.averagingDouble(i -> i.amount().doubleValue())));
    int months = tenureMonths(history, today);
    int defaults = (int) history.invoices().stream().filter(i -> isDefault(i, today)).count();
    boolean isNew = months < NEW_MONTHS || judged.size() < JUDGED_MIN;
    return new PayerFacts(
        judged.size(),
        rounded(lateShare(judged, usual, today), 4),
        (int) Math.round(daysLate(judged, usual, today)),
        rounded(trend(judged, usual, today), 4),
        (int)
            history.brokenPromises().stream()
                .filter(day -> day.isAfter(today.minusDays(YEAR_DAYS)))
                .count(),
        rounded(disputeShare(history, today), 4),
        rounded(exposureRatio(history, today), 2),
        months,
        defaults,
        isNew,
        months >= LOYAL_MONTHS && defaults == 0 && !isNew,
        history.invoices().size() <= 1);
  }

  private static boolean isJudged(PayerHistory.Item invoice, LocalDate today) {
    return invoice.settledOn() != null || invoice.due().isBefore(today) || invoice.abandoned();
  }

  private static int lateness(PayerHistory.Item invoice, LocalDate today) {
    LocalDate until = invoice.settledOn() == null ? today : invoice.settledOn();
    return (int) ChronoUnit.DAYS.between(invoice.due(), until);
  }

  /** Amounts of several currencies are compared with what is usual in each. */
  private static double weight(
      PayerHistory.Item invoice, Map<String, Double> usual, LocalDate today) {
    double amount =
        invoice.amount().doubleValue()
            / Math.max(usual.getOrDefault(invoice.currency(), 1.0), 1e-9);
    double age = Math.max(0, ChronoUnit.DAYS.between(invoice.due(), today));
    return amount * Math.pow(0.5, age / HALF_LIFE_DAYS);
  }

  private static double lateShare(
      List<PayerHistory.Item> judged, Map<String, Double> usual, LocalDate today) {
    double all = judged.stream().mapToDouble(i -> weight(i, usual, today)).sum();
    double late =
        judged.stream()
            .filter(i -> lateness(i, today) > 0)
            .mapToDouble(i -> weight(i, usual, today))
            .sum();
    return all == 0 ? 0 : late / all;
  }

  private static double daysLate(
      List<PayerHistory.Item> judged, Map<String, Double> usual, LocalDate today) {
    List<PayerHistory.Item> late = judged.stream().filter(i -> lateness(i, today) > 0).toList();
    double all = late.stream().mapToDouble(i -> weight(i, usual, today)).sum();
    double days =
        late.stream().mapToDouble(i -> weight(i, usual, today) * lateness(i, today)).sum();
    return all == 0 ? 0 : days / all;
  }

  private static double trend(
      List<PayerHistory.Item> judged, Map<String, Double> usual, LocalDate today) {
    LocalDate quarter = today.minusDays(QUARTER_DAYS);
    List<PayerHistory.Item> recent = due(judged, day -> day.isAfter(quarter));
    List<PayerHistory.Item> before =
        due(judged, day -> !day.isAfter(quarter) && day.isAfter(quarter.minusDays(YEAR_DAYS)));
    return recent.size() < JUDGED_MIN || before.size() < JUDGED_MIN
        ? 0
        : lateShare(recent, usual, today) - lateShare(before, usual, today);
  }

  private static List<PayerHistory.Item> due(
      List<PayerHistory.Item> invoices, Predicate<LocalDate> when) {
    return invoices.stream().filter(i -> when.test(i.due())).toList();
  }

  private static double disputeShare(PayerHistory history, LocalDate today) {
    List<PayerHistory.Item> lastYear =
        history.invoices().stream()
            .filter(i -> i.issued().isAfter(today.minusDays(YEAR_DAYS)))
            .toList();
    return lastYear.size() < JUDGED_MIN
        ? 0
        : lastYear.stream().filter(PayerHistory.Item::disputed).count() / (double) lastYear.size();
  }

  private static double exposureRatio(PayerHistory history, LocalDate today) {
    double usual = 0;
    int months = 0;
    for (int back = 1; back <= 12; back++) {
      LocalDate end = today.withDayOfMonth(1).minusMonths(back - 1L).minusDays(1);
      if (history.invoices().stream().anyMatch(i -> !i.issued().isAfter(end))) {
        usual += open(history, end);
        months++;
      }
    }
    return months < JUDGED_MIN || usual == 0 ? 1 : open(history, today) / (usual / months);
  }

  /** In the currency that most invoices are in: sums of several would mean nothing. */
  private static double open(PayerHistory history, LocalDate day) {
    String currency =
        history.invoices().stream()
            .collect(Collectors.groupingBy(PayerHistory.Item::currency, Collectors.counting()))
            .entrySet()
            .stream()
            .max(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse("");
    return history.invoices().stream()
        .filter(i -> i.currency().equals(currency) && i.isOpen(day))
        .mapToDouble(i -> i.amount().doubleValue())
        .sum();
  }

  private static int tenureMonths(PayerHistory history, LocalDate today) {
    LocalDate first =
        history.invoices().stream()
            .map(PayerHistory.Item::issued)
            .min(LocalDate::compareTo)
            .orElse(today);
    LocalDate since = history.since();
    LocalDate from = since != null && since.isBefore(first) ? since : first;
    return (int) Math.max(0, ChronoUnit.MONTHS.between(from, today));
  }

  private static boolean isDefault(PayerHistory.Item invoice, LocalDate today) {
    LocalDate until = invoice.settledOn() == null ? today : invoice.settledOn();
    return until.isAfter(today.minusMonths(LOYAL_MONTHS))
        && (invoice.abandoned() || lateness(invoice, today) > DEFAULT_DAYS);
  }

  private static BigDecimal rounded(double value, int places) {
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP).stripTrailingZeros();
  }

  /** As the decision sees them, under the name {@code facts}. */
  Map<String, Object> asVariables() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("judged", judged);
    facts.put("lateShare", lateShare);
    facts.put("daysLate", daysLate);
    facts.put("trend", trend);
    facts.put("brokenPromises", brokenPromises);
    facts.put("disputeShare", disputeShare);
    facts.put("exposureRatio", exposureRatio);
    facts.put("tenureMonths", tenureMonths);
    facts.put("defaults", defaults);
    facts.put("newPayer", newPayer);
    facts.put("loyal", loyal);
    facts.put("firstInvoice", firstInvoice);
    return facts;
  }

  /** A row's words with its facts filled in: shares as percentages. */
  String fill(String words) {
    String filled = words;
    for (Map.Entry<String, Object> fact : asVariables().entrySet()) {
      filled = filled.replace("{" + fact.getKey() + "}", shown(fact.getKey(), fact.getValue()));
    }
    return filled;
  }

  private static String shown(String name, Object value) {
    boolean share = name.endsWith("Share") || name.equals("trend");
    return share && value instanceof BigDecimal number
        ? String.format(Locale.ROOT, "%.0f %%", Math.abs(number.doubleValue() * 100))
        : value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }
}
