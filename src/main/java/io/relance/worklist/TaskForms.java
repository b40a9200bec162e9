package io.relance.worklist;

import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of a task as it was deployed with its process, the facts it shows, and whether a
 * submission fills it.
 */
@Component
public class TaskForms {

  /** A form and what it is filled with at first. */
  public record Form(String schema, Map<String, Object> data) {}

  private static final Pattern COMPARISON =
      Pattern.compile("=\\s*(\\w+)\\s*(!?=)\\s*\"([^\"]*)\"\\s*");

  private final JdbcTemplate jdbc;
  private final JsonMapper json;
  private final Invoices invoices;
  private final Payers payers;
  private final Creditors creditors;
  private final InstantSource clock;

  TaskForms(
      JdbcTemplate jdbc,
      JsonMapper json,
      Invoices invoices,
      Payers payers,
      Creditors creditors,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.invoices = invoices;
    this.payers = payers;
    this.creditors = creditors;
    this.clock = clock;
  }

  public Optional<Form> of(long taskKey, Locale locale) {
    return schemaOf(taskKey).map(schema -> new Form(schema, factsOf(taskKey, locale)));
  }

  private Optional<String> schemaOf(long taskKey) {
    return jdbc
        .queryForList(
            "SELECT f.resource FROM engine_user_task t JOIN engine_form f ON f.form_key = t.form_key WHERE t.user_task_key = ?",
            String.class,
            taskKey)
        .stream()
        .findFirst();
  }

  private Map<String, Object> factsOf(long taskKey, Locale locale) {
    List<Long> ids =
        jdbc.queryForList(
            "SELECT c.invoice_id FROM engine_user_task t JOIN collection_case c ON c.process_instance_key = t.process_instance_key"
                + " WHERE t.user_task_key = ?",
            Long.class,
            taskKey);
    if (ids.isEmpty()) {
      return Map.of();
    }
    Invoice invoice = invoices.findById(ids.getFirst()).orElseThrow();
    Payer payer = payers.findById(invoice.payerId()).orElseThrow();
    Creditor creditor = creditors.findById(invoice.creditorId()).orElseThrow();
    LocalDate today = creditor.calendar().dateOf(clock.instant());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("payerName", payer.name());
    facts.put("phone", payer.phone() == null ? "not known" : payer.phone());
    facts.put("invoiceNumber", invoice.number());
    facts.put("openAmount", invoice.open().format(locale));
    facts.put(
        "dueDate",
        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
            .withLocale(locale)
            .format(invoice.dueDate()));
    facts.put("daysOverdue", invoice.daysOverdue(today));
    facts.put("overdueTotal", overdueOf(payer.id(), today, locale));
    return facts;
  }

  private String overdueOf(long payerId, LocalDate today, Locale locale) {
    Map<String, Money> totals = new LinkedHashMap<>();
    invoices.openOf(payerId).stream()
        .filter(i -> i.isOverdue(today))
        .forEach(i -> totals.merge(i.currency(), i.open(), Money::plus));
    return totals.values().stream().map(m -> m.format(locale)).collect(Collectors.joining(", "));
  }

  /**
   * What is wrong with a submission: required fields that are empty, choices that the form does not
   * offer, texts too long, dates that are none, are past, or lie more than a year ahead.
   */
  List<String> problems(long taskKey, Map<String, Object> variables) {
    List<String> problems = new ArrayList<>();
    schemaOf(taskKey)
        .ifPresent(
            schema -> {
              for (JsonNode field : json.readTree(schema).path("components")) {
                problem(field, variables, problems);
              }
            });
    return problems;
  }

  private void problem(JsonNode field, Map<String, Object> variables, List<String> problems) {
    String key = field.path("key").asString("");
    if (key.isEmpty()) {
      return;
    }
    Object value = variables.get(key);
    String text = value == null ? "" : value.toString();
    if (text.isBlank()) {
      if (field.path("validate").path("required").asBoolean(false) && isShown(field, variables)) {
        problems.add(key + " is missing");
      }
      return;
    }
    if (field.path("type").asString("").equals("datetime")) {
      dateProblem(key, text, problems);
    }
    int lengthMax = field.path("validate").path("maxLength").asInt(Integer.MAX_VALUE);
    if (text.length() > lengthMax) {
      problems.add(key + " has more than " + lengthMax + " characters");
    }
    Map<String, Boolean> offered = new HashMap<>();
    field.path("values").forEach(v -> offered.put(v.path("value").asString(""), true));
    if (!offered.isEmpty() && !offered.containsKey(text)) {
      problems.add(key + " is '" + shown(text) + "', which the form does not offer");
    }
  }

  /** Forms hide a field by another one's value; any other condition cannot be judged here. */
  private static boolean isShown(JsonNode field, Map<String, Object> variables) {
    String hide = field.path("conditional").path("hide").asString("");
    if (hide.isEmpty()) {
      return true;
    }
    Matcher comparison = COMPARISON.matcher(hide);
    if (!comparison.matches()) {
      return false;
    }
    Object other = variables.get(comparison.group(1));
    boolean equal = comparison.group(3).equals(other == null ? "" : other.toString());
    boolean hidden = comparison.group(2).equals("=") == equal;
    return !hidden;
  }

  private void dateProblem(String key, String text, List<String> problems) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try {
      LocalDate date = LocalDate.parse(text.substring(0, Math.min(10, text.length())));
      // a day of grace: it may be yesterday still, or tomorrow already, where the agent sits
      if (date.isBefore(today.minusDays(1))) {
        problems.add(key + " is in the past: " + date);
      } else if (date.isAfter(today.plusYears(1))) {
        problems.add(key + " is more than a year ahead: " + date);
      }
    } catch (DateTimeParseException unreadable) {
      problems.add(key + " is not a date of the form 2026-12-31: '" + shown(text) + "'");
    }
  }

  private static @Nullable String shown(String text) {
    return io.relance.kernel.Sql.fit(text, 40);
  }
}
