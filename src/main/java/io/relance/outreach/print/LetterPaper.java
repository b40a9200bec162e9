package io.relance.outreach.print;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The page that a letter is written on: A4, its address where the envelope's window shows it (DIN
 * 5008 form B at the left, or the French window at the right, as in the creditor's country), marks
 * to fold by, the page's number from the second page on. Everything is measured in millimetres from
 * the page's corner.
 */
@Component
public class LetterPaper {

  /** Where the text begins on the first page. */
  private static final int TEXT_TOP = 102;

  private static final int TEXT_LEFT = 25;
  private static final int TEXT_RIGHT = 20;
  private static final double SENDER_SIZE = 6.5;
  private static final double MM_PER_POINT = 25.4 / 72;

  private static final Map<String, String> REFERENCE =
      Map.of(
          "en", "Reference:",
          "fr", "Référence\u00a0:",
          "de", "Unser Zeichen:",
          "nl", "Ons kenmerk:",
          "es", "Referencia:",
          "it", "Riferimento:",
          "pt", "Referência:",
          "pl", "Nasz znak:");

  private final Typeface typeface;

  LetterPaper(Typeface typeface) {
    this.typeface = typeface;
  }

  /**
   * The whole page as XHTML, for {@link PdfRenderer}; a browser shows its first page much the same.
   */
  public String page(LetterParts parts) {
    AddressWindow window = AddressWindow.of(parts.country());
    AddressLines address =
        AddressLines.fit(
            parts.remark(),
            parts.recipientName(),
            parts.recipientLines(),
            typeface::widthOf,
            window.writtenWidth(),
            window.writtenHeight());
    return """
    <!DOCTYPE html>
    <html lang="%s"><head><meta charset="utf-8"/><title>%s</title><meta name="author" content="%s"/>
    <style>%s</style></head>
    <body><div class="head">%s%s%s%s</div>
    <div class="text"><h1>%s</h1>
    %s
    </div></body></html>
    """
        .formatted(
            escaped(parts.language()),
            escaped(parts.subject()),
            escaped(parts.creditorName()),
            style(parts, window),
            marks(window),
            letterhead(parts),
            window.right() ? senderAtTheLeft(parts, window) : senderInTheWindow(parts, window),
            address(window, address),
            escaped(parts.subject()),
            parts.bodyHtml());
  }

  private String style(LetterParts parts, AddressWindow window) {
    String following =
        parts.creditorName()
            + " · "
            + parts.date()
            + (parts.reference() == null ? "" : " · " + parts.reference());
    return """
    @page { size: 210mm 297mm; margin: 30mm 0 25mm 0;
      @top-left { content: "%s"; font-family: '%s'; font-size: 8pt; color: #525252; padding-left: %dmm; vertical-align: bottom; padding-bottom: 8mm; width: 150mm }
      @bottom-right { content: counter(page) "/" counter(pages); font-family: '%s'; font-size: 8pt; color: #525252; padding-right: %dmm; vertical-align: top; padding-top: 8mm } }
    @page :first { margin: 0 0 25mm 0; @top-left { content: none } @bottom-right { content: none } }
    html, body { margin: 0; padding: 0 }
    body { width: 210mm; font-family: '%s', sans-serif; font-size: 10.5pt; line-height: 1.35; color: #161616; background: #ffffff }
    .head { position: relative; height: %dmm; width: 210mm }
    .head div { position: absolute; overflow: hidden }
    .mark { border-top: 0.2mm solid #8d8d8d; height: 0; left: 4mm; width: 5mm }
    .line { position: static !important; white-space: nowrap }
    .text { margin: 0 %dmm 0 %dmm; word-wrap: break-word }
    h1 { font-size: 12pt; line-height: 1.3; margin: 0 0 5mm 0 }
    p { margin: 0 0 3mm 0; orphans: 2; widows: 2 }
    table { width: 100%%; border-collapse: collapse; margin: 3mm 0 4mm 0; -fs-table-paginate: paginate }
    th, td { padding: 1.2mm 2mm; vertical-align: top; text-align: left }
    tr { page-break-inside: avoid }
    img { max-width: 100%% }
    """
        .formatted(
            cssText(following),
            Typeface.NAME,
            TEXT_LEFT,
            Typeface.NAME,
            TEXT_RIGHT,
            Typeface.NAME,
            TEXT_TOP,
            TEXT_RIGHT,
            TEXT_LEFT);
  }

  private static String marks(AddressWindow window) {
    return List.of(window.firstFold(), 148.5, window.secondFold()).stream()
        .filter(top -> top > 0)
        .map(top -> "<div class=\"mark\" style=\"top: %s\"></div>".formatted(mm(top)))
        .collect(Collectors.joining());
  }

  private String letterhead(LetterParts parts) {
    if (parts.logo() != null) {
      return "<div style=\"left: %dmm; top: 12mm; width: 80mm; height: 24mm\"><img src=\"%s\" alt=\"%s\" style=\"max-height: 24mm; max-width: 80mm\"/></div>"
          .formatted(TEXT_LEFT, escaped(parts.logo()), escaped(parts.creditorName()));
    }
    AddressLines name =
        AddressLines.fit(null, parts.creditorName(), List.of(), typeface::widthOf, 158, 14);
    return block(
        TEXT_LEFT, 14, 165, 18, Math.max(name.size(), 9), name.lines(), "font-weight: bold");
  }

  /**
   * Over the recipient, small, as a returned letter needs it; and what an answer needs beside it.
   */
  private String senderInTheWindow(LetterParts parts, AddressWindow window) {
    String sender =
        parts.creditorLines().isEmpty()
            ? parts.creditorName()
            : parts.creditorName() + " · " + String.join(" · ", parts.creditorLines());
    double most = window.writtenWidth() / MM_PER_POINT / SENDER_SIZE * 1000;
    String line = AddressLines.cut(SafeXhtml.printable(sender), typeface::widthOf, most);
    return block(
            window.left() + AddressWindow.INDENT,
            window.top() + 1,
            window.writtenWidth(),
            3.6,
            SENDER_SIZE,
            List.of(line),
            "color: #525252; border-bottom: 0.1mm solid #8d8d8d")
        + facts(parts, 125, 50, 65);
  }

  private String senderAtTheLeft(LetterParts parts, AddressWindow window) {
    double width = window.left() - TEXT_LEFT - 5;
    AddressLines sender =
        AddressLines.fit(
            null, parts.creditorName(), parts.creditorLines(), typeface::widthOf, width - 2, 30);
    return block(
            TEXT_LEFT,
            window.top(),
            width,
            window.height(),
            Math.min(sender.size(), 9),
            sender.lines(),
            "color: #525252")
        + facts(
            parts, window.left() + AddressWindow.INDENT, window.top() + window.height() + 3, 84);
  }

  private String facts(LetterParts parts, double left, double top, double width) {
    String reference =
        REFERENCE.getOrDefault(parts.language().toLowerCase(Locale.ROOT), "Reference:");
    List<String> words =
        parts.reference() == null
            ? List.of(parts.date())
            : List.of(parts.date(), reference + " " + parts.reference());
    AddressLines lines =
        AddressLines.fit(
            null, words.getFirst(), words.subList(1, words.size()), typeface::widthOf, width, 13);
    return block(left, top, width, 14, Math.min(lines.size(), 10), lines.lines(), "");
  }

  private static String address(AddressWindow window, AddressLines address) {
    return block(
        window.left() + AddressWindow.INDENT,
        window.writtenTop(),
        window.writtenWidth() + 1, // what is as wide as the window stays on its line
        window.writtenHeight(),
        address.size(),
        address.lines(),
        "");
  }

  private static String block(
      double left,
      double top,
      double width,
      double height,
      double size,
      List<String> lines,
      String style) {
    return "<div style=\"left: %s; top: %s; width: %s; height: %s; font-size: %spt; line-height: 1.2; %s\">%s</div>"
        .formatted(
            mm(left),
            mm(top),
            mm(width),
            mm(height),
            size,
            style,
            lines.stream()
                .map(line -> "<div class=\"line\">" + escaped(line) + "</div>")
                .collect(Collectors.joining()));
  }

  private static String mm(double value) {
    return String.format(Locale.ROOT, "%.2fmm", value);
  }

  private static String escaped(String text) {
    return SafeXhtml.printable(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A text between quotes in a style sheet that is in a page: nothing in it can end either. */
  private static String cssText(String text) {
    StringBuilder safe = new StringBuilder();
    SafeXhtml.printable(text)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || c == ' ' || c == '.' || c == '-') {
                safe.appendCodePoint(c);
              } else {
                safe.append(String.format(Locale.ROOT, "\\%06x ", c));
              }
            });
    return safe.toString();
  }
}
