package io.relance.outreach.templates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The parts of a template's source: lines {@code Subject:} and {@code Attach:}, an empty line, and
 * the body.
 *
 * @param attach {@code statement}, {@code invoices}
 * @param bodyLine the number of the body's first line
 */
record TemplateText(String subject, Set<String> attach, String body, int bodyLine) {

  static final Set<String> ATTACHABLE = Set.of("statement", "invoices");

  /**
   * @throws TemplateProblem for a head that cannot be read
   */
  static TemplateText parse(TemplateKey key, String source) {
    List<String> lines = source.replace("\r\n", "\n").replace('\r', '\n').lines().toList();
    if (key.isShort()) {
      String body = String.join("\n", lines).strip();
      if (body.startsWith("Subject:")) {
        throw new TemplateProblem(1, "a text message has no subject: leave the line out");
      }
      return new TemplateText("", Set.of(), body, 1);
    }
    String subject = "";
    Set<String> attach = new LinkedHashSet<>();
    int next = 0;
    for (; next < lines.size() && !lines.get(next).isBlank(); next++) {
      String line = lines.get(next);
      if (line.startsWith("Subject:")) {
        subject = line.substring("Subject:".length()).strip();
      } else if (line.startsWith("Attach:")) {
        attach.addAll(attachments(next + 1, line.substring("Attach:".length())));
      } else {
        throw new TemplateProblem(
            next + 1,
            "a template begins with 'Subject: …' and perhaps 'Attach: …', then an empty line");
      }
    }
    if (subject.isEmpty()) {
      throw new TemplateProblem(1, "the subject is missing: begin with 'Subject: …'");
    }
    String body = String.join("\n", lines.subList(Math.min(next, lines.size()), lines.size()));
    return new TemplateText(subject, attach, body, next + 1);
  }

  private static Set<String> attachments(int line, String words) {
    Set<String> attach = new LinkedHashSet<>();
    for (String word : words.split(",")) {
      String name = word.strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        continue;
      }
      if (!ATTACHABLE.contains(name)) {
        throw new TemplateProblem(
            line, "'" + name + "' cannot be attached; statement and invoices can");
      }
      attach.add(name);
    }
    return attach;
  }
}
