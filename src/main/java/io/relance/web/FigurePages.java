package io.relance.web;

import io.relance.analytics.Receivables;
import io.relance.kernel.Sql;
import io.relance.web.FigureScope.Asked;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/** The manager's figures, the rows behind them, and both as files. */
@Controller
class FigurePages {

  private static final int SIZE = 100;
  private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");
  private static final MediaType XLSX =
      MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private final FigureScope scope;
  private final FigureTables tables;
  private final FigureFiles files;

  FigurePages(FigureScope scope, FigureTables tables, FigureFiles files) {
    this.scope = scope;
    this.tables = tables;
    this.files = files;
  }

  @GetMapping("/figures")
  String figures(FigureParams params, Model model) {
    frame(params, model);
    Asked asked = understood(params, model);
    if (asked != null) {
      String query = asked.query(params);
      model.addAttribute("tables", tables.all(asked, query));
      show(asked, query, model);
    }
    return "figures";
  }

  /**
   * @param in the currency of the amount that was opened, which may be narrower than the filter
   */
  @GetMapping("/figures/items")
  String items(
      FigureParams params,
      @RequestParam(required = false) @Nullable String in,
      @RequestParam(required = false) @Nullable String bucket,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    FigureParams narrowed = params.within(in);
    frame(narrowed, model);
    Asked asked = understood(narrowed, model);
    if (asked == null) {
      return "figures-items";
    }
    // the number that was opened is of one currency; the way back is to those of all
    model.addAttribute("back", "/figures" + asked.query(params));
    FigureTable table;
    try {
      Sql.requirePage(page, SIZE);
      table = tables.items(asked, Receivables.Behind.of(bucket), (long) page * SIZE, SIZE + 1);
    } catch (IllegalArgumentException refused) {
      model.addAttribute("problem", refused.getMessage());
      return "figures-items";
    }
    String query = asked.query(narrowed) + "bucket=" + inAddress(bucket) + "&";
    boolean more = table.rows().size() > SIZE;
    model.addAttribute(
        "table",
        more
            ? new FigureTable(table.key(), table.columns(), table.rows().subList(0, SIZE))
            : table);
    LocalDate week = Receivables.Behind.of(bucket).week();
    model.addAttribute("week", week);
    model.addAttribute("part", bucket == null || week != null ? "" : FigureTables.key(bucket));
    model.addAttribute("page", page);
    model.addAttribute("more", more);
    model.addAttribute("base", "/figures/items" + query);
    show(asked, query, model);
    return "figures-items";
  }

  @GetMapping("/figures/export.csv")
  ResponseEntity<byte[]> csv(
      FigureParams params,
      @RequestParam(defaultValue = "aged") String table,
      @RequestParam(required = false) @Nullable String bucket) {
    Asked asked = understood(params);
    FigureTable found =
        table.equals("items") ? items(asked, bucket) : one(asked, asked.query(params), table);
    return Downloads.file(files.csv(found), name(found.key(), asked.day(), "csv"), CSV, false);
  }

  @GetMapping("/figures/export.xlsx")
  ResponseEntity<byte[]> xlsx(
      FigureParams params,
      @RequestParam(required = false) @Nullable String table,
      @RequestParam(required = false) @Nullable String bucket) {
    Asked asked = understood(params);
    List<FigureTable> found =
        "items".equals(table)
            ? List.of(items(asked, bucket))
            : tables.all(asked, asked.query(params));
    return Downloads.file(
        files.xlsx(found),
        name("items".equals(table) ? "items" : "figures", asked.day(), "xlsx"),
        XLSX,
        false);
  }

  private FigureTable one(Asked asked, String query, String key) {
    try {
      return tables.one(asked, query, key);
    } catch (IllegalArgumentException wrong) {
      throw refused(String.valueOf(wrong.getMessage()));
    }
  }

  /** All of the rows behind an amount, in one file. */
  private FigureTable items(Asked asked, @Nullable String bucket) {
    FigureTable table;
    try {
      table = tables.items(asked, Receivables.Behind.of(bucket), 0, FigureTables.ITEMS_MAX + 1);
    } catch (IllegalArgumentException wrong) {
      throw refused(String.valueOf(wrong.getMessage()));
    }
    if (table.rows().size() > FigureTables.ITEMS_MAX) {
      // a file that lacks rows would be taken for all of them
      throw refused(
          "there are more than "
              + FigureTables.ITEMS_MAX
              + " invoices: choose a bucket, a creditor, a currency, a segment or an owner");
    }
    return table;
  }

  private void frame(FigureParams params, Model model) {
    model.addAttribute("asked", params);
    model.addAttribute("creditors", scope.creditors());
  }

  private static void show(Asked asked, String query, Model model) {
    model.addAttribute("day", asked.day());
    model.addAttribute("today", asked.today());
    model.addAttribute("from", asked.recent().from());
    model.addAttribute("basis", asked.basis().word());
    model.addAttribute("query", query);
  }

  private @Nullable Asked understood(FigureParams params, Model model) {
    try {
      return scope.asked(params);
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("problem", wrong.getMessage());
      return null;
    }
  }

  private Asked understood(FigureParams params) {
    try {
      return scope.asked(params);
    } catch (IllegalArgumentException wrong) {
      throw refused(String.valueOf(wrong.getMessage()));
    }
  }

  private static ResponseStatusException refused(String why) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, why);
  }

  private static String inAddress(@Nullable String bucket) {
    return bucket == null ? "" : UriUtils.encode(bucket, StandardCharsets.UTF_8);
  }

  private static String name(String key, LocalDate day, String ending) {
    return "relance-" + key + "-" + day + "." + ending;
  }
}
