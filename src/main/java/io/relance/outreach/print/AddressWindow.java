package io.relance.outreach.print;

import java.util.Locale;
import java.util.Set;

/**
 * Where an envelope shows the address, on a folded page of A4; millimetres from the page's upper
 * left corner.
 *
 * @param writtenTop where the address may begin: above it may be the sender's line
 * @param firstFold where the page is folded, for the marks at its edge
 */
record AddressWindow(
    boolean right,
    double left,
    double top,
    double width,
    double height,
    double writtenTop,
    double firstFold,
    double secondFold) {

  /** From the window's left edge to what is written in it. */
  static final double INDENT = 5;

  /** DIN 5008, form B: a field of 85 by 45 mm for the window of a DL envelope at its left. */
  private static final AddressWindow LEFT = new AddressWindow(false, 20, 45, 85, 45, 51, 105, 210);

  /**
   * A French DL envelope has its window, 100 by 35 mm, at 20 mm from its right and lower edges.
   * What it shows however the page slides in it is 100 to 190 mm from the left and 55 to 79 mm from
   * the top; five or six lines keep within it.
   */
  private static final AddressWindow RIGHT = new AddressWindow(true, 100, 50, 90, 35, 54, 99, 198);

  private static final Set<String> WITH_WINDOW_AT_THE_RIGHT = Set.of("FR", "MC", "BE", "LU");

  /** As envelopes are in the creditor's country. */
  static AddressWindow of(String country) {
    return WITH_WINDOW_AT_THE_RIGHT.contains(country.toUpperCase(Locale.ROOT)) ? RIGHT : LEFT;
  }

  double writtenHeight() {
    return top + height - writtenTop - 1;
  }

  /** With a little air at both sides. */
  double writtenWidth() {
    return width - INDENT - 3;
  }
}
