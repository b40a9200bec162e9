package io.relance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.Cookie;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class PageLanguageTest {

  private final PageLanguage languages = new PageLanguage();
  private final Locale ofTheServer = Locale.getDefault();

  @BeforeEach
  void theServerSpeaksFrench() {
    Locale.setDefault(Locale.FRANCE);
  }

  @AfterEach
  void theServerSpeaksAsBefore() {
    Locale.setDefault(ofTheServer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fr                      |       | fr",
        "fr-CA, en;q=0.5         |       | fr-CA",
        "en-GB, fr;q=0.5         |       | en-GB",
        "de, fr;q=0.8, en;q=0.7  |       | fr",
        "de                      |       | en",
        "*                       |       | en",
        "                        |       | en",
        "                        | fr    | fr",
        "en-GB                   | fr    | fr",
        "fr, en-US;q=0.3         | en    | en-US",
        "fr                      | en    | en",
        "fr                      | xx    | fr",
      })
  void theChoiceCountsThenTheBrowserThenEnglish(String header, String cookie, String expected) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (header != null) {
      request.addHeader("Accept-Language", header);
    }
    if (cookie != null) {
      request.setCookies(new Cookie("relance-language", cookie));
    }
    assertThat(languages.resolveLocale(request).toLanguageTag()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/customers/a%2Fb?x=1&y=%C3%A9", "/tasks?who=day", "/"})
  void theSwitchLeadsBackToAPageOfOurs(String back) {
    assertThat(PageLanguage.ours(back)).hasToString(back);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/tasks",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "?x=1",
        "/a\r\nSet-Cookie: x=y",
        "/a b",
        "mailto:x@y.example"
      })
  void theSwitchLeadsNowhereElse(String back) {
    assertThat(PageLanguage.ours(back)).hasToString("/tasks");
  }

  @Test
  void aChoiceIsKeptInTheBrowserAndOthersAreRefused() {
    ResponseEntity<Void> answer = languages.choose("fr", "/tasks", true);
    assertThat(answer.getStatusCode().value()).isEqualTo(303);
    assertThat(answer.getHeaders().getFirst("Set-Cookie"))
        .startsWith("relance-language=fr;")
        .contains("Path=/", "Max-Age=31536000", "Secure", "HttpOnly", "SameSite=Lax");
    assertThatThrownBy(() -> languages.choose("de", "/tasks", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("language can be en or fr, not 'de'");
  }
}
