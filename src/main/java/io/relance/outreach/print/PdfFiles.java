package io.relance.outreach.print;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** PDFs that came from elsewhere. */
public final class PdfFiles {

  private static final byte[] BEGIN = "%PDF-".getBytes(StandardCharsets.US_ASCII);

  private static final String ENCRYPTED =
      "The PDF is protected by a password or encrypted: the payer could not open it. Save it"
          + " without";

  private PdfFiles() {}

  /**
   * Looks whether it is a PDF that everybody can open.
   *
   * @throws IllegalArgumentException if not; says what to do
   */
  public static void requireReadable(byte[] content) {
    if (content.length < BEGIN.length
        || !Arrays.equals(content, 0, BEGIN.length, BEGIN, 0, BEGIN.length)) {
      throw new IllegalArgumentException(
          "The file is no PDF: it does not begin with %PDF-. Save or print it as PDF first");
    }
    try (PDDocument document = Loader.loadPDF(content)) {
      if (document.isEncrypted()) {
        throw new IllegalArgumentException(ENCRYPTED);
      }
      if (document.getNumberOfPages() == 0) {
        throw new IllegalArgumentException("The PDF has no page: export it anew");
      }
    } catch (InvalidPasswordException closed) {
      throw new IllegalArgumentException(ENCRYPTED, closed);
    } catch (IOException broken) {
      throw new IllegalArgumentException(
          "The PDF is broken and cannot be opened: export it anew", broken);
    }
  }
}
