package io.relance.web;

import org.jspecify.annotations.Nullable;

/**
 * Whose figures an address asks for, and of which day. Blank is nothing, so that the form's empty
 * fields narrow nothing.
 *
 * @param creditor its code
 * @param by {@code due} or {@code issue}
 * @param band A to E
 */
record FigureParams(
    @Nullable String creditor,
    @Nullable String currency,
    @Nullable String segment,
    @Nullable String owner,
    @Nullable String asOf,
    @Nullable String by,
    @Nullable String band) {

  static final FigureParams NONE = new FigureParams(null, null, null, null, null, null, null);

  /** The same of one currency; of null or blank, as they are. */
  FigureParams within(@Nullable String only) {
    return only == null || only.isBlank()
        ? this
        : new FigureParams(creditor, only, segment, owner, asOf, by, band);
  }

  FigureParams ofCreditor(String code) {
    return new FigureParams(code, currency, segment, owner, asOf, by, band);
  }
}
