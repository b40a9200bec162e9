package io.relance.web;

import io.relance.analytics.exchange.ExchangeRates;
import io.relance.analytics.exchange.GroupCurrency;
import io.relance.analytics.exchange.RateFile;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import io.relance.ledger.Uploads;
import io.relance.ledger.csv.FileRefused;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Exchange rates in, and the group's currency. */
@RestController
@RequestMapping("/api/v1/analytics")
class ExchangeResource {

  /** All reference rates since 1999 have half a megabyte. */
  private static final long FILE_MAX = 20L << 20;

  record RateView(
      String base, String currency, LocalDate day, String rate, String source, String actor) {}

  /** As it is entered: one unit of the base is worth so many of the currency. */
  record RateRequest(@Nullable BigDecimal rate, @Nullable String source) {}

  /** What a file brought; of a line with anything wrong nothing was taken. */
  record FileReport(int rates, List<RateFile.Problem> errors) {}

  record GroupRequest(@Nullable String currency, @Nullable Integer daysMax) {}

  private final ExchangeRates rates;
  private final GroupCurrency group;
  private final Creditors creditors;
  private final InstantSource clock;

  ExchangeResource(
      ExchangeRates rates, GroupCurrency group, Creditors creditors, InstantSource clock) {
    this.rates = rates;
    this.group = group;
    this.creditors = creditors;
    this.clock = clock;
  }

  @GetMapping("/exchange-rates")
  List<RateView> list(
      @RequestParam(required = false) @Nullable String currency,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "100") int size) {
    Sql.requirePage(page, size);
    return rates.list(currency, (long) page * size, size).stream()
        .map(
            row ->
                new RateView(
                    row.quote().base(),
                    row.quote().currency(),
                    row.quote().day(),
                    row.quote().units().toPlainString(),
                    row.quote().source(),
                    row.actor()))
        .toList();
  }

  @PutMapping("/exchange-rates/{base}/{currency}/{day}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void enter(
      @PathVariable String base,
      @PathVariable String currency,
      @PathVariable LocalDate day,
      @RequestBody RateRequest request,
      Principal principal) {
    rates.enter(
        base, currency, day, request.rate(), request.source(), Actor.user(principal.getName()));
  }

  @PostMapping("/exchange-rates/file")
  FileReport file(
      @RequestParam MultipartFile file,
      @RequestParam(required = false) @Nullable String source,
      Principal principal) {
    if (file.getSize() > FILE_MAX) {
      throw new FileRefused("the file has more than 20 MB: leave out the years that nobody needs");
    }
    String name = String.valueOf(file.getOriginalFilename());
    LocalDate today = creditors.findAll().getFirst().calendar().dateOf(clock.instant());
    RateFile.Content content =
        Uploads.with(
            file,
            path ->
                RateFile.read(
                    path,
                    source == null || source.isBlank() ? RateFile.SOURCE : source.strip(),
                    today));
    if (!content.quotes().isEmpty()) {
      rates.enterAll(content.quotes(), name, Actor.user(principal.getName()));
    }
    return new FileReport(content.quotes().size(), content.problems());
  }

  @GetMapping("/group-currency")
  GroupCurrency.Settings chosen() {
    return group.settings();
  }

  @PutMapping("/group-currency")
  GroupCurrency.Settings choose(@RequestBody GroupRequest request, Principal principal) {
    group.choose(
        request.currency(),
        request.daysMax() == null ? group.settings().daysMax() : request.daysMax(),
        Actor.user(principal.getName()));
    return group.settings();
  }
}
