package io.relance.ledger.csv;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header row, read row by row; the delimiter is what the header uses most of
 * comma, semicolon and tab.
 */
public final class CsvTable {

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");
  private final CsvLines lines;
  private final CSVFormat format;
  private final Map<String, Integer> header;
  private final int columns;
  private final ColumnMapping mapping;

  private CsvTable(
      CsvLines lines,
      CSVFormat format,
      Map<String, Integer> header,
      int columns,
      ColumnMapping mapping) {
    this.lines = lines;
    this.format = format;
    this.header = header;
    this.columns = columns;
    this.mapping = mapping;
  }

  /**
   * Reads the header.
   *
   * @throws FileRefused if there is none, or a required column is not to be had
   */
  public static CsvTable open(Reader reader, ColumnMapping mapping, Set<String> required)
      throws IOException {
    CsvLines lines = new CsvLines(reader);
    CsvLines.Line first = lines.next();
    if (first == null) {
      throw new FileRefused("the file is empty");
    }
    if (first.text() == null) {
      throw new FileRefused("line " + first.number() + ": " + first.problem());
    }
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter(first.text()))
            .setIgnoreSurroundingSpaces(true)
            .get();
    List<String> names = split(format, first.text());
    if (names == null) {
      throw new FileRefused("line 1: the header row cannot be read as CSV");
    }
    Map<String, Integer> header = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).isBlank() && header.putIfAbsent(names.get(i).strip(), i) != null) {
        throw new FileRefused("line 1: the column '" + names.get(i).strip() + "' is there twice");
      }
    }
    CsvTable table = new CsvTable(lines, format, header, names.size(), mapping);
    table.requireColumns(required);
    return table;
  }

  private void requireColumns(Set<String> required) {
    Set<String> missing = new TreeSet<>();
    for (String column : required) {
      if (!has(column)) {
        String mapped = mapping.columnsOrNone().get(column);
        missing.add(mapped == null ? column : column + " (mapped to '" + mapped + "')");
      }
    }
    if (!missing.isEmpty()) {
      throw new FileRefused(
          "line 1: missing columns: "
              + String.join(", ", missing)
              + ". The file has: "
              + String.join(", ", new TreeSet<>(header.keySet()))
              + ". Give a mapping if its headers are other ones.");
    }
  }

  public boolean has(String column) {
    return mapping.constantsOrNone().containsKey(column)
        || mapping.templatesOrNone().containsKey(column)
        || header.containsKey(mapping.columnsOrNone().getOrDefault(column, column));
  }

  /**
   * Reads the rows that remain.
   *
   * @param rows takes each row that could be split
   * @param problems takes line number and reason of each that could not
   */
  public void read(Consumer<Row> rows, BiConsumer<Long, String> problems) throws IOException {
    for (CsvLines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.text() == null) {
        problems.accept(line.number(), String.valueOf(line.problem()));
        continue;
      }
      List<String> fields = split(format, line.text());
      if (fields == null) {
        problems.accept(line.number(), "the quotation marks of this line are not in order");
      } else if (fields.size() > columns) {
        problems.accept(
            line.number(), "the line has " + fields.size() + " fields, the header has " + columns);
      } else {
        rows.accept(new Row(line.number(), fields));
      }
    }
  }

  private static @Nullable List<String> split(CSVFormat format, String text) {
    if (text.indexOf('"') < 0) {
      return plainSplit(text, format.getDelimiterString().charAt(0));
    }
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<String> fields = new ArrayList<>();
      for (CSVRecord record : parser) {
        record.forEach(fields::add);
      }
      return fields;
    } catch (IOException | UncheckedIOException | IllegalStateException malformed) {
      return null;
    }
  }

  private static List<String> plainSplit(String text, char delimiter) {
    List<String> fields = new ArrayList<>(16);
    int from = 0;
    for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
      fields.add(text.substring(from, at));
      from = at + 1;
    }
    fields.add(text.substring(from));
    return fields;
  }

  private static char delimiter(String headerLine) {
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long count = headerLine.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  /** One row; values are asked for by our column names. */
  public final class Row {

    private final long line;
    private final List<String> fields;

    private Row(long line, List<String> fields) {
      this.line = line;
      this.fields = fields;
    }

    public long line() {
      return line;
    }

    public @Nullable String get(String column) {
      String constant = mapping.constantsOrNone().get(column);
      if (constant != null) {
        return constant;
      }
      String template = mapping.templatesOrNone().get(column);
      if (template != null) {
        return fill(template);
      }
      return field(mapping.columnsOrNone().getOrDefault(column, column));
    }

    private @Nullable String field(String name) {
      Integer index = header.get(name);
      return index == null || index >= fields.size() ? null : fields.get(index);
    }

    private String fill(String template) {
      Matcher places = PLACE.matcher(template);
      StringBuilder filled = new StringBuilder();
      while (places.find()) {
        String value = field(places.group(1));
        places.appendReplacement(
            filled, Matcher.quoteReplacement(value == null ? "" : value.strip()));
      }
      return places.appendTail(filled).toString();
    }
  }
}
