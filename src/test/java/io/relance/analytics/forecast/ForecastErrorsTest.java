package io.relance.analytics.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.analytics.Figure;
import io.relance.analytics.forecast.ForecastErrors.Pair;
import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Errors as one computes them on paper. */
@DisplayName("How right forecasts were")
class ForecastErrorsTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  @Test
  void weighsErrorsByTheCashThatCame() {
    // errors 20, -20, 50 of 100, 100, 0
    ForecastErrors errors = ForecastErrors.of(List.of(pair(120, 100), pair(80, 100), pair(50, 0)));
    assertThat(errors.weeks()).isEqualTo(3);
    assertThat(value(errors.bias())).as("50 of 200").isEqualTo("25.00");
    assertThat(value(errors.weighted())).as("90 of 200").isEqualTo("45.00");
    assertThat(value(errors.mean())).as("of the two weeks with cash").isEqualTo("20.00");
  }

  @Test
  void saysWhetherForecastsAreTooHopefulOrNot() {
    ForecastErrors errors = ForecastErrors.of(List.of(pair(50, 100), pair(40, 80), pair(10, 20)));
    assertThat(value(errors.bias())).isEqualTo("-50.00");
    assertThat(value(errors.weighted())).isEqualTo("50.00");
    assertThat(value(errors.mean())).isEqualTo("50.00");
    ForecastErrors right = ForecastErrors.of(List.of(pair(100, 100)));
    assertThat(value(right.bias())).isEqualTo("0.00");
    assertThat(value(right.mean())).isEqualTo("0.00");
  }

  @Test
  void isNotComputedWithoutForecastsOrWithoutCash() {
    assertThat(why(ForecastErrors.of(List.of()).bias())).isEqualTo(Figure.Why.NO_FORECAST);
    ForecastErrors idle = ForecastErrors.of(List.of(pair(10, 0), pair(0, 0)));
    assertThat(idle.weeks()).isEqualTo(2);
    assertThat(why(idle.bias())).isEqualTo(Figure.Why.NO_CASH);
    assertThat(why(idle.weighted())).isEqualTo(Figure.Why.NO_CASH);
    assertThat(why(idle.mean())).isEqualTo(Figure.Why.NO_CASH);
    // more was taken back than came
    assertThat(why(ForecastErrors.of(List.of(pair(10, -5))).weighted()))
        .isEqualTo(Figure.Why.NO_CASH);
  }

  @Test
  void countsTheWeeksAheadFromTheDayOfTheForecast() {
    assertThat(ForecastAccuracy.ahead(MONDAY, MONDAY)).isEqualTo(1);
    assertThat(ForecastAccuracy.ahead(MONDAY, MONDAY.plusWeeks(3))).isEqualTo(4);
    assertThat(ForecastAccuracy.ahead(MONDAY.minusDays(5), MONDAY))
        .as("made on a Wednesday")
        .isEqualTo(1);
    assertThat(ForecastAccuracy.ahead(MONDAY.minusDays(7), MONDAY)).isEqualTo(2);
  }

  @Test
  void comparesEachDistanceForItself() {
    var compared =
        ForecastAccuracy.compared(
            List.of(
                week(MONDAY, 1, "110", "90", "100"),
                week(MONDAY, 2, "150", "100", "100"),
                week(MONDAY.plusWeeks(1), 1, null, "30", "60")));
    assertThat(compared.distances()).hasSize(ForecastAccuracy.WEEKS_AHEAD);
    ForecastAccuracy.Distance near = compared.distances().get(0);
    assertThat(near.predicted().weeks()).as("one was not predicted").isEqualTo(1);
    assertThat(value(near.predicted().bias())).isEqualTo("10.00");
    assertThat(value(near.due().bias())).as("-10 - 30 of 160").isEqualTo("-25.00");
    assertThat(value(compared.distances().get(1).predicted().weighted())).isEqualTo("50.00");
    assertThat(why(compared.distances().get(7).predicted().bias()))
        .isEqualTo(Figure.Why.NO_FORECAST);
  }

  @Test
  void countsAWeekOnceFromEachDistance() {
    ForecastAccuracy.Week late = week(MONDAY, 1, "300", "300", "100");
    var compared = ForecastAccuracy.compared(List.of(week(MONDAY, 1, "110", "90", "100"), late));
    assertThat(compared.weeks()).as("the newer one").hasSize(1).doesNotContain(late);
    assertThat(compared.distances().get(0).predicted().weeks()).isEqualTo(1);
    assertThat(value(compared.distances().get(0).predicted().bias())).isEqualTo("10.00");
  }

  private static ForecastAccuracy.Week week(
      LocalDate monday, int ahead, @Nullable String predicted, String due, String came) {
    return new ForecastAccuracy.Week(
        monday,
        monday.minusWeeks(ahead - 1L),
        ahead,
        predicted == null ? null : Money.of(predicted, "EUR"),
        Money.of(due, "EUR"),
        Money.of(came, "EUR"));
  }

  private static Pair pair(long forecast, long came) {
    return new Pair(BigDecimal.valueOf(forecast), BigDecimal.valueOf(came));
  }

  private static String value(Figure figure) {
    assertThat(figure).isInstanceOf(Figure.Known.class);
    return ((Figure.Known) figure).value().toPlainString();
  }

  private static Figure.Why why(Figure figure) {
    assertThat(figure).isInstanceOf(Figure.Unknown.class);
    return ((Figure.Unknown) figure).why();
  }
}
