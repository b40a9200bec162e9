package io.relance.web;

import io.relance.analytics.exchange.ExchangeRates;
import io.relance.analytics.exchange.GroupCurrency;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.csv.FileRefused;
import java.math.BigDecimal;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Exchange rates and the group's currency, for managers. */
@Controller
class ExchangePages {

  private static final int SIZE = 50;
  private static final String PAGE = "/figures/rates";

  private final ExchangeRates rates;
  private final GroupCurrency group;
  private final ExchangeResource resource;

  ExchangePages(ExchangeRates rates, GroupCurrency group, ExchangeResource resource) {
    this.rates = rates;
    this.group = group;
    this.resource = resource;
  }

  @GetMapping(PAGE)
  String rates(
      @RequestParam(required = false) @Nullable String of,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    model.addAttribute("chosen", group.settings());
    model.addAttribute("of", of);
    try {
      Sql.requirePage(page, SIZE);
      var found = rates.list(of, (long) page * SIZE, SIZE + 1);
      model.addAttribute("rates", found.subList(0, Math.min(SIZE, found.size())));
      model.addAttribute("page", page);
      model.addAttribute("more", found.size() > SIZE);
      model.addAttribute("base", PAGE + "?" + (of == null ? "" : "of=" + of.strip() + "&"));
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("problem", wrong.getMessage());
    }
    return "exchange";
  }

  @PostMapping(PAGE)
  String enter(
      @RequestParam @Nullable String base,
      @RequestParam @Nullable String currency,
      @RequestParam @Nullable String day,
      @RequestParam @Nullable String rate,
      @RequestParam @Nullable String source,
      Principal principal,
      RedirectAttributes flash) {
    try {
      rates.enter(
          base,
          currency,
          ActionPages.day("day", day),
          number(rate),
          source,
          Actor.user(principal.getName()));
      flash.addFlashAttribute("said", "exchange.kept");
    } catch (IllegalArgumentException refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:" + PAGE;
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String plain = text.strip().replace(',', '.');
    if (!plain.matches("\\d{1,14}(\\.\\d{1,10})?")) {
      throw new IllegalArgumentException(
          "rate is '" + text + "', which is no number such as 1.0850");
    }
    return new BigDecimal(plain);
  }

  @PostMapping(PAGE + "/file")
  String file(@RequestParam MultipartFile file, Principal principal, RedirectAttributes flash) {
    try {
      flash.addFlashAttribute("report", resource.file(file, null, principal));
    } catch (FileRefused | IllegalArgumentException refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:" + PAGE;
  }

  @PostMapping(PAGE + "/group")
  String choose(
      @RequestParam @Nullable String currency,
      @RequestParam @Nullable Integer daysMax,
      Principal principal,
      RedirectAttributes flash) {
    try {
      resource.choose(new ExchangeResource.GroupRequest(currency, daysMax), principal);
      flash.addFlashAttribute("said", "exchange.chosen");
    } catch (IllegalArgumentException refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:" + PAGE;
  }
}
