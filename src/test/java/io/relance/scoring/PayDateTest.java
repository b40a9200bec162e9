package io.relance.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The model of pay dates, on ledgers whose truth is known. */
class PayDateTest {

  private static final LocalDate BEGIN = LocalDate.of(2024, 1, 1);

  @Test
  void findsWhatMadeTheLedger() {
    PayDateModel model = PayDateTrainer.train(ledger(60, 40, 12, -6, 0.2)).orElseThrow();
    assertThat(model.dispute()).isCloseTo(12, within(1.0));
    assertThat(model.electronic()).isCloseTo(-6, within(1.0));
    assertThat(model.disputeRate()).isCloseTo(0.2, within(0.03));
    assertThat(model.spread()).isCloseTo(4, within(0.5));
    assertThat(Math.sqrt(model.between())).isCloseTo(8, within(2.0));
    assertThat(model.widening()).isCloseTo(1, within(0.15));
  }

  @Test
  void whatNeverVariesHasNoEffect() {
    List<PaidInvoice> plain =
        ledger(60, 40, 12, -6, 0).stream()
            .map(
                i ->
                    new PaidInvoice(
                        i.payerId(), i.issued(), i.due(), i.settledOn(), i.amount(), true, false))
            .toList();
    PayDateModel model = PayDateTrainer.train(plain).orElseThrow();
    assertThat(model.dispute()).isZero();
    assertThat(model.electronic()).isZero();
    assertThat(model.disputeRate()).isZero();
    PayDates dates =
        model.predict(PayDateModel.Habit.UNKNOWN, PayDateModel.Question.atIssue(100, true));
    assertThat(dates.disputeProbability()).isLessThan(0.01);
  }

  @Test
  void saysWhenThereIsTooLittleHistory() {
    List<PaidInvoice> ledger = ledger(60, 40, 12, -6, 0.2);
    assertThat(PayDateTrainer.train(List.of())).isEmpty();
    assertThat(PayDateTrainer.train(ledger.subList(0, PayDateTrainer.INVOICES_MIN - 1))).isEmpty();
    assertThat(
            PayDateTrainer.train(
                ledger.stream().filter(i -> i.payerId() < PayDateTrainer.PAYERS_MIN - 1).toList()))
        .isEmpty();
  }

  @Test
  void whoIsKnownIsJudgedByThemselvesWhoIsNotByAll() {
    PayDateModel model = PayDateTrainer.train(ledger(60, 40, 12, -6, 0.2)).orElseThrow();
    List<PaidInvoice> slow = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      slow.add(paid(1, i, 35, false, false));
    }
    PayDateModel.Question question = PayDateModel.Question.atIssue(100, false);
    PayDates ofSlow = model.predict(model.habitOf(slow), question);
    PayDates ofNobody = model.predict(PayDateModel.Habit.UNKNOWN, question);
    assertThat(ofSlow.quantile(0.5)).isCloseTo(35, within(2.0));
    assertThat(ofSlow.late()).isGreaterThan(0.99);
    assertThat(ofNobody.usual()).isCloseTo(model.lateness(), within(0.01));
    assertThat(ofNobody.usualSpread()).isGreaterThan(ofSlow.usualSpread());
  }

  @Test
  void whatIsStillOpenIsPaidLaterThanToday() {
    PayDates fresh = new PayDates(0, 5, 12, 6, 0.2, Double.NEGATIVE_INFINITY);
    PayDates open = new PayDates(0, 5, 12, 6, 0.2, 8.5);
    assertThat(fresh.paidBy(8.5)).isGreaterThan(0.8);
    assertThat(open.paidBy(8.5)).isZero();
    assertThat(open.quantile(0.5)).isGreaterThan(8.5).isLessThan(20);
    assertThat(open.quantile(0.1)).isLessThan(open.quantile(0.5));
    assertThat(open.isBeyond(0.999)).isFalse();
    assertThat(new PayDates(0, 5, 12, 6, 0.2, 60).isBeyond(0.999)).isTrue();
  }

  @Test
  void probabilitiesRiseToOne() {
    PayDates dates = new PayDates(-3, 5, 12, 6, 0.3, Double.NEGATIVE_INFINITY);
    double before = 0;
    for (int day = -40; day <= 80; day++) {
      assertThat(dates.paidBy(day)).isGreaterThanOrEqualTo(before);
      before = dates.paidBy(day);
    }
    assertThat(before).isCloseTo(1, within(1e-6));
    assertThat(dates.paidBy(dates.quantile(0.9))).isCloseTo(0.9, within(0.001));
  }

  /** Payers whose habits differ by 8 days, payments that differ by 4, and effects as given. */
  private static List<PaidInvoice> ledger(
      int payers, int invoices, double dispute, double electronic, double disputeRate) {
    Random random = new Random(7);
    List<PaidInvoice> ledger = new ArrayList<>();
    for (int payer = 0; payer < payers; payer++) {
      double habit = 8 * random.nextGaussian();
      for (int i = 0; i < invoices; i++) {
        boolean sent = i > invoices / 2;
        boolean disputed = random.nextDouble() < disputeRate;
        double lateness =
            habit + 4 * random.nextGaussian() + (sent ? electronic : 0) + (disputed ? dispute : 0);
        ledger.add(paid(payer, i, (int) Math.round(lateness), sent, disputed));
      }
    }
    return ledger;
  }

  private static PaidInvoice paid(
      long payer, int n, int lateness, boolean electronic, boolean disputed) {
    LocalDate issued = BEGIN.plusDays(15L * n);
    LocalDate due = issued.plusDays(30);
    return new PaidInvoice(payer, issued, due, due.plusDays(lateness), 100, electronic, disputed);
  }
}
