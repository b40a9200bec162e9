package io.relance.outreach;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of messages as plain text. */
final class TextTables {

  private TextTables() {}

  static String items(NoticeTable table, @Nullable ChargeLines charges, Phrases phrases) {
    List<String> lines = new ArrayList<>();
    for (NoticeTable.Line line : table.lines()) {
      StringBuilder words =
          new StringBuilder("- ")
              .append(phrases.word("table.invoice"))
              .append(' ')
              .append(line.number())
              .append(" · ")
              .append(phrases.word("table.due"))
              .append(' ')
              .append(line.due());
      if (!line.late().isEmpty()) {
        words.append(" (").append(line.late()).append(')');
      }
      words.append(" · ").append(line.amount());
      line.notes().forEach(note -> words.append(" (").append(note).append(')'));
      lines.add(words.toString());
    }
    table.deducted().forEach(d -> lines.add("- " + d.what() + " · " + d.amount()));
    lines.add("");
    lines.add(label(phrases, "table.total") + String.join(", ", table.totals()));
    if (charges != null) {
      charges(charges, phrases, lines);
    }
    if (!table.beside().isEmpty()) {
      lines.add("");
      lines.add(phrases.word("beside.title"));
      table
          .beside()
          .forEach(b -> lines.add("- " + b.number() + " · " + b.amount() + " · " + b.why()));
    }
    return String.join("\n", lines);
  }

  private static void charges(ChargeLines charges, Phrases phrases, List<String> lines) {
    if (!charges.interest().isEmpty()) {
      lines.add("");
      lines.add(phrases.word("interest", charges.until()) + colon(phrases) + charges.interest());
      charges
          .periods()
          .forEach(
              p ->
                  lines.add(
                      "  "
                          + phrases.word(
                              "interest.period",
                              p.from(),
                              p.to(),
                              p.principal(),
                              p.percent(),
                              String.valueOf(p.days()))));
    }
    if (!charges.indemnity().isEmpty()) {
      lines.add(label(phrases, "indemnity") + charges.indemnity());
    }
    if (!charges.isEmpty()) {
      if (!charges.law().isEmpty()) {
        lines.add("(" + charges.law() + ")");
      }
      lines.add(label(phrases, "charges.total") + String.join(" + ", charges.totals()));
    }
  }

  static String instalments(NoticeTable table, Phrases phrases) {
    return String.join(
        "\n",
        table.instalments().stream()
            .map(
                i ->
                    "- "
                        + phrases.word("plan.number")
                        + " "
                        + i.number()
                        + " · "
                        + i.due()
                        + " · "
                        + i.amount()
                        + (i.note().isEmpty() ? "" : " · " + i.note()))
            .toList());
  }

  static String payment(PaymentWay way, Phrases phrases) {
    List<String> lines = new ArrayList<>();
    if (!way.link().isEmpty()) {
      lines.add(label(phrases, "pay.link") + way.link());
    }
    if (!way.iban().isEmpty()) {
      lines.add(label(phrases, "pay.iban") + way.iban());
      lines.add(label(phrases, "pay.reference") + way.reference());
    }
    return String.join("\n", lines);
  }

  private static String label(Phrases phrases, String key) {
    return phrases.word(key) + colon(phrases);
  }

  /** French sets a space before it. */
  private static String colon(Phrases phrases) {
    return phrases.locale().getLanguage().equals("fr") ? "\u00a0: " : ": ";
  }
}
