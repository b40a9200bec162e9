package io.relance.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The switch between the languages of the pages. */
@Controller
class LanguagePages {

  private final PageLanguage languages;

  LanguagePages(PageLanguage languages) {
    this.languages = languages;
  }

  @PostMapping("/language")
  ResponseEntity<Void> choose(
      @RequestParam String language,
      @RequestParam(defaultValue = "/tasks") String back,
      HttpServletRequest request) {
    return languages.choose(language, back, request.isSecure());
  }
}
