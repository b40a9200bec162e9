package io.relance.outreach;

import java.util.List;
import java.util.regex.Pattern;

/** Tells what somebody wrote from the mail that they answered, which programs put below it. */
final class QuotedHistory {

  /** Programs wrap the line that begins the quotation. */
  private static final int WRAPPED_MAX = 3;

  private static final Pattern BEGINS =
      Pattern.compile(
          "(On .{1,300} wrote|Le .{1,300} a écrit|Am .{1,300} schrieb.{0,200}|El .{1,300} escribió|Op .{1,300} schreef.{0,200})\\s*:");
  private static final Pattern ORIGINAL =
      Pattern.compile(
          "[-_]{2,}\\s*(original message|message d.origine|ursprüngliche nachricht|mensaje original|oorspronkelijk bericht)\\s*[-_]{2,}",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern SENDER = Pattern.compile("\\*?(From|De|Von|Van)\\s?:\\*? .+");
  private static final Pattern DATE =
      Pattern.compile("\\*?(Sent|Date|Envoyé|Gesendet|Datum|Enviado|Fecha|Verzonden)\\s?:\\*? .+");

  private QuotedHistory() {}

  /** The text above and between what is quoted; all of it if nothing else is there. */
  static String without(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    StringBuilder own = new StringBuilder();
    for (int i = 0; i < lines.size() && !beginsHistory(lines, i); i++) {
      if (!lines.get(i).startsWith(">")) {
        own.append(lines.get(i)).append('\n');
      }
    }
    String kept = own.toString().strip();
    return kept.isEmpty() ? text.strip() : kept;
  }

  private static boolean beginsHistory(List<String> lines, int at) {
    String line = lines.get(at);
    if (line.isEmpty()) {
      return false;
    }
    if (ORIGINAL.matcher(line).matches()) {
      return true;
    }
    List<String> next = lines.subList(at, Math.min(lines.size(), at + WRAPPED_MAX));
    if (SENDER.matcher(line).matches() && next.stream().anyMatch(l -> DATE.matcher(l).matches())) {
      return true;
    }
    String joined = "";
    for (String more : next) {
      joined = (joined + " " + more).strip();
      if (BEGINS.matcher(joined).matches()) {
        return true;
      }
    }
    return false;
  }
}
