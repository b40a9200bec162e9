package io.relance.ledger.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLinesTest {

  @Test
  void aRecordMaySpanLinesInsideQuotationMarks() throws IOException {
    List<CsvLines.Line> lines = read("a,b\r\n\"x\ny\",2\n\n3,4");
    assertThat(lines).extracting(CsvLines.Line::text).containsExactly("a,b", "\"x\ny\",2", "3,4");
    assertThat(lines).extracting(CsvLines.Line::number).containsExactly(1L, 2L, 5L);
  }

  @Test
  void aQuotationMarkThatIsNeverClosedCostsAFewLinesOnly() throws IOException {
    StringBuilder text = new StringBuilder("h\n\"open\n");
    for (int i = 0; i < 100; i++) {
      text.append("row").append(i).append('\n');
    }
    List<CsvLines.Line> lines = read(text.toString());
    assertThat(lines.get(1).problem()).contains("never closed");
    assertThat(lines).hasSize(2 + 100 - (CsvLines.LINES_A_RECORD_MAX - 1));
  }

  @Test
  void aHundredMegabyteLineIsPassedOverWithoutBeingHeld() throws IOException {
    Reader endless =
        new Reader() {
          private long left = 100_000_000;
          private boolean tail;

          @Override
          public int read(char[] buffer, int offset, int length) {
            if (left == 0) {
              if (tail) {
                return -1;
              }
              tail = true;
              "\nnext\n".getChars(0, 6, buffer, offset);
              return 6;
            }
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(buffer, offset, offset + count, 'x');
            left -= count;
            return count;
          }

          @Override
          public void close() {}
        };
    CsvLines lines = new CsvLines(endless);
    assertThat(lines.next().problem()).contains("more than 65536 characters");
    assertThat(lines.next().text()).isEqualTo("next");
    assertThat(lines.next()).isNull();
  }

  private static List<CsvLines.Line> read(String text) throws IOException {
    CsvLines lines = new CsvLines(new StringReader(text));
    List<CsvLines.Line> all = new ArrayList<>();
    for (CsvLines.Line line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    return all;
  }
}
