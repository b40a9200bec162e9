package io.relance.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * In which language pages speak: the one that the user chose, else the first of the browser's that
 * we have, else English; never the server's own.
 */
@Component("localeResolver")
class PageLanguage implements LocaleResolver {

  /** The languages of the pages, as they are written in addresses and cookies. */
  static final List<String> LANGUAGES = List.of("en", "fr");

  private static final String COOKIE = "relance-language";
  private static final Duration KEPT = Duration.ofDays(365);

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    Cookie chosen = WebUtils.getCookie(request, COOKIE);
    String language =
        chosen != null && LANGUAGES.contains(chosen.getValue()) ? chosen.getValue() : null;
    return wanted(request).stream()
        .filter(l -> language == null || l.getLanguage().equals(language))
        .findFirst()
        .orElseGet(() -> "fr".equals(language) ? Locale.FRENCH : Locale.ENGLISH);
  }

  /** Those of the browser's languages that we have; its region stays, as days are written by it. */
  private static List<Locale> wanted(HttpServletRequest request) {
    // without the header, servlets answer with the locale of the server
    return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
        ? List.of()
        : Collections.list(request.getLocales()).stream()
            .filter(l -> LANGUAGES.contains(l.getLanguage()))
            .toList();
  }

  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedOperationException("a language is chosen by its cookie: see choose()");
  }

  /**
   * Remembers the choice in the browser and leads back to where it was made.
   *
   * @param back path and query of a page of ours; anything else leads to the work list
   * @throws IllegalArgumentException if pages do not speak that language
   */
  ResponseEntity<Void> choose(String language, String back, boolean secure) {
    if (!LANGUAGES.contains(language)) {
      throw new IllegalArgumentException(
          "language can be " + String.join(" or ", LANGUAGES) + ", not '" + language + "'");
    }
    ResponseCookie cookie =
        ResponseCookie.from(COOKIE, language)
            .path("/")
            .maxAge(KEPT)
            .httpOnly(true)
            .secure(secure)
            .sameSite("Lax")
            .build();
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.SET_COOKIE, cookie.toString())
        .location(ours(back))
        .build();
  }

  /** The same place if it is one of ours: a redirect must lead to no other site. */
  static URI ours(String back) {
    URI list = URI.create("/tasks");
    try {
      URI place = URI.create(back);
      String path = place.getRawPath();
      boolean ours =
          place.getScheme() == null
              && place.getRawAuthority() == null
              && path != null
              && path.startsWith("/")
              && !back.startsWith("//");
      return ours ? place : list;
    } catch (IllegalArgumentException noPlace) {
      return list;
    }
  }
}
