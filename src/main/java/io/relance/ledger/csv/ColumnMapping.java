package io.relance.ledger.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a file with other headers is read.
 *
 * @param columns our column to the file's header
 * @param constants our column to one value for every row
 * @param templates our column to a text with the file's headers in braces, such as {@code
 *     {customerID}@payers.example}
 * @param dateFormat a pattern such as {@code M/d/yyyy}; ISO dates where it is left out
 * @param decimal the decimal sign, {@code .} or {@code ,}
 */
public record ColumnMapping(
    @Nullable Map<String, String> columns,
    @Nullable Map<String, String> constants,
    @Nullable Map<String, String> templates,
    @Nullable String dateFormat,
    @Nullable String decimal) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public ColumnMapping {
    columns = columns == null ? Map.of() : Map.copyOf(columns);
    constants = constants == null ? Map.of() : Map.copyOf(constants);
    templates = templates == null ? Map.of() : Map.copyOf(templates);
    if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
      throw new FileRefused("mapping: decimal is \"" + decimal + "\"; it can be \".\" or \",\"");
    }
  }

  public static ColumnMapping none() {
    return new ColumnMapping(null, null, null, null, null);
  }

  /**
   * The name of a mapping that ships, or a mapping written as JSON; nothing means our own headers.
   */
  public static ColumnMapping of(@Nullable String nameOrJson) {
    if (nameOrJson == null || nameOrJson.isBlank()) {
      return none();
    }
    String text = nameOrJson.strip();
    try {
      if (text.startsWith("{")) {
        return JSON.readValue(text, ColumnMapping.class);
      }
      if (NAME.matcher(text).matches()) {
        try (InputStream shipped =
            ColumnMapping.class.getResourceAsStream("/mappings/" + text + ".json")) {
          if (shipped != null) {
            return JSON.readValue(shipped, ColumnMapping.class);
          }
        }
      }
    } catch (JacksonException bad) {
      throw new FileRefused("mapping: not a mapping in JSON: " + bad.getOriginalMessage());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    throw new FileRefused(
        "mapping: there is no shipped mapping named '" + text + "', and it is not JSON either");
  }

  public Map<String, String> columnsOrNone() {
    return columns == null ? Map.of() : columns;
  }

  public Map<String, String> constantsOrNone() {
    return constants == null ? Map.of() : constants;
  }

  public Map<String, String> templatesOrNone() {
    return templates == null ? Map.of() : templates;
  }
}
