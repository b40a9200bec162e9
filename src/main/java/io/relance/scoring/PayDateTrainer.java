package io.relance.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;
import org.hipparchus.util.FastMath;

/**
 * Learns a {@link PayDateModel} from the paid invoices of a ledger. Every parameter is estimated;
 * none is set by hand.
 */
final class PayDateTrainer {

  /** Below this there is too little history to learn from. */
  static final int INVOICES_MIN = 50;

  static final int PAYERS_MIN = 5;
  static final double RANGE_SHARE = 0.8;
  private static final double VARIANCE_MIN = 0.25;
  private static final double PRIOR_MAX = 100;
  private static final int NEWTON_STEPS = 30;
  private static final int EXAMPLES_MIN = 20;

  private PayDateTrainer() {}

  /** Empty where there is too little history. */
  static Optional<PayDateModel> train(List<PaidInvoice> paid) {
    Map<Long, List<PaidInvoice>> byPayer =
        paid.stream().collect(Collectors.groupingBy(PaidInvoice::payerId));
    if (paid.size() < INVOICES_MIN || byPayer.size() < PAYERS_MIN) {
      return Optional.empty();
    }
    double[] effects = effects(byPayer);
    double electronic = effects[0];
    double dispute = effects[1];
    double usual = withinVariance(byPayer, false, electronic, dispute);
    double disputed = withinVariance(byPayer, true, electronic, dispute);
    DescriptiveStatistics means = new DescriptiveStatistics();
    DescriptiveStatistics noise = new DescriptiveStatistics();
    byPayer
        .values()
        .forEach(
            own -> {
              means.addValue(
                  own.stream()
                      .mapToDouble(i -> PayDateModel.plain(i, electronic, dispute))
                      .average()
                      .orElse(0));
              noise.addValue(usual / own.size());
            });
    double between = Math.max(VARIANCE_MIN, means.getVariance() - noise.getMean());
    double rate = paid.stream().filter(PaidInvoice::disputed).count() / (double) paid.size();
    double prior = disputePrior(byPayer, rate);
    PayDateModel model =
        new PayDateModel(
            means.getMean(),
            between,
            electronic,
            dispute,
            Math.sqrt(usual),
            Math.sqrt(disputed),
            rate,
            prior,
            disputeByAmount(byPayer, rate, prior),
            1,
            paid.size());
    return Optional.of(widened(model, byPayer));
  }

  /**
   * What sending electronically and a dispute do to lateness within a payer: least squares on
   * deviations from each payer's means (a fixed-effects regression). What never varies has no
   * effect.
   */
  private static double[] effects(Map<Long, List<PaidInvoice>> byPayer) {
    List<double[]> rows = new ArrayList<>();
    for (List<PaidInvoice> own : byPayer.values()) {
      double[] mean = new double[3];
      for (PaidInvoice invoice : own) {
        add(mean, facts(invoice), 1.0 / own.size());
      }
      for (PaidInvoice invoice : own) {
        double[] row = facts(invoice);
        add(row, mean, -1);
        rows.add(row);
      }
    }
    double[] effects = new double[2];
    List<Integer> varying = new ArrayList<>();
    for (int column = 1; column <= 2; column++) {
      int at = column;
      if (rows.stream().filter(row -> Math.abs(row[at]) > 1e-9).count() >= EXAMPLES_MIN) {
        varying.add(column);
      }
    }
    if (varying.isEmpty()) {
      return effects;
    }
    double[] lateness = rows.stream().mapToDouble(row -> row[0]).toArray();
    double[][] regressors =
        rows.stream()
            .map(row -> varying.stream().mapToDouble(column -> row[column]).toArray())
            .toArray(double[][]::new);
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    try {
      regression.newSampleData(lateness, regressors);
      double[] found = regression.estimateRegressionParameters();
      for (int i = 0; i < found.length; i++) {
        effects[varying.get(i) - 1] = found[i];
      }
    } catch (MathRuntimeException alike) {
      return effects; // both always come together: neither can be told from the other
    }
    return effects;
  }

  private static double[] facts(PaidInvoice invoice) {
    return new double[] {
      invoice.lateness(), invoice.electronic() ? 1 : 0, invoice.disputed() ? 1 : 0
    };
  }

  private static void add(double[] to, double[] values, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += values[i] * factor;
    }
  }

  /** How much the payments of one payer differ among themselves, disputed or not. */
  private static double withinVariance(
      Map<Long, List<PaidInvoice>> byPayer, boolean disputed, double electronic, double dispute) {
    double squares = 0;
    double freedom = 0;
    for (List<PaidInvoice> own : byPayer.values()) {
      double mean =
          own.stream()
              .mapToDouble(i -> PayDateModel.plain(i, electronic, dispute))
              .average()
              .orElse(0);
      for (PaidInvoice invoice : own) {
        if (invoice.disputed() == disputed) {
          squares += FastMath.pow(PayDateModel.plain(invoice, electronic, dispute) - mean, 2);
          freedom += (own.size() - 1.0) / own.size();
        }
      }
    }
    return freedom < EXAMPLES_MIN / 2.0
        ? Math.max(VARIANCE_MIN, disputed ? withinVariance(byPayer, false, electronic, dispute) : 1)
        : Math.max(VARIANCE_MIN, squares / freedom);
  }

  /**
   * How many invoices of a payer weigh as much as the share of all: the moments of a beta-binomial
   * distribution.
   */
  private static double disputePrior(Map<Long, List<PaidInvoice>> byPayer, double rate) {
    DescriptiveStatistics shares = new DescriptiveStatistics();
    DescriptiveStatistics chance = new DescriptiveStatistics();
    byPayer
        .values()
        .forEach(
            own -> {
              shares.addValue(
                  own.stream().filter(PaidInvoice::disputed).count() / (double) own.size());
              chance.addValue(rate * (1 - rate) / own.size());
            });
    double between = shares.getVariance() - chance.getMean();
    if (between <= 0 || rate <= 0 || rate >= 1) {
      return PRIOR_MAX;
    }
    return Math.min(PRIOR_MAX, Math.max(0.5, rate * (1 - rate) / between - 1));
  }

  /**
   * The slope of a logistic regression of disputes on the amount against the payer's usual one,
   * with the payer's own odds as given: one unknown, found by Newton's method.
   */
  private static double disputeByAmount(
      Map<Long, List<PaidInvoice>> byPayer, double rate, double prior) {
    List<double[]> examples = new ArrayList<>();
    for (List<PaidInvoice> own : byPayer.values()) {
      long disputed = own.stream().filter(PaidInvoice::disputed).count();
      double odds = PayDateModel.oddsOf(disputed, own.size() - disputed, rate, prior);
      double usual = own.stream().mapToDouble(PaidInvoice::amount).average().orElse(1);
      own.forEach(
          i ->
              examples.add(
                  new double[] {
                    Math.log(Math.max(odds, 1e-6)),
                    Math.log(Math.max(i.amount(), 1e-6) / Math.max(usual, 1e-6)),
                    i.disputed() ? 1 : 0
                  }));
    }
    double slope = 0;
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double gradient = -slope; // a weak pull towards no effect keeps a thin history sane
      double curvature = 1;
      for (double[] example : examples) {
        double probability = 1 / (1 + Math.exp(-example[0] - slope * example[1]));
        gradient += (example[2] - probability) * example[1];
        curvature += probability * (1 - probability) * example[1] * example[1];
      }
      double change = gradient / curvature;
      slope += change;
      if (Math.abs(change) < 1e-6) {
        break;
      }
    }
    return slope;
  }

  /**
   * Measures on the past itself, each invoice judged from those of its payer that were paid before
   * it was issued, how much wider the range must be to hold for the share that it claims.
   */
  private static PayDateModel widened(PayDateModel model, Map<Long, List<PaidInvoice>> byPayer) {
    DescriptiveStatistics needed = new DescriptiveStatistics();
    for (List<PaidInvoice> own : byPayer.values()) {
      List<PaidInvoice> settled =
          own.stream().sorted(Comparator.comparing(PaidInvoice::settledOn)).toList();
      PayDateModel.Habit before = PayDateModel.Habit.UNKNOWN;
      int next = 0;
      for (PaidInvoice invoice :
          own.stream().sorted(Comparator.comparing(PaidInvoice::issued)).toList()) {
        while (next < settled.size() && settled.get(next).settledOn().isBefore(invoice.issued())) {
          before = model.with(before, settled.get(next++));
        }
        PayDates dates =
            model.predict(
                before, PayDateModel.Question.atIssue(invoice.amount(), invoice.electronic()));
        double middle = dates.quantile(0.5);
        double off = invoice.lateness() - middle;
        double edge =
            dates.quantile(off < 0 ? (1 - RANGE_SHARE) / 2 : (1 + RANGE_SHARE) / 2) - middle;
        needed.addValue(Math.abs(edge) < 1e-6 ? 1 : off / edge);
      }
    }
    double factor = needed.getPercentile(100 * RANGE_SHARE);
    return new PayDateModel(
        model.lateness(),
        model.between(),
        model.electronic(),
        model.dispute(),
        model.spread(),
        model.disputeSpread(),
        model.disputeRate(),
        model.disputePrior(),
        model.disputeByAmount(),
        Math.min(3, Math.max(0.5, factor)),
        model.history());
  }
}
