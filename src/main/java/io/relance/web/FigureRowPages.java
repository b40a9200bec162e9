package io.relance.web;

import io.relance.analytics.AgreementRows;
import io.relance.analytics.ContactRows;
import io.relance.kernel.Sql;
import io.relance.web.FigureScope.Asked;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/**
 * The rows behind the numbers of the work: contacts, agreements, tasks, and invoices without a live
 * next step.
 */
@Controller
class FigureRowPages {

  private static final int SIZE = 100;
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  /** What an address asks for of contacts. */
  record ContactParams(
      @Nullable String kind,
      @Nullable String outcome,
      @Nullable String channel,
      @Nullable String result,
      @Nullable String reason,
      @Nullable String by) {

    ContactRows.Asked asked() {
      return new ContactRows.Asked(
          ContactRows.Kind.of(kind),
          TaskPages.blankToNull(outcome),
          TaskPages.blankToNull(channel),
          TaskPages.blankToNull(result),
          TaskPages.blankToNull(reason),
          TaskPages.blankToNull(by));
    }

    String query() {
      return queryOf(
          "kind", kind, "outcome", outcome, "channel", channel, "result", result, "reason", reason,
          "by", by);
    }
  }

  /** What an address asks for of promises, plans, disputes and tasks. */
  record AgreementParams(
      @Nullable String kind,
      @Nullable String state,
      @Nullable String reason,
      @Nullable String by,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate week) {

    AgreementRows.Asked asked() {
      return new AgreementRows.Asked(
          AgreementRows.Kind.of(kind),
          TaskPages.blankToNull(state),
          TaskPages.blankToNull(reason),
          TaskPages.blankToNull(by),
          week);
    }

    String query() {
      String monday = week == null ? null : week.toString();
      return queryOf("kind", kind, "state", state, "reason", reason, "by", by, "week", monday);
    }
  }

  private static String queryOf(@Nullable String... namesAndValues) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String value = namesAndValues[i + 1];
      if (value != null) {
        query
            .append(namesAndValues[i])
            .append('=')
            .append(UriUtils.encode(value, StandardCharsets.UTF_8))
            .append('&');
      }
    }
    return query.toString();
  }

  private final FigureScope scope;
  private final RowTables rows;
  private final FigureFiles files;

  FigureRowPages(FigureScope scope, RowTables rows, FigureFiles files) {
    this.scope = scope;
    this.rows = rows;
    this.files = files;
  }

  @GetMapping("/figures/contacts")
  String contacts(
      FigureParams params,
      ContactParams which,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    return show(
        params,
        "contacts",
        which.query(),
        page,
        asked -> (from, most) -> rows.contacts(asked, which.asked(), from, most),
        model);
  }

  @GetMapping("/figures/agreements")
  String agreements(
      FigureParams params,
      AgreementParams which,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    return show(
        params,
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
        "uncovered",
        "",
        page,
        asked -> (from, most) -> rows.uncovered(asked, from, most),
        model);
  }

  private String show(
      FigureParams params,
      String path,
      String more,
      int page,
      Function<Asked, BiFunction<Integer, Integer, FigureTable>> read,
      Model model) {
    model.addAttribute("key", path.equals("agreements") ? "agreement-rows" : path);
    try {
      Sql.requirePage(page, SIZE);
      Asked asked = scope.asked(params);
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
      model.addAttribute("query", query);
      model.addAttribute("base", "/figures/" + path + query + more);
      model.addAttribute("file", "/figures/" + path + ".csv" + query + more);
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("problem", wrong.getMessage());
    }
    return "figures-rows";
  }

  @GetMapping("/figures/contacts.csv")
  ResponseEntity<byte[]> contactsFile(FigureParams params, ContactParams which) {
    return file(
        params, asked -> rows.contacts(asked, which.asked(), 0, FigureTables.ITEMS_MAX + 1));
  }

  @GetMapping("/figures/agreements.csv")
  ResponseEntity<byte[]> agreementsFile(FigureParams params, AgreementParams which) {
    return file(
        params, asked -> rows.agreements(asked, which.asked(), 0, FigureTables.ITEMS_MAX + 1));
  }

  @GetMapping("/figures/uncovered.csv")
  ResponseEntity<byte[]> uncoveredFile(FigureParams params) {
    return file(params, asked -> rows.uncovered(asked, 0, FigureTables.ITEMS_MAX + 1));
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
