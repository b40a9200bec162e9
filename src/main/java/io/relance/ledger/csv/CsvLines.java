package io.relance.ledger.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into records without ever holding more than one of them: a record may span lines
 * inside quotation marks, but not more than a few, and no line may be longer than its limit. What
 * exceeds a limit is passed over and told.
 */
public final class CsvLines {

  static final int CHARACTERS_MAX = 65_536;
  static final int LINES_A_RECORD_MAX = 20;

  /**
   * @param number of its first line, from 1
   * @param text without its line end; null if it could not be read
   * @param problem why not
   */
  public record Line(long number, @Nullable String text, @Nullable String problem) {}

  private final BufferedReader reader;
  private final StringBuilder buffer = new StringBuilder();
  private long number;
  private boolean tooLong;
  private boolean ended;

  public CsvLines(Reader reader) {
    this.reader = new BufferedReader(reader, 1 << 16);
  }

  /** The next record; null at the end. Empty lines are passed over. */
  public @Nullable Line next() throws IOException {
    while (true) {
      if (!readLine()) {
        return null;
      }
      long first = number;
      if (tooLong) {
        return new Line(first, null, "the line has more than " + CHARACTERS_MAX + " characters");
      }
      String text = buffer.toString();
      if (text.isBlank()) {
        continue;
      }
      if (!opensQuotation(text)) {
        return new Line(first, text, null);
      }
      return continued(first, text);
    }
  }

  private Line continued(long first, String start) throws IOException {
    StringBuilder whole = new StringBuilder(start);
    for (int lines = 1; lines < LINES_A_RECORD_MAX && readLine() && !tooLong; lines++) {
      whole.append('\n').append(buffer);
      if (whole.length() > CHARACTERS_MAX) {
        break;
      }
      if (!opensQuotation(whole)) {
        return new Line(first, whole.toString(), null);
      }
    }
    return new Line(
        first,
        null,
        "a quotation mark that opens on this line is never closed; lines up to "
            + number
            + " were passed over");
  }

  private static boolean opensQuotation(CharSequence text) {
    int marks = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        marks++;
      }
    }
    return marks % 2 == 1;
  }

  private boolean readLine() throws IOException {
    if (ended) {
      return false;
    }
    buffer.setLength(0);
    tooLong = false;
    boolean any = false;
    while (true) {
      int c = reader.read();
      if (c < 0) {
        ended = true;
        break;
      }
      any = true;
      if (c == '\n') {
        break;
      }
      if (c == '\r') {
        reader.mark(1);
        if (reader.read() != '\n') {
          reader.reset();
        }
        break;
      }
      if (buffer.length() >= CHARACTERS_MAX) {
        tooLong = true;
      } else {
        buffer.append((char) c);
      }
    }
    if (any) {
      number++;
    }
    return any;
  }
}
