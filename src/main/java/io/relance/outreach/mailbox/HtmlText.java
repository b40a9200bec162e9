package io.relance.outreach.mailbox;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** The text of a mail that comes as HTML only; what it quotes is marked as in plain mails. */
final class HtmlText {

  private static final Set<String> BLOCKS =
      Set.of(
          "p", "div", "li", "tr", "table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4");
  private static final Set<String> UNSEEN = Set.of("style", "script", "title", "head");

  private HtmlText() {}

  static String of(String html) {
    Writer writer = new Writer();
    NodeTraversor.traverse(writer, Jsoup.parse(html));
    return writer
        .text
        .toString()
        .replaceAll("[ \\u00a0]+", " ")
        .replaceAll("\\n(?:> )?\\s*\\n\\s+", "\n\n")
        .strip();
  }

  private static final class Writer implements NodeVisitor {

    private final StringBuilder text = new StringBuilder();
    private int quoted;
    private int unseen;

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode words && unseen == 0) {
        write(words.getWholeText().replaceAll("\\s+", " "));
      } else if (node instanceof Element element) {
        String name = element.normalName();
        quoted += name.equals("blockquote") ? 1 : 0;
        unseen += UNSEEN.contains(name) ? 1 : 0;
        if (name.equals("br") || BLOCKS.contains(name)) {
          breakLine(name.equals("br"));
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element) {
        String name = element.normalName();
        quoted -= name.equals("blockquote") ? 1 : 0;
        unseen -= UNSEEN.contains(name) ? 1 : 0;
        if (BLOCKS.contains(name)) {
          breakLine(name.equals("p"));
        }
      }
    }

    private void write(String words) {
      boolean begins = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
      String shown = begins ? words.stripLeading() : words;
      if (!shown.isEmpty()) {
        text.append(begins && quoted > 0 ? "> " : "").append(shown);
      }
    }

    private void breakLine(boolean always) {
      if (!text.isEmpty() && (always || text.charAt(text.length() - 1) != '\n')) {
        text.append('\n');
      }
    }
  }
}
