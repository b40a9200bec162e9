package io.relance.web;

import io.relance.kernel.Sql;
import io.relance.web.FigureScope.Asked;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The rows behind the numbers of the work and of expected cash: contacts, agreements, tasks,
 * invoices without a live next step, predictions, receipts and forecasts.
 */
@Controller
class FigureRowPages {

  private static final int SIZE = 100;
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final FigureScope scope;
  private final RowTables rows;
  private final CashRowTables cash;
  private final FigureFiles files;

  FigureRowPages(FigureScope scope, RowTables rows, CashRowTables cash, FigureFiles files) {
    this.scope = scope;
    this.rows = rows;
    this.cash = cash;
    this.files = files;
  }

  @GetMapping("/figures/contacts")
  String contacts(
      FigureParams params,
      RowParams.Contacts which,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    return show(
        params,
        null,
        "contacts",
        which.query(),
        page,
        asked -> (from, most) -> rows.contacts(asked, which.asked(), from, most),
        model);
  }

  @GetMapping("/figures/agreements")
  String agreements(
      FigureParams params,
      RowParams.Agreements which,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    return show(
        params,
        null,
        "agreements",
        which.query(),
        page,
        asked -> (from, most) -> rows.agreements(asked, which.asked(), from, most),
        model);
  }

  @GetMapping("/figures/uncovered")
  String uncovered(FigureParams params, @RequestParam(defaultValue = "0") int page, Model model) {
    return show(
        params,
        null,
        "uncovered",
        "",
        page,
        asked -> (from, most) -> rows.uncovered(asked, from, most),
        model);
  }

  @GetMapping("/figures/predicted")
  String predicted(
      FigureParams params,
      CashRowTables.Params which,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    return ofCash(params, which, "predicted", page, cash::predicted, model);
  }

  @GetMapping("/figures/receipts")
  String receipts(
      FigureParams params,
      CashRowTables.Params which,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    return ofCash(params, which, "receipts", page, cash::receipts, model);
  }

  @GetMapping("/figures/forecasts")
  String forecasts(
      FigureParams params,
      CashRowTables.Params which,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    return ofCash(params, which, "forecasts", page, cash::forecasts, model);
  }

  /** Reads so many rows from one on. */
  private interface CashRows {
    FigureTable read(Asked asked, CashRowTables.Params which, int offset, int limit);
  }

  private String ofCash(
      FigureParams params,
      CashRowTables.Params which,
      String path,
      int page,
      CashRows rows,
      Model model) {
    model.addAttribute("in", which.in());
    model.addAttribute("week", which.week());
    return show(
        params,
        which.in(),
        path,
        which.query(),
        page,
        asked -> (from, most) -> rows.read(asked, which, from, most),
        model);
  }

  /**
   * @param only the currency of the number that was opened; the way back is to those of all
   */
  private String show(
      FigureParams params,
      @Nullable String only,
      String path,
      String more,
      int page,
      Function<Asked, BiFunction<Integer, Integer, FigureTable>> read,
      Model model) {
    model.addAttribute("key", key(path));
    model.addAttribute("days", path.equals("contacts") || path.equals("agreements"));
    try {
      Sql.requirePage(page, SIZE);
      Asked asked = scope.asked(params.within(only));
      FigureTable table = read.apply(asked).apply(page * SIZE, SIZE + 1);
      boolean goesOn = table.rows().size() > SIZE;
      String query = asked.query(params);
      model.addAttribute(
          "table",
          goesOn
              ? new FigureTable(table.key(), table.columns(), table.rows().subList(0, SIZE))
              : table);
      model.addAttribute("day", asked.day());
      model.addAttribute("from", asked.recent().from());
      model.addAttribute("page", page);
      model.addAttribute("more", goesOn);
      model.addAttribute("back", "/figures" + query);
      model.addAttribute("base", "/figures/" + path + query + more);
      model.addAttribute("file", "/figures/" + path + ".csv" + query + more);
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("problem", wrong.getMessage());
    }
    return "figures-rows";
  }

  /** Of the texts; those of the tables that the rows are behind are other ones. */
  private static String key(String path) {
    return switch (path) {
      case "agreements" -> "agreement-rows";
      case "predicted" -> "predicted-rows";
      case "receipts" -> "receipt-rows";
      case "forecasts" -> "forecast-rows";
      default -> path;
    };
  }

  @GetMapping("/figures/contacts.csv")
  ResponseEntity<byte[]> contactsFile(FigureParams params, RowParams.Contacts which) {
    return file(
        params, asked -> rows.contacts(asked, which.asked(), 0, FigureTables.ITEMS_MAX + 1));
  }

  @GetMapping("/figures/agreements.csv")
  ResponseEntity<byte[]> agreementsFile(FigureParams params, RowParams.Agreements which) {
    return file(
        params, asked -> rows.agreements(asked, which.asked(), 0, FigureTables.ITEMS_MAX + 1));
  }

  @GetMapping("/figures/uncovered.csv")
  ResponseEntity<byte[]> uncoveredFile(FigureParams params) {
    return file(params, asked -> rows.uncovered(asked, 0, FigureTables.ITEMS_MAX + 1));
  }

  @GetMapping("/figures/predicted.csv")
  ResponseEntity<byte[]> predictedFile(FigureParams params, CashRowTables.Params which) {
    return cashFile(params, which, cash::predicted);
  }

  @GetMapping("/figures/receipts.csv")
  ResponseEntity<byte[]> receiptsFile(FigureParams params, CashRowTables.Params which) {
    return cashFile(params, which, cash::receipts);
  }

  @GetMapping("/figures/forecasts.csv")
  ResponseEntity<byte[]> forecastsFile(FigureParams params, CashRowTables.Params which) {
    return cashFile(params, which, cash::forecasts);
  }

  private ResponseEntity<byte[]> cashFile(
      FigureParams params, CashRowTables.Params which, CashRows rows) {
    return file(
        params.within(which.in()), asked -> rows.read(asked, which, 0, FigureTables.ITEMS_MAX + 1));
  }

  private ResponseEntity<byte[]> file(FigureParams params, Function<Asked, FigureTable> read) {
    try {
      Asked asked = scope.asked(params);
      FigureTable table = read.apply(asked);
      if (table.rows().size() > FigureTables.ITEMS_MAX) {
        throw new IllegalArgumentException(
            "there are more than "
                + FigureTables.ITEMS_MAX
                + " rows: choose a creditor, a segment or an owner");
      }
      return Downloads.file(
          files.csv(table), "relance-" + table.key() + "-" + asked.day() + ".csv", CSV, false);
    } catch (IllegalArgumentException wrong) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
