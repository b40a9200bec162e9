package io.relance.outreach.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.outreach.permission.Channel;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a designer may write, and what they are told of what cannot be used. */
class TemplateCheckTest {

  private static final TemplateKey MAIL = new TemplateKey("en", "firm", Channel.EMAIL);
  private static final TemplateKey TEXT = new TemplateKey("en", "firm", Channel.SMS);
  private static final TemplateKey PLAN = new TemplateKey("en", "plan", Channel.EMAIL);

  static Stream<TemplateKey> shipped() {
    return TemplateKey.LANGUAGES.stream()
        .flatMap(
            language ->
                TemplateKey.TONES.stream()
                    .flatMap(
                        tone ->
                            tone.equals("formal")
                                ? Stream.of(new TemplateKey(language, tone, Channel.LETTER))
                                : Stream.of(Channel.EMAIL, Channel.SMS)
                                    .map(c -> new TemplateKey(language, tone, c))));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void whatIsShippedIsThereAndPassesItsOwnCheck(TemplateKey key) {
    String source = new MessageTemplates(null, null).shipped(key).orElseThrow();
    CompiledTemplate.tryOut(key, source);
    assertThat(CompiledTemplate.of(key, source, 0)).isNotNull();
  }

  @Test
  void anUnknownNameIsRefusedWithItsLineAndTheNamesThatThereAre() {
    assertProblem(
        MAIL,
        "Subject: Pay\n\nHello {{payer}},\n\n{{items}}\n\nYour {{salary}} is known.",
        "Line 7: {{salary}} is not known here; there are count, creditor, date, iban, invoices,");
  }

  @Test
  void whatAPayerMayLackStandsOnlyWhereItIsThere() {
    assertProblem(
        MAIL,
        "Subject: Pay\n\n{{items}}\n\nCall {{phone}}.",
        "Line 5: {{phone}} is not there for every payer");
    assertProblem(
        MAIL,
        "Subject: Pay\n\n{{items}}\n\n{{^phone}}Call {{phone}}.{{/phone}}",
        "Line 5: {{phone}} is not there for every payer");
    assertThat(check(MAIL, "Subject: Pay\n\n{{items}}\n\n{{#phone}}Call {{phone}}.{{/phone}}"))
        .isNotNull();
  }

  @Test
  void aMessageThatDoesNotSayWhatItIsAboutIsRefused() {
    assertProblem(MAIL, "Subject: Pay\n\nPay now.", "{{items}} is missing");
    assertProblem(TEXT, "Pay now, {{payer}}.", "{{invoices}} is missing");
    assertProblem(PLAN, "Subject: Plan\n\nPay.", "{{instalments}} is missing");
  }

  @Test
  void conditionsAreClosedWhereTheyWereOpened() {
    assertProblem(
        MAIL,
        "Subject: Pay\n\n{{items}}\n\n{{#one}}x",
        "Line 5: {{#one}} is not closed by {{/one}}");
    assertProblem(
        MAIL,
        "Subject: Pay\n\n{{items}}\n\n{{#one}}{{#phone}}x{{/one}}",
        "{{/one}} stands where {{/phone}} is due");
    assertProblem(MAIL, "Subject: Pay\n\n{{items}}\n\nx{{/one}}", "closes what was not opened");
    assertProblem(MAIL, "Subject: Pay\n\n{{items}}\n\nx {{one", "is not closed by '}}'");
  }

  /** Unescaped names, includes (which could go on for ever), other signs for tags. */
  @Test
  void nothingRunsAndNothingIsLeftUnescaped() {
    for (String tag :
        new String[] {"{{{payer}}}", "{{&payer}}", "{{>firm}}", "{{=<% %>=}}", "{{a.b}}"}) {
      assertProblem(MAIL, "Subject: Pay\n\n{{items}}\n\n" + tag, "Line 5: ");
    }
    assertProblem(
        MAIL,
        "Subject: Pay\n\n{{#items}}{{items}}{{/items}}\n\n{{items}}",
        "is a table and always there");
  }

  @Test
  void aTableStandsAloneInItsLine() {
    assertProblem(
        MAIL, "Subject: Pay\n\nThis: {{items}}", "Line 3: {{items}} is a paragraph of its own");
    assertProblem(
        MAIL, "Subject: {{items}}\n\n{{items}}", "Line 1: {{items}} is a paragraph of its own");
  }

  @Test
  void aLinkLeadsToThePaymentPageOrToAWholeAddress() {
    assertProblem(
        MAIL, "Subject: Pay\n\n{{items}}\n\n[pay]({{payer}})", "Line 5: a link leads to {{link}}");
    assertProblem(
        MAIL, "Subject: Pay\n\n{{items}}\n\n[pay](javascript:alert(1))", "Line 5: a link leads to");
    assertThat(
            check(
                MAIL,
                "Subject: Pay\n\n{{items}}\n\n{{#link}}[pay]({{link}}){{/link}} [us](https://a.example)"))
        .isNotNull();
  }

  /** Mark-up has other ways to write a brace, a link or a picture. */
  @Test
  void whatMarkUpMakesIsLookedAtToo() {
    for (String words :
        new String[] {
          "\\{\\{{payer}}}",
          "&#123;{{payer}}}",
          "&#123;&#123;foo}}",
          "[x](https://a.example/%7B%7Bfoo%7D%7D)",
          "[p][q]\n\n[q]: https://evil.example/{{payer}}",
          "[p][q]\n\n[q]: javascript:alert(1)",
          "![x](https://evil.example/pixel.png)"
        }) {
      assertThatThrownBy(
              () -> CompiledTemplate.tryOut(MAIL, "Subject: Pay\n\n{{items}}\n\n" + words))
          .as(words)
          .isInstanceOf(TemplateProblem.class);
    }
    assertProblem(
        MAIL,
        "Subject: Pay\n\n{{items}}\n\n" + "{{#one}}x{{/one}}".repeat(200),
        "more than 150 names and conditions");
  }

  @Test
  void theHeadIsReadLineByLine() {
    assertProblem(MAIL, "{{items}}", "a template begins with 'Subject: …'");
    assertProblem(MAIL, "Attach: statement\n\n{{items}}", "the subject is missing");
    assertProblem(
        MAIL, "Subject: Pay\nAttach: photo\n\n{{items}}", "Line 2: 'photo' cannot be attached");
    assertProblem(TEXT, "Subject: Pay\n\n{{invoices}}", "a text message has no subject");
    assertProblem(MAIL, "Subject: Pay\n\n{{items}}\n" + "x".repeat(20_000), "20000 are the most");
  }

  /** A payer may call themselves what they like. */
  @Test
  void aNameIsNeverMoreThanAName() {
    CompiledTemplate template =
        CompiledTemplate.of(MAIL, "Subject: For {{payer}}\n\nHello **{{payer}}**,\n\n{{items}}", 3);
    CompiledTemplate.Filled filled =
        template.fill(
            Map.of(
                "payer", "<b>Bobby</b>\r\nBcc: all@x.example [go](https://evil.example) {{items}}"),
            Map.of("items", new CompiledTemplate.Block("TABLE", "<table></table>")));
    assertThat(filled.subject())
        .isEqualTo("For <b>Bobby</b> Bcc: all@x.example [go](https://evil.example) {{items}}")
        .doesNotContain("\n", "\r");
    assertThat(filled.html())
        .contains("<strong>&lt;b&gt;Bobby&lt;/b&gt;")
        .doesNotContain("<b>", "href")
        .containsOnlyOnce("<table></table>");
    assertThat(filled.text()).contains("TABLE");
  }

  @Test
  void paragraphsUnderAConditionComeAndGoWhole() {
    String source =
        "Subject: Plan\n\n{{#late}}\nIt is **late**: {{late}}.\n{{/late}}\n\n{{#onTime}}\nAll is well.\n{{/onTime}}\n\n{{instalments}}";
    CompiledTemplate template = CompiledTemplate.of(PLAN, source, 0);
    var block = Map.of("instalments", new CompiledTemplate.Block("T", "<table></table>"));
    CompiledTemplate.Filled late = template.fill(Map.of("late", "5 EUR", "onTime", false), block);
    assertThat(late.html().replace("\n", ""))
        .isEqualTo("<p>It is <strong>late</strong>: 5 EUR.</p><table></table>");
    assertThat(late.text()).isEqualTo("It is late: 5 EUR.\n\nT");
    CompiledTemplate.Filled well = template.fill(Map.of("late", "", "onTime", true), block);
    assertThat(well.html().replace("\n", "")).isEqualTo("<p>All is well.</p><table></table>");
    assertThat(well.text()).isEqualTo("All is well.\n\nT");
  }

  @Test
  void aNameThatIsMissingIsAFaultAndNeverTheWordNull() {
    CompiledTemplate template = CompiledTemplate.of(TEXT, "{{payer}}: {{invoices}}", 0);
    assertThatThrownBy(() -> template.fill(Map.of("payer", "P"), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("invoices");
  }

  private static TemplateText check(TemplateKey key, String source) {
    return TemplateCheck.check(key, source);
  }

  private static void assertProblem(TemplateKey key, String source, String words) {
    assertThatThrownBy(() -> check(key, source))
        .isInstanceOf(TemplateProblem.class)
        .hasMessageContaining(words);
  }
}
