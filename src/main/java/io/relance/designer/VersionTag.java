package io.relance.designer;

import io.relance.engine.ModelFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a version tag into a file, where the engine reads it: {@code zeebe:versionTag} of each
 * executable process and each decision, {@code versionTag} of a form. Nothing else of the file
 * changes, down to the blanks.
 */
final class VersionTag {

  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final Pattern TOKEN =
      Pattern.compile(
          "<!--.*?-->|<!\\[CDATA\\[.*?\\]\\]>|<\\?.*?\\?>|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
          Pattern.DOTALL);
  private static final Pattern TAG =
      Pattern.compile("^<(/?)([\\w.-]+:)?([\\w.-]+)(.*?)(/?)>$", Pattern.DOTALL);
  private static final Pattern ZEEBE_PREFIX =
      Pattern.compile("xmlns:([\\w.-]+)\\s*=\\s*[\"']" + Pattern.quote(ZEEBE) + "[\"']");

  /** A start or end tag in the text. */
  private record Tag(
      int start,
      int end,
      boolean closes,
      String prefix,
      String name,
      String attributes,
      boolean empty) {}

  /** What is put in place of a part of the text. */
  private record Edit(int start, int end, String text) {}

  private VersionTag() {}

  /** The file with the tag; it is well-formed, as {@link ModelReader} reads it. */
  static ModelFile write(ModelFile file, String tag) {
    String text = file.text();
    String tagged = file.kind().equals("form") ? inForm(text, tag) : inXml(text, tag, file.kind());
    return new ModelFile(file.name(), tagged.getBytes(StandardCharsets.UTF_8));
  }

  private static String inXml(String text, String tag, String kind) {
    List<Tag> tags = tags(text);
    // what is declared further inside does not hold everywhere
    Matcher declared = ZEEBE_PREFIX.matcher(tags.getFirst().attributes());
    String zeebe = declared.find() ? declared.group(1) + ":" : null;
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      Tag at = tags.get(i);
      boolean tagged =
          kind.equals("bpmn")
              ? at.name().equals("process")
                  && at.attributes().matches("(?s).*\\bisExecutable\\s*=\\s*[\"']true[\"'].*")
              : at.name().equals("decision");
      if (tagged && !at.closes() && !at.empty()) {
        edits.add(edit(text, tags, i, element(zeebe, tag)));
      }
    }
    return apply(text, edits);
  }

  private static String element(@Nullable String zeebe, String tag) {
    String value = tag.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    return zeebe == null
        ? "<zeebe:versionTag xmlns:zeebe=\"%s\" value=\"%s\"/>".formatted(ZEEBE, value)
        : "<%sversionTag value=\"%s\"/>".formatted(zeebe, value);
  }

  /** In its extension elements, which come first, after what documents it. */
  private static Edit edit(String text, List<Tag> tags, int owner, String element) {
    int after = tags.get(owner).end();
    int depth = 0;
    for (int i = owner + 1; i < tags.size(); i++) {
      Tag tag = tags.get(i);
      if (depth == 0 && !tag.closes() && tag.name().equals("extensionElements")) {
        return tag.empty()
            ? new Edit(tag.start(), tag.end(), wrapped(tag.prefix(), element))
            : inside(text, tags, i, element);
      }
      boolean documents =
          depth > 0 || tag.name().equals("documentation") || tag.name().equals("description");
      if (!documents) {
        break;
      }
      depth += tag.empty() ? 0 : tag.closes() ? -1 : 1;
      if (depth == 0) {
        after = tag.end();
      }
    }
    return new Edit(after, after, indent(text, after) + wrapped(tags.get(owner).prefix(), element));
  }

  private static String wrapped(String prefix, String element) {
    return "<%sextensionElements>%s</%sextensionElements>".formatted(prefix, element, prefix);
  }

  private static Edit inside(String text, List<Tag> tags, int extensions, String element) {
    int depth = 0;
    for (int i = extensions + 1; i < tags.size() && depth >= 0; i++) {
      Tag tag = tags.get(i);
      if (depth == 0 && !tag.closes() && tag.name().equals("versionTag")) {
        return new Edit(tag.start(), tag.empty() ? tag.end() : tags.get(i + 1).end(), element);
      }
      depth += tag.empty() ? 0 : tag.closes() ? -1 : 1;
    }
    int after = tags.get(extensions).end();
    return new Edit(after, after, indent(text, after) + element);
  }

  /**
   * The line break and blanks that follow a place, so that what is put there stands like the rest.
   */
  private static String indent(String text, int place) {
    int end = place;
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(place, end);
  }

  private static List<Tag> tags(String text) {
    List<Tag> tags = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      Matcher tag = TAG.matcher(token.group());
      if (!token.group().startsWith("<!") && !token.group().startsWith("<?") && tag.matches()) {
        tags.add(
            new Tag(
                token.start(),
                token.end(),
                !tag.group(1).isEmpty(),
                tag.group(2) == null ? "" : tag.group(2),
                tag.group(3),
                tag.group(4),
                !tag.group(5).isEmpty()));
      }
    }
    return tags;
  }

  private static String inForm(String text, String tag) {
    String value = "\"" + tag.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      int open = (int) parser.currentTokenLocation().getCharOffset();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("versionTag");
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (found) {
          parser.getString(); // reads to its end
          int end = (int) parser.currentLocation().getCharOffset();
          return apply(text, List.of(new Edit(start, end, value)));
        }
      }
      int place = open + 1;
      String own = indent(text, place) + "\"versionTag\": " + value + ",";
      return apply(text, List.of(new Edit(place, place, own)));
    }
  }

  private static String apply(String text, List<Edit> edits) {
    StringBuilder made = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      made.append(text, done, edit.start()).append(edit.text());
      done = edit.end();
    }
    return made.append(text.substring(done)).toString();
  }
}
