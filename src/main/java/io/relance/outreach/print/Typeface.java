package io.relance.outreach.print;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.springframework.stereotype.Component;

/**
 * The typeface of everything that is printed: Source Sans 3, whose licence lets a document carry
 * it. It has Latin with all its accents, Greek and Cyrillic; for what it lacks there is Liberation
 * Sans, which the PDF library brings along.
 */
@Component
class Typeface {

  /** As style sheets name it. */
  static final String NAME = "Source Sans 3";

  private static final int WIDE = 1000;

  private final byte[] regular = read("/print/fonts/SourceSans3-Regular.ttf");
  private final byte[] bold = read("/print/fonts/SourceSans3-Bold.ttf");
  private final byte[] italic = read("/print/fonts/SourceSans3-It.ttf");
  private final byte[] boldItalic = read("/print/fonts/SourceSans3-BoldIt.ttf");
  private final byte[] otherwise =
      read("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");
  private final TrueTypeFont metrics;
  private final CmapLookup glyphs;

  Typeface() {
    try {
      metrics = new TTFParser().parse(new RandomAccessReadBuffer(regular));
      glyphs = metrics.getUnicodeCmapLookup();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The typeface of letters cannot be read", unreadable);
    }
  }

  private static byte[] read(String resource) {
    try (InputStream in = Typeface.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is not in the application: build it with ./mvnw, which puts it there");
      }
      return withoutLigatures(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource + " cannot be read", unreadable);
    }
  }

  /**
   * The library would join letters (tt, ft) where the face can, and whoever searches or copies the
   * text would not find them: its table of substitutions gets a name that nobody looks for.
   */
  private static byte[] withoutLigatures(byte[] face) {
    int tables = (face[4] & 0xff) << 8 | face[5] & 0xff;
    for (int entry = 12; entry < 12 + 16 * tables; entry += 16) {
      if (new String(face, entry, 4, StandardCharsets.US_ASCII).equals("GSUB")) {
        face[entry] = 'x';
      }
    }
    return face;
  }

  /** Gives the builder all its faces; they are read only where a page uses them. */
  void into(PdfRendererBuilder builder) {
    add(builder, regular, 400, FontStyle.NORMAL);
    add(builder, bold, 700, FontStyle.NORMAL);
    add(builder, italic, 400, FontStyle.ITALIC);
    add(builder, boldItalic, 700, FontStyle.ITALIC);
    builder.useFont(
        () -> new ByteArrayInputStream(otherwise),
        "Liberation Sans",
        400,
        FontStyle.NORMAL,
        true,
        EnumSet.of(FSFontUseCase.FALLBACK_FINAL));
  }

  private static void add(PdfRendererBuilder builder, byte[] face, int weight, FontStyle style) {
    builder.useFont(() -> new ByteArrayInputStream(face), NAME, weight, style, true);
  }

  /** The width of a text in its regular face, in thousandths of the size. */
  synchronized int widthOf(String text) {
    try {
      int width = 0;
      for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
        int glyph = glyphs.getGlyphId(text.codePointAt(i));
        width +=
            glyph == 0 ? WIDE : metrics.getAdvanceWidth(glyph) * 1000 / metrics.getUnitsPerEm();
      }
      return width;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The typeface of letters cannot be read", unreadable);
    }
  }
}
