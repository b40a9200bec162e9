package io.relance.outreach.print;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads a page that is to be printed. It must be well-formed; no document type but HTML's own is
 * let in, so that there are no entities that could name a file or an address; and what paper has no
 * use for (scripts, frames, forms, attachments) is left out.
 */
final class SafeXhtml {

  /** In characters. A letter has a few thousand, a logo in it up to 400,000. */
  static final int LENGTH_MAX = 2_000_000;

  private static final Pattern HTML_DOCTYPE =
      Pattern.compile("\\A\\s*<!DOCTYPE\\s+html\\s*>", Pattern.CASE_INSENSITIVE);

  /** XML knows no such characters, and paper has none either. */
  private static final Pattern NOT_XML =
      Pattern.compile("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private static final Set<String> LEFT_OUT =
      Set.of(
          "script",
          "link",
          "base",
          "iframe",
          "frame",
          "frameset",
          "object",
          "embed",
          "applet",
          "form",
          "input",
          "button",
          "select",
          "textarea",
          "audio",
          "video");

  private static final Pattern LINK = Pattern.compile("(?i)\\s*(https?://|mailto:|tel:).*");

  private SafeXhtml() {}

  /** The text without characters that XML does not know. */
  static String printable(String text) {
    return NOT_XML.matcher(text).replaceAll("");
  }

  /**
   * @throws IllegalArgumentException if it is too long or not well-formed; says where
   */
  static Document parse(String xhtml) {
    if (xhtml.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "The page to print has "
              + xhtml.length()
              + " characters; "
              + LENGTH_MAX
              + " is the most: shorten it, or use smaller pictures");
    }
    String plain = HTML_DOCTYPE.matcher(printable(xhtml)).replaceFirst("");
    try {
      DocumentBuilder builder = factory().newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      Document page = builder.parse(new InputSource(new StringReader(plain)));
      leaveOut(page);
      return page;
    } catch (SAXParseException wrong) {
      throw new IllegalArgumentException(
          "The page to print is not well-formed XHTML, line %d, column %d: %s"
              .formatted(wrong.getLineNumber(), wrong.getColumnNumber(), wrong.getMessage()),
          wrong);
    } catch (SAXException | ParserConfigurationException | IOException unreadable) {
      throw new IllegalArgumentException(
          "The page to print cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static DocumentBuilderFactory factory() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    return factory;
  }

  private static void leaveOut(Document page) {
    List<Element> needless = new ArrayList<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (LEFT_OUT.contains(element.getTagName().toLowerCase(Locale.ROOT))) {
        needless.add(element);
      }
      element.removeAttribute("download"); // the library would embed the file
      if (!LINK.matcher(element.getAttribute("href")).matches()) {
        element.removeAttribute("href");
      }
    }
    for (Element element : needless) {
      if (element.getParentNode() != null) {
        element.getParentNode().removeChild(element);
      }
    }
  }

  /** The parser would print what is wrong, and go on where it can. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException wrong) throws SAXParseException {
      throw wrong;
    }

    @Override
    public void error(SAXParseException wrong) throws SAXParseException {
      throw wrong;
    }

    @Override
    public void fatalError(SAXParseException wrong) throws SAXParseException {
      throw wrong;
    }
  }
}
