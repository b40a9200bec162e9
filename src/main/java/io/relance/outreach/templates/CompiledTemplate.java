package io.relance.outreach.templates;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/**
 * A template ready to be filled in. Mark-up is read before anything is filled in, and what is
 * filled in is escaped, so that a payer's name is never more than a name.
 */
public final class CompiledTemplate {

  private static final Mustache.Compiler TEXT =
      Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).strictSections(true);
  private static final Mustache.Compiler HTML = TEXT.escapeHTML(true);
  private static final Parser MARKDOWN = Parser.builder().build();
  private static final HtmlRenderer TO_HTML =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
  private static final TextContentRenderer TO_TEXT =
      TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS).build();
  private static final Pattern LONE_TAGS =
      Pattern.compile("<p>((?:\\s*\\{\\{[#^/][^}]*}}\\s*)+)</p>");
  private static final Pattern FIRST_TAGS = Pattern.compile("<p>((?:\\{\\{[#^][^}]*}}\\s*)+)\n");
  private static final Pattern LAST_TAGS = Pattern.compile("\n((?:\\s*\\{\\{/[^}]*}})+)</p>");
  private static final Pattern TAG_IN_ADDRESS = Pattern.compile("%7B%7B(\\w+)%7D%7D");

  /**
   * A paragraph that is made elsewhere.
   *
   * @param html escaped already
   */
  public record Block(String text, String html) {}

  /**
   * A message's words.
   *
   * @param subject without line breaks; empty for a text message
   * @param html the body as a fragment; empty for a text message
   */
  public record Filled(String subject, String text, String html) {}

  private final int version;
  private final Set<String> attach;
  private final Template subject;
  private final Template text;
  private final @Nullable Template html;
  private final Set<String> blocks;

  private CompiledTemplate(
      int version,
      Set<String> attach,
      Template subject,
      Template text,
      @Nullable Template html,
      Set<String> blocks) {
    this.version = version;
    this.attach = attach;
    this.subject = subject;
    this.text = text;
    this.html = html;
    this.blocks = blocks;
  }

  /**
   * @throws TemplateProblem if the source cannot be used
   */
  static CompiledTemplate of(TemplateKey key, String source, int version) {
    TemplateText parts = TemplateCheck.check(key, source);
    Template subject = TEXT.compile(parts.subject());
    if (key.isShort()) {
      return new CompiledTemplate(
          version, Set.of(), subject, TEXT.compile(parts.body()), null, Set.of());
    }
    Set<String> blocks = Vocabulary.of(key).blocks();
    Node body = MARKDOWN.parse(parts.body());
    String text = TO_TEXT.render(body);
    String html = TO_HTML.render(body);
    // mark-up can hide braces from the first look
    TemplateCheck.checkTags(key, text);
    TemplateCheck.checkTags(key, TAG_IN_ADDRESS.matcher(html).replaceAll("{{$1}}"));
    body.accept(new LinkCheck());
    return new CompiledTemplate(
        version,
        parts.attach(),
        subject,
        TEXT.compile(text),
        HTML.compile(html(html, blocks)),
        blocks);
  }

  /** A name in an address could lead the payer anywhere, and a picture tell somebody of them. */
  private static final class LinkCheck extends AbstractVisitor {

    private static final Pattern ADDRESS =
        Pattern.compile("(?i)(?!.*%7[bd])(https://|mailto:)[^{}\\s]+");

    @Override
    public void visit(Link link) {
      String address = link.getDestination();
      if (!address.equals("{{link}}") && !ADDRESS.matcher(address).matches()) {
        throw new TemplateProblem(
            1,
            "a link leads to {{link}} or to a whole address beginning with https://, not to '"
                + address
                + "'");
      }
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      throw new TemplateProblem(1, "there are no pictures but the logo and the payment code");
    }
  }

  /** As {@link #of}, and tried with all there can be, and with the least. */
  static void tryOut(TemplateKey key, String source) {
    CompiledTemplate template = of(key, source, 0);
    Vocabulary vocabulary = Vocabulary.of(key);
    for (boolean all : new boolean[] {true, false}) {
      Map<String, Object> values = new HashMap<>();
      vocabulary
          .values()
          .forEach((name, condition) -> values.put(name, all || condition.isEmpty() ? "x" : ""));
      vocabulary.conditions().forEach(name -> values.put(name, all));
      try {
        template.fill(values, Map.of());
      } catch (IllegalStateException | StackOverflowError broken) {
        throw new TemplateProblem(1, "it cannot be filled in: " + broken.getMessage());
      }
    }
  }

  /** A tag alone in a paragraph is the condition of what follows, not a paragraph. */
  private static String html(String rendered, Set<String> blocks) {
    String html = LONE_TAGS.matcher(rendered).replaceAll("$1");
    html = FIRST_TAGS.matcher(html).replaceAll("$1<p>");
    html = LAST_TAGS.matcher(html).replaceAll("</p>$1");
    html = TAG_IN_ADDRESS.matcher(html).replaceAll("{{$1}}");
    for (String block : blocks) {
      html = html.replace("<p>{{" + block + "}}</p>", "{{{" + block + "}}}");
    }
    return html;
  }

  /** 0 for what is shipped. */
  public int version() {
    return version;
  }

  /** What goes with the message: {@code statement}, {@code invoices}. */
  public Set<String> attach() {
    return attach;
  }

  /**
   * @param values texts and truths by name
   * @throws IllegalStateException if a name of the template is missing among them
   */
  public Filled fill(Map<String, Object> values, Map<String, Block> made) {
    Map<String, Object> inText = new HashMap<>(values);
    Map<String, Object> inHtml = new HashMap<>(values);
    for (String name : blocks) {
      Block block = made.getOrDefault(name, new Block("", ""));
      inText.put(name, block.text());
      inHtml.put(name, block.html());
    }
    try {
      return new Filled(
          oneLine(subject.execute(inText)),
          tidy(text.execute(inText)),
          html == null ? "" : html.execute(inHtml));
    } catch (com.samskivert.mustache.MustacheException incomplete) {
      throw new IllegalStateException(
          "the template cannot be filled in: " + incomplete.getMessage(), incomplete);
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
  }

  /** Conditions that did not hold leave gaps. */
  private static String tidy(String text) {
    return text.replaceAll("[ \\t]+\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
  }

  /** All names that a template of this kind may use, for who writes one. */
  static List<String> names(TemplateKey key) {
    return List.of(Vocabulary.of(key).all().split(", "));
  }
}
