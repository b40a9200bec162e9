package io.relance.outreach.print;

import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Makes a PDF of a page of XHTML, by the rules of PDF/A-2b: all letters and colours are in the
 * file, and nothing comes from elsewhere. Neither an address nor a file that the page names is ever
 * opened; pictures are in the page, or among those that the caller gives. The same page of the same
 * moment gives the same bytes.
 */
@Component
public class PdfRenderer {

  /** More is a mistake: no payer reads them. */
  static final int PAGES_MAX = 200;

  private static final String AUTHOR = "author";
  private static final Pattern DATE_OF_XMP =
      Pattern.compile("(?<=<xmp:CreateDate>)[^<]*(?=</xmp:CreateDate>)");
  private static final Pattern PICTURE = Pattern.compile("(?i)data:image/(png|jpeg|gif);base64,.*");

  private final Typeface typeface;
  private final InstantSource clock;
  private final byte[] colours = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

  PdfRenderer(Typeface typeface, InstantSource clock) {
    this.typeface = typeface;
    this.clock = clock;
    XRLog.setLoggingEnabled(false); // a dozen lines a page; what matters is thrown
  }

  /**
   * @param xhtml a page with a title and a language; {@code <meta name="author">} names its author
   * @throws IllegalArgumentException if it is not well-formed, too long, or would have too many
   *     pages
   */
  public byte[] render(String xhtml) {
    return typeset(xhtml, null, clock.instant(), Map.of()).content();
  }

  /**
   * @param author if the page names none
   * @param writtenAt the moment of the document, in its properties
   * @param pictures what {@code cid:} names in the page, as {@code data:} addresses
   * @throws IllegalArgumentException as {@link #render}
   */
  public Pdf typeset(
      String xhtml, @Nullable String author, Instant writtenAt, Map<String, String> pictures) {
    Document page = SafeXhtml.parse(xhtml);
    complete(page, author);
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder
        .useFastMode()
        .usePdfAConformance(PdfAConformance.PDFA_2_B)
        .useColorProfile(colours)
        .withProducer("Relance")
        .useUriResolver((base, uri) -> resolve(uri, pictures))
        .useExternalResourceAccessControl(
            (uri, type) -> PICTURE.matcher(uri).lookingAt(),
            ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI)
        .useExternalResourceAccessControl(
            (uri, type) -> true, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
        .useProtocolsStreamImplementation(
            uri -> {
              throw new IllegalStateException("refused: " + uri);
            },
            "http",
            "https",
            "classpath",
            "file",
            "ftp",
            "jar")
        .withW3cDocument(page, "relance:page");
    typeface.into(builder);
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
      return typeset(renderer, writtenAt.truncatedTo(ChronoUnit.SECONDS));
    } catch (IOException impossible) {
      throw new UncheckedIOException("A PDF cannot be made in memory", impossible);
    }
  }

  private static @Nullable String resolve(String uri, Map<String, String> pictures) {
    if (uri.startsWith("cid:")) {
      return pictures.get(uri.substring("cid:".length()));
    }
    return PICTURE.matcher(uri).lookingAt() ? uri : null;
  }

  private static Pdf typeset(PdfBoxRenderer renderer, Instant writtenAt) throws IOException {
    try (PDDocument document = Objects.requireNonNull(renderer.getPdfDocument())) {
      renderer.layout();
      int pages = renderer.getRootBox().getLayer().getPages().size();
      if (pages > PAGES_MAX) {
        throw new IllegalArgumentException(
            "The document would have " + pages + " pages; " + PAGES_MAX + " is the most");
      }
      renderer.createPDFWithoutClosing();
      date(document, writtenAt);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return new Pdf(out.toByteArray(), document.getNumberOfPages());
    }
  }

  /** The library takes the system's time; a document's identity would be that of the moment. */
  static void date(PDDocument document, Instant writtenAt) throws IOException {
    ZonedDateTime at = writtenAt.atZone(ZoneOffset.UTC);
    PDDocumentInformation information = document.getDocumentInformation();
    information.setCreationDate(GregorianCalendar.from(at));
    PDMetadata metadata = document.getDocumentCatalog().getMetadata();
    if (metadata != null) {
      String xmp = new String(metadata.toByteArray(), StandardCharsets.UTF_8);
      metadata.importXMPMetadata(
          DATE_OF_XMP
              .matcher(xmp)
              .replaceAll(at.toLocalDateTime() + "Z")
              .getBytes(StandardCharsets.UTF_8));
    }
    document.setDocumentId(writtenAt.getEpochSecond());
  }

  private static void complete(Document page, @Nullable String author) {
    Element root = page.getDocumentElement();
    if (!root.getTagName().equals("html")) {
      throw new IllegalArgumentException(
          "The page to print begins with <" + root.getTagName() + ">; it must be <html>");
    }
    Element head = childOf(root, "head");
    if (head == null) {
      head = page.createElement("head");
      root.insertBefore(head, root.getFirstChild());
    }
    if (author != null && !names(head, AUTHOR)) {
      Element meta = page.createElement("meta");
      meta.setAttribute("name", AUTHOR);
      meta.setAttribute("content", SafeXhtml.printable(author));
      head.appendChild(meta);
    }
    Element style = page.createElement("style");
    // whatever a page asks for: other typefaces are not in the file
    style.setTextContent(
        "* { font-family: '" + Typeface.NAME + "' !important } @page { size: 210mm 297mm }");
    head.appendChild(style);
  }

  private static boolean names(Element head, String name) {
    for (Node child = head.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getAttribute("name").equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Element childOf(Element parent, String tag) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getTagName().equals(tag)) {
        return element;
      }
    }
    return null;
  }
}
