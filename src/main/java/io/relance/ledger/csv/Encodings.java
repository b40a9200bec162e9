package io.relance.ledger.csv;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Opens a text file that is UTF-8 or, where it is not, Windows-1252. UTF-16 and binary files are
 * refused by name.
 */
public final class Encodings {

  private Encodings() {}

  public static Reader open(Path file) throws IOException {
    Charset charset = detect(file);
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(file.toFile()), charset), 1 << 16);
    reader.mark(1);
    if (reader.read() != '\ufeff') {
      reader.reset();
    }
    return reader;
  }

  private static Charset detect(Path file) throws IOException {
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer chars = CharBuffer.allocate(1 << 16);
    try (InputStream in = new FileInputStream(file.toFile())) {
      boolean end = false;
      boolean utf8SoFar = true;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        int from = bytes.position();
        bytes.position(from + Math.max(0, read));
        for (int i = from; i < bytes.position(); i++) {
          if (bytes.get(i) == 0) {
            throw new FileRefused(
                "the file is not UTF-8 or Windows-1252 text (it has zero bytes, as UTF-16 or a spreadsheet has)");
          }
        }
        if (!utf8SoFar) {
          bytes.clear();
          continue;
        }
        bytes.flip();
        chars.clear();
        CoderResult result = utf8.decode(bytes, chars, end);
        if (result.isError()) {
          utf8SoFar = false;
          bytes.clear();
        } else {
          bytes.compact();
        }
      }
      return utf8SoFar ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
    }
  }
}
