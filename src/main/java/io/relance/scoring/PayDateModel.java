package io.relance.scoring;

/**
 * Predicts when an invoice is paid, from what its payer paid before. What a payer usually does is
 * drawn towards what all payers do, the more the less is known of it (a normal and a beta prior,
 * estimated from the ledger itself: empirical Bayes).
 *
 * @param lateness of all payers, in days from the due date, for undisputed invoices on paper
 * @param between variance of the payers' own lateness around it, in days squared
 * @param electronic days by which an invoice that is sent electronically is paid earlier or later
 * @param dispute days by which a dispute delays a payment
 * @param spread standard deviation of one payer's undisputed payments, in days
 * @param disputeSpread the same of its disputed ones
 * @param disputeRate share of all invoices that are disputed
 * @param disputePrior how many invoices of a payer weigh as much as that share
 * @param disputeByAmount how much the odds of a dispute grow with the logarithm of an invoice's
 *     amount against the payer's usual one
 * @param widening of the range, so that it held for the share of the past that it claims
 * @param history paid invoices that it learned from
 */
record PayDateModel(
    double lateness,
    double between,
    double electronic,
    double dispute,
    double spread,
    double disputeSpread,
    double disputeRate,
    double disputePrior,
    double disputeByAmount,
    double widening,
    int history) {

  /**
   * @param amount as {@link PaidInvoice#amount}
   * @param knownDisputed that it is disputed is known already
   * @param paidAfter as {@link PayDates#paidAfter}
   */
  record Question(double amount, boolean electronic, boolean knownDisputed, double paidAfter) {

    /** At the invoice date, when nothing is known of it yet. */
    static Question atIssue(double amount, boolean electronic) {
      return new Question(amount, electronic, false, Double.NEGATIVE_INFINITY);
    }
  }

  /**
   * What is known of a payer, summed up: each payment weighs by how much it tells.
   *
   * @param weight of the payments
   * @param sum of their lateness, as if undisputed and on paper, times its weight
   */
  record Habit(double weight, double sum, int disputed, int undisputed, double amounts) {

    static final Habit UNKNOWN = new Habit(0, 0, 0, 0, 0);

    int payments() {
      return disputed + undisputed;
    }
  }

  Habit habitOf(Iterable<PaidInvoice> paid) {
    Habit habit = Habit.UNKNOWN;
    for (PaidInvoice invoice : paid) {
      habit = with(habit, invoice);
    }
    return habit;
  }

  Habit with(Habit habit, PaidInvoice invoice) {
    double deviation = invoice.disputed() ? disputeSpread : spread;
    double weight = 1 / (deviation * deviation);
    return new Habit(
        habit.weight() + weight,
        habit.sum() + weight * plain(invoice, electronic, dispute),
        habit.disputed() + (invoice.disputed() ? 1 : 0),
        habit.undisputed() + (invoice.disputed() ? 0 : 1),
        habit.amounts() + invoice.amount());
  }

  /** A payment's lateness as if the invoice had been undisputed and on paper. */
  static double plain(PaidInvoice invoice, double electronic, double dispute) {
    return invoice.lateness()
        - (invoice.electronic() ? electronic : 0)
        - (invoice.disputed() ? dispute : 0);
  }

  /** The prediction for an invoice of a payer with that habit. */
  PayDates predict(Habit habit, Question question) {
    double weight = habit.weight() + 1 / between;
    double own = (habit.sum() + lateness / between) / weight;
    double usual = own + (question.electronic() ? electronic : 0);
    return new PayDates(
        usual,
        Math.sqrt(spread * spread + 1 / weight),
        usual + dispute,
        Math.sqrt(disputeSpread * disputeSpread + 1 / weight),
        question.knownDisputed() ? 1 : disputeProbability(habit, question.amount()),
        question.paidAfter());
  }

  private double disputeProbability(Habit habit, double amount) {
    double usual = habit.payments() == 0 ? amount : habit.amounts() / habit.payments();
    double odds =
        oddsOf(habit.disputed(), habit.undisputed(), disputeRate, disputePrior)
            * Math.pow(amount / usual, disputeByAmount);
    return odds / (1 + odds);
  }

  /** The odds of a dispute from a payer's own invoices and those of all. */
  static double oddsOf(long disputed, long undisputed, double rate, double prior) {
    return (disputed + rate * prior) / Math.max(undisputed + (1 - rate) * prior, 1e-6);
  }

  /**
   * The range that a payment falls into with a probability of {@code share}, as {@code [from, to]}
   * in days from the due date.
   */
  double[] range(PayDates dates, double share) {
    double middle = dates.quantile(0.5);
    double low = middle + (dates.quantile((1 - share) / 2) - middle) * widening;
    double high = middle + (dates.quantile((1 + share) / 2) - middle) * widening;
    return new double[] {Math.max(low, dates.paidAfter()), high};
  }
}
