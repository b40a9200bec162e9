package io.relance.kernel;

/** Texts from outside in files that a spreadsheet opens. */
public final class SpreadsheetText {

  /** The signs, a line break before one, and their full-width forms. */
  private static final String BEGINS_A_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private SpreadsheetText() {}

  /** The text, with an apostrophe before it if a spreadsheet would compute it. */
  public static String harmless(String text) {
    return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
