package io.relance.outreach.templates;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that words of a kind may use.
 *
 * @param values names that stand for a text, and the condition under which there is one; empty if
 *     there always is
 * @param conditions names that only say whether something is so
 * @param blocks names that stand for a paragraph of their own: a table, an account
 */
record Vocabulary(Map<String, String> values, Set<String> conditions, Set<String> blocks) {

  static Vocabulary of(TemplateKey key) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : Set.of("payer", "creditor", "sender", "date", "count", "invoices")) {
      values.put(name, "");
    }
    values.put("total", "");
    values.put("lastDue", "");
    values.put("reference", "");
    values.put("phone", "phone");
    values.put("iban", "iban");
    values.put("link", "link");
    Set<String> conditions = new LinkedHashSet<>(Set.of("one", "several"));
    Set<String> blocks = new LinkedHashSet<>();
    if (!key.isShort()) {
      blocks.add("signature");
      blocks.add("payment");
      blocks.add(key.tone().equals("plan") ? "instalments" : "items");
    }
    if (key.tone().equals("plan")) {
      values.put("late", "late");
      values.put("tolerated", "tolerated");
      values.put("nextDue", "nextDue");
      values.put("nextAmount", "nextDue");
      conditions.addAll(Set.of("onTime", "toleratedOne", "toleratedSeveral"));
    }
    if (key.tone().equals("formal")) {
      values.put("days", "");
      conditions.add("charged");
    }
    return new Vocabulary(values, conditions, blocks);
  }

  /** The block without which a message of this kind says nothing. */
  static String required(TemplateKey key) {
    return switch (key.tone()) {
      case "plan" -> key.isShort() ? "" : "instalments";
      case "thanks" -> "invoices";
      default -> key.isShort() ? "invoices" : "items";
    };
  }

  boolean knows(String name) {
    return values.containsKey(name) || conditions.contains(name) || blocks.contains(name);
  }

  /** All names, for a message to who used another. */
  String all() {
    Set<String> names = new TreeSet<>(values.keySet());
    names.addAll(conditions);
    names.addAll(blocks);
    return String.join(", ", names);
  }
}
