package io.relance.scoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.hipparchus.stat.descriptive.rank.Median;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * Prints the figures of docs/scoring.md: walks forward through 2013, judging each invoice at its
 * invoice date from what was settled before it. {@code ./mvnw -q -Pbench test-compile
 * exec:exec@prediction}
 */
public final class PredictionBenchmark {

  private static final int JUDGED_YEAR = 2013;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/yyyy");

  private record Judged(
      double lateness,
      double predicted,
      double lateProbability,
      boolean inRange,
      double width,
      double pastMedian,
      double pastLateRate,
      double predictedOnceDisputed) {

    int late() {
      return lateness > 0 ? 1 : 0;
    }
  }

  private PredictionBenchmark() {}

  public static void main(String[] args) throws Exception {
    List<Judged> judged = judge(read(Path.of(args[0])));
    System.out.printf(
        Locale.ROOT, "%d invoices of %d, each judged at its date%n", judged.size(), JUDGED_YEAR);
    System.out.printf(
        Locale.ROOT,
        "late (area under the ROC curve): %.3f; the payer's past late rate alone: %.3f%n",
        areaUnderCurve(judged, Judged::lateProbability),
        areaUnderCurve(judged, Judged::pastLateRate));
    System.out.printf(
        Locale.ROOT,
        "days (mean absolute error): %.2f; the payer's median lateness: %.2f%n",
        judged.stream()
            .mapToDouble(j -> Math.abs(j.predicted() - j.lateness()))
            .average()
            .orElse(0),
        judged.stream()
            .mapToDouble(j -> Math.abs(j.pastMedian() - j.lateness()))
            .average()
            .orElse(0));
    System.out.printf(
        Locale.ROOT,
        "days once it is known whether the invoice is disputed: %.2f%n",
        judged.stream()
            .mapToDouble(j -> Math.abs(j.predictedOnceDisputed() - j.lateness()))
            .average()
            .orElse(0));
    System.out.printf(
        Locale.ROOT,
        "range of %.0f %%: held for %.1f %%, %.1f days wide%n",
        100 * PayDateTrainer.RANGE_SHARE,
        100.0 * judged.stream().filter(Judged::inRange).count() / judged.size(),
        judged.stream().mapToDouble(Judged::width).average().orElse(0));
  }

  private static List<PaidInvoice> read(Path file) throws Exception {
    List<PaidInvoice> invoices = new ArrayList<>();
    try (CSVParser rows =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(Files.newBufferedReader(file))) {
      rows.forEach(
          row -> {
            LocalDate issued = LocalDate.parse(row.get("InvoiceDate"), DATE);
            invoices.add(
                new PaidInvoice(
                    row.get("customerID").hashCode(),
                    issued,
                    LocalDate.parse(row.get("DueDate"), DATE),
                    LocalDate.parse(row.get("SettledDate"), DATE),
                    Double.parseDouble(row.get("InvoiceAmount")),
                    !LocalDate.parse(row.get("PaperlessDate"), DATE).isAfter(issued),
                    row.get("Disputed").equals("Yes")));
          });
    }
    return invoices;
  }

  private static List<Judged> judge(List<PaidInvoice> all) {
    List<Judged> judged = new ArrayList<>();
    var byMonth =
        all.stream()
            .filter(i -> i.issued().getYear() == JUDGED_YEAR)
            .sorted(Comparator.comparing(PaidInvoice::issued))
            .collect(Collectors.groupingBy(i -> YearMonth.from(i.issued())));
    byMonth.forEach(
        (month, invoices) -> {
          List<PaidInvoice> known =
              all.stream().filter(i -> i.settledOn().isBefore(month.atDay(1))).toList();
          PayDateModel model = PayDateTrainer.train(known).orElseThrow();
          invoices.forEach(invoice -> judged.add(judge(invoice, all, model)));
        });
    return judged;
  }

  private static Judged judge(PaidInvoice invoice, List<PaidInvoice> all, PayDateModel model) {
    List<PaidInvoice> before =
        all.stream()
            .filter(i -> i.payerId() == invoice.payerId())
            .filter(i -> i.settledOn().isBefore(invoice.issued()))
            .toList();
    PayDateModel.Habit habit = model.habitOf(before);
    PayDates dates =
        model.predict(habit, PayDateModel.Question.atIssue(invoice.amount(), invoice.electronic()));
    PayDates withDispute =
        new PayDates(
            dates.usual(),
            dates.usualSpread(),
            dates.disputed(),
            dates.disputedSpread(),
            invoice.disputed() ? 1 : 0,
            dates.paidAfter());
    double[] range = model.range(dates, PayDateTrainer.RANGE_SHARE);
    return new Judged(
        invoice.lateness(),
        dates.quantile(0.5),
        dates.late(),
        invoice.lateness() >= range[0] && invoice.lateness() <= range[1],
        range[1] - range[0],
        before.isEmpty()
            ? 0
            : new Median().evaluate(before.stream().mapToDouble(PaidInvoice::lateness).toArray()),
        before.isEmpty()
            ? 0.5
            : before.stream().filter(i -> i.lateness() > 0).count() / (double) before.size(),
        withDispute.quantile(0.5));
  }

  /** By the ranks (Mann and Whitney); ties count half. */
  private static double areaUnderCurve(
      List<Judged> judged, java.util.function.ToDoubleFunction<Judged> score) {
    double[] ranks = new NaturalRanking().rank(judged.stream().mapToDouble(score).toArray());
    double late = judged.stream().mapToInt(Judged::late).sum();
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += judged.get(i).late() * ranks[i];
    }
    return (sum - late * (late + 1) / 2) / (late * (judged.size() - late));
  }
}
