package io.relance.outreach;

import java.text.Normalizer;
import java.util.Map;

/**
 * Writes a text so that it fits the alphabet of text messages, where that does not change a word: a
 * single curly quote or narrow space would make the whole message one of 70 characters a part.
 */
final class SmsText {

  private static final Map<Integer, String> PLAIN =
      Map.ofEntries(
          Map.entry(0x2018, "'"),
          Map.entry(0x2019, "'"),
          Map.entry(0x201A, "'"),
          Map.entry(0x201B, "'"),
          Map.entry(0x2032, "'"),
          Map.entry(0x00B4, "'"),
          Map.entry(0x2039, "'"),
          Map.entry(0x203A, "'"),
          Map.entry(0x201C, "\""),
          Map.entry(0x201D, "\""),
          Map.entry(0x201E, "\""),
          Map.entry(0x201F, "\""),
          Map.entry(0x00AB, "\""),
          Map.entry(0x00BB, "\""),
          Map.entry(0x2010, "-"),
          Map.entry(0x2011, "-"),
          Map.entry(0x2012, "-"),
          Map.entry(0x2013, "-"),
          Map.entry(0x2014, "-"),
          Map.entry(0x2015, "-"),
          Map.entry(0x2212, "-"),
          Map.entry(0x2022, "-"),
          Map.entry(0x00B7, "-"),
          Map.entry(0x2026, "..."),
          Map.entry(0x0153, "oe"),
          Map.entry(0x0152, "OE"),
          Map.entry(0x00AD, ""),
          Map.entry(0x200B, ""),
          Map.entry(0x2060, ""),
          Map.entry(0xFEFF, ""));

  private SmsText() {}

  /** The text with plain spaces, quotes and dashes; its letters stay as they are. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              String other = PLAIN.get(c);
              if (other != null) {
                plain.append(other);
              } else if (c != '\n' && (Character.isSpaceChar(c) || Character.isWhitespace(c))) {
                plain.append(' ');
              } else {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString().strip();
  }
}
