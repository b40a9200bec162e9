package io.relance.outreach.templates;

import io.relance.outreach.templates.TemplateProblem.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a template before it is used: each name is known, what a payer may lack stands only where
 * it is there, and what makes the message is in it. There are no loops and no includes, so that
 * every template ends.
 */
final class TemplateCheck {

  static final int LENGTH_MAX = 20_000;
  private static final int TAGS_MAX = 150;
  private static final int DEPTH_MAX = 6;
  private static final int SUBJECT_MAX = 300;
  private static final Pattern TAG = Pattern.compile("\\{\\{(.*?)}}");
  private static final Pattern NAME =
      Pattern.compile("\\s*([#^/!]?)\\s*([A-Za-z][A-Za-z0-9]*)\\s*");
  private static final Pattern LINK = Pattern.compile("]\\(([^)]*)\\)");

  private record Open(String name, boolean inverted, int line) {}

  private final TemplateKey key;
  private final Vocabulary vocabulary;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private int tags;

  private TemplateCheck(TemplateKey key) {
    this.key = key;
    this.vocabulary = Vocabulary.of(key);
  }

  /**
   * @throws TemplateProblem with all that was found
   */
  static TemplateText check(TemplateKey key, String source) {
    if (source.length() > LENGTH_MAX) {
      throw new TemplateProblem(
          1, "it has " + source.length() + " characters; " + LENGTH_MAX + " are the most");
    }
    TemplateText text = TemplateText.parse(key, source);
    TemplateCheck check = new TemplateCheck(key);
    if (text.subject().length() > SUBJECT_MAX) {
      check.found(1, "the subject has more than " + SUBJECT_MAX + " characters");
    }
    check.tags(text.subject(), 1, true);
    check.tags(text.body(), text.bodyLine(), false);
    check.links(text.body(), text.bodyLine());
    if (text.body().isBlank()) {
      check.found(text.bodyLine(), "it says nothing");
    }
    String required = Vocabulary.required(key);
    if (!required.isEmpty() && !check.used.contains(required)) {
      check.found(
          text.bodyLine(),
          "{{" + required + "}} is missing: the payer could not tell what it is about");
    }
    if (!check.findings.isEmpty()) {
      throw new TemplateProblem(check.findings);
    }
    return text;
  }

  /**
   * The same of what mark-up has become: its tags, and nothing else that the template language
   * would take for one.
   *
   * @throws TemplateProblem with what was found
   */
  static void checkTags(TemplateKey key, String rendered) {
    TemplateCheck check = new TemplateCheck(key);
    Matcher tag = TAG.matcher(rendered);
    while (tag.find()) {
      Matcher named = NAME.matcher(tag.group(1));
      if (!named.matches() || !check.vocabulary.knows(named.group(2))) {
        check.found(
            1, "{{" + tag.group(1) + "}} comes of the mark-up: write braces for names only");
      }
    }
    if (rendered.contains("{{{") || rendered.contains("}}}")) {
      check.found(1, "three braces come of the mark-up: write two, for names only");
    }
    if (!check.findings.isEmpty()) {
      throw new TemplateProblem(check.findings);
    }
  }

  private void found(int line, String text) {
    findings.add(new Finding(line, text));
  }

  private void tags(String text, int firstLine, boolean inSubject) {
    Deque<Open> sections = new ArrayDeque<>();
    int line = firstLine;
    for (String words : text.split("\n", -1)) {
      Matcher tag = TAG.matcher(words);
      int rest = 0;
      while (tag.find()) {
        if (++tags == TAGS_MAX) {
          found(line, "it has more than " + TAGS_MAX + " names and conditions");
        }
        tag(tag.group(1), line, words.strip(), inSubject, sections);
        rest = tag.end();
      }
      if (words.indexOf("{{", rest) >= 0) {
        found(line, "a '{{' is not closed by '}}' in its line");
      }
      line++;
    }
    sections.forEach(
        open ->
            found(
                open.line(), "{{#" + open.name() + "}} is not closed by {{/" + open.name() + "}}"));
  }

  private void tag(String inside, int line, String words, boolean inSubject, Deque<Open> sections) {
    Matcher named = NAME.matcher(inside);
    if (!named.matches()) {
      found(
          line,
          "{{"
              + inside
              + "}} is not understood: there are {{name}}, {{#name}}…{{/name}} and {{^name}}…{{/name}}");
      return;
    }
    String name = named.group(2);
    String kind = named.group(1);
    if (kind.equals("!")) {
      return;
    }
    if (!vocabulary.knows(name)) {
      found(line, "{{" + name + "}} is not known here; there are " + vocabulary.all());
      return;
    }
    switch (kind) {
      case "#", "^" -> open(name, kind.equals("^"), line, sections);
      case "/" -> close(name, line, sections);
      default -> use(name, line, words, inSubject, sections);
    }
  }

  private void open(String name, boolean inverted, int line, Deque<Open> sections) {
    if (vocabulary.blocks().contains(name)) {
      found(line, "{{" + name + "}} is a table and always there: write it without #");
    }
    sections.push(new Open(name, inverted, line));
    if (sections.size() > DEPTH_MAX) {
      found(line, "conditions stand more than " + DEPTH_MAX + " deep in each other");
    }
  }

  private void close(String name, int line, Deque<Open> sections) {
    Open open = sections.poll();
    if (open == null) {
      found(line, "{{/" + name + "}} closes what was not opened");
    } else if (!open.name().equals(name)) {
      found(line, "{{/" + name + "}} stands where {{/" + open.name() + "}} is due");
    }
  }

  private void use(String name, int line, String words, boolean inSubject, Deque<Open> sections) {
    used.add(name);
    if (vocabulary.conditions().contains(name)) {
      found(
          line,
          "{{"
              + name
              + "}} only says whether something is so: write {{#"
              + name
              + "}}…{{/"
              + name
              + "}}");
    }
    if (vocabulary.blocks().contains(name) && (inSubject || !words.equals("{{" + name + "}}"))) {
      found(line, "{{" + name + "}} is a paragraph of its own: leave it alone in a line");
    }
    String condition = vocabulary.values().getOrDefault(name, "");
    if (!condition.isEmpty()
        && sections.stream().noneMatch(s -> s.name().equals(condition) && !s.inverted())) {
      found(
          line,
          "{{"
              + name
              + "}} is not there for every payer: put the words about it between {{#"
              + condition
              + "}} and {{/"
              + condition
              + "}}");
    }
  }

  /** A name in an address could lead the payer anywhere. */
  private void links(String body, int firstLine) {
    Matcher link = LINK.matcher(body);
    while (link.find()) {
      String address = link.group(1).strip();
      if (!address.equals("{{link}}") && !address.matches("(https://|mailto:)[^{}\\s]+")) {
        found(
            firstLine
                + (int) body.substring(0, link.start()).chars().filter(c -> c == '\n').count(),
            "a link leads to {{link}} or to a whole address beginning with https://, not to '"
                + address
                + "'");
      }
    }
  }
}
