package io.relance.charges;

import java.time.LocalDate;

/** No rate is known that early, so that no interest can be computed. */
public class RateUnknown extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RateUnknown(RateSeries series, LocalDate halfYear) {
    super(
        "The "
            + series.title()
            + " of the half-year from "
            + halfYear
            + " is not known; enter it under Rates, with its source");
  }
}
