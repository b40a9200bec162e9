package io.relance.web;

import io.relance.analytics.Cut;
import io.relance.analytics.Receivables.Basis;
import io.relance.analytics.ReceivablesFigures;
import io.relance.analytics.Span;
import io.relance.casework.CoverageCut;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Makes of what an address says whose figures they are, of which day, and by which date. */
@Component
class FigureScope {

  /**
   * What is asked for.
   *
   * @param home the currency of the creditor, for answers that have one currency
   * @param today of that creditor
   * @param recent the days up to the day, of which the figures of work are
   */
  record Asked(Cut cut, LocalDate day, LocalDate today, Basis basis, String home, Span recent) {

    /** What stands after the question mark to ask for it again, and a sign to go on with. */
    String query(FigureParams params) {
      String query =
          UriComponentsBuilder.fromPath("")
              .queryParam("creditor", "{c}")
              .queryParam("currency", "{k}")
              .queryParam("segment", "{s}")
              .queryParam("owner", "{o}")
              .queryParam("asOf", "{d}")
              .queryParam("by", "{b}")
              .queryParam("band", "{n}")
              .encode()
              .buildAndExpand(
                  said(params.creditor()),
                  said(params.currency()),
                  said(params.segment()),
                  said(params.owner()),
                  day.toString(),
                  basis.word(),
                  said(params.band()))
              .toUriString();
      return query + "&";
    }

    /**
     * Today, for what is only known of it.
     *
     * @throws IllegalArgumentException if another day is asked for
     */
    LocalDate ofToday() {
      if (!day.equals(today)) {
        throw new IllegalArgumentException(
            "asOf is " + day + ": what was expected on a past day is not kept; leave it out");
      }
      return today;
    }

    /** Of the same invoices. */
    CoverageCut coverage() {
      return new CoverageCut(
          cut.creditors(), cut.currency(), cut.segment(), cut.owner(), cut.band());
    }

    private static String said(@Nullable String text) {
      return text == null ? "" : text;
    }
  }

  private final Creditors creditors;
  private final InstantSource clock;

  FigureScope(Creditors creditors, InstantSource clock) {
    this.creditors = creditors;
    this.clock = clock;
  }

  List<Creditor> creditors() {
    return creditors.findAll();
  }

  /**
   * @throws IllegalArgumentException for what cannot be meant, naming the field
   */
  Asked asked(FigureParams params) {
    List<Creditor> all = creditors.findAll();
    String code = TaskPages.blankToNull(params.creditor());
    List<Creditor> chosen =
        code == null ? all : all.stream().filter(each -> each.code().equals(code)).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "creditor is '"
              + code
              + "', and there is none of that code: it can be "
              + String.join(", ", all.stream().map(Creditor::code).toList()));
    }
    Creditor first = chosen.getFirst();
    LocalDate today = first.calendar().dateOf(clock.instant());
    LocalDate day = day(TaskPages.blankToNull(params.asOf()), today);
    Cut cut =
        new Cut(
            chosen.stream().map(Creditor::key).toList(),
            currency(TaskPages.blankToNull(params.currency())),
            TaskPages.blankToNull(params.segment()),
            TaskPages.blankToNull(params.owner()),
            band(TaskPages.blankToNull(params.band())));
    return new Asked(
        cut,
        day,
        today,
        Basis.of(TaskPages.blankToNull(params.by())),
        first.currency(),
        new Span(day.minusDays(ReceivablesFigures.SALES_DAYS - 1L), day, first.calendar().zone()));
  }

  private static @Nullable String currency(@Nullable String said) {
    return said == null
        ? null
        : Money.currencyOf(said.strip().toUpperCase(Locale.ROOT)).getCurrencyCode();
  }

  private static @Nullable String band(@Nullable String said) {
    if (said != null && !said.matches("[A-Ea-e]")) {
      throw new IllegalArgumentException("band can be A to E, not '" + said + "'");
    }
    return said == null ? null : said.toUpperCase(Locale.ROOT);
  }

  private static LocalDate day(@Nullable String said, LocalDate today) {
    if (said == null) {
      return today;
    }
    LocalDate day;
    try {
      day = LocalDate.parse(said.strip());
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException(
          "asOf is '" + said + "', which is no day such as " + today, unreadable);
    }
    if (day.isAfter(today) || day.getYear() < 1990) {
      throw new IllegalArgumentException(
          "asOf is " + day + ": ask for a day from 1990 on, up to today, " + today);
    }
    return day;
  }
}
