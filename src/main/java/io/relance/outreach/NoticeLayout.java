package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.ledger.CreditorLogos;
import io.relance.ledger.Logo;
import io.relance.ledger.Payer;
import io.relance.ledger.PostalLines;
import io.relance.outreach.print.LetterPaper;
import io.relance.outreach.print.LetterParts;
import io.relance.outreach.templates.CompiledTemplate.Block;
import io.relance.outreach.templates.TemplateKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The parts of a message that are the same for all: tables, the account to pay to, the frame. Their
 * words are in {@code outreach/words_<language>.properties}, their HTML in {@code outreach/*.html}.
 */
@Component
class NoticeLayout {

  private final SpringTemplateEngine engine = new SpringTemplateEngine();
  private final ResourceBundleMessageSource words = new ResourceBundleMessageSource();
  private final LetterPaper paper;
  private final CreditorLogos logos;

  NoticeLayout(LetterPaper paper, CreditorLogos logos) {
    this.paper = paper;
    this.logos = logos;
    words.setBasename("outreach/words");
    words.setDefaultEncoding("UTF-8");
    words.setFallbackToSystemLocale(false);
    words.setDefaultLocale(Locale.ENGLISH);
    words.setAlwaysUseMessageFormat(true);
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("outreach/");
    resolver.setResolvablePatterns(Set.of("*.html"));
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    engine.addTemplateResolver(resolver);
    engine.setTemplateEngineMessageSource(words);
    engine.setEnableSpringELCompiler(true);
  }

  /** As this payer reads them. */
  Phrases phrases(Payer payer) {
    return Phrases.of(
        words,
        Locale.of(
            TemplateKey.languageFor(payer.language()),
            payer.country() == null ? "" : payer.country()));
  }

  /** The invoices that are asked for. */
  Block items(NoticeTable table, @Nullable ChargeLines charges, Phrases phrases) {
    Context context = context(phrases, table);
    context.setVariable("charges", charges);
    return new Block(TextTables.items(table, charges, phrases), html("items.html", context));
  }

  /** The instalments of a plan; empty if the message is about none. */
  Block instalments(NoticeTable table, Phrases phrases) {
    if (table.instalments().isEmpty()) {
      return new Block("", "");
    }
    return new Block(
        TextTables.instalments(table, phrases), html("instalments.html", context(phrases, table)));
  }

  /**
   * Where and how to pay; empty if the creditor names no way.
   *
   * @param onPaper whether it is to be printed: nobody presses a button there
   */
  Block payment(PaymentWay way, boolean onPaper, Phrases phrases) {
    if (way.iban().isEmpty() && way.link().isEmpty()) {
      return new Block("", "");
    }
    Context context = new Context(phrases.locale(), Map.of("way", way));
    context.setVariable("onPaper", onPaper);
    context.setVariable("codeSource", codeSource(way.code(), onPaper));
    return new Block(TextTables.payment(way, phrases), html("payment.html", context));
  }

  private static String codeSource(String code, boolean onPaper) {
    if (code.isEmpty()) {
      return "";
    }
    return onPaper ? MessageImages.png(PaymentCode.png(code)) : "cid:" + MessageImages.CODE;
  }

  /** Who writes. */
  Block signature(Notice notice, Phrases phrases) {
    String phone = notice.creditor().phone();
    List<String> lines =
        Stream.of(
                notice.creditor().senderName(),
                notice.creditor().name(),
                phone == null ? "" : phrases.word("phone", phone))
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
    return new Block(
        lines.stream().collect(Collectors.joining("\n")),
        html("signature.html", new Context(phrases.locale(), Map.of("lines", lines))));
  }

  /** A mail around a body of HTML. */
  String mail(Notice notice, String subject, String body, Phrases phrases) {
    return html(
        "frame.html",
        new Context(
            phrases.locale(),
            Map.of(
                "language",
                phrases.locale().getLanguage(),
                "subject",
                subject,
                "creditor",
                notice.creditor().name(),
                "logo",
                logos.has(notice.creditor().key()) ? "cid:" + MessageImages.LOGO : "",
                "body",
                body)));
  }

  /**
   * A letter around a body of HTML.
   *
   * @param complete whether the page has the logo in it, rather than its name
   */
  String letter(
      Notice notice,
      String subject,
      String body,
      PaymentWay way,
      boolean complete,
      Phrases phrases) {
    Creditor creditor = notice.creditor();
    return paper.page(
        new LetterParts(
            phrases.locale().getLanguage(),
            creditor.country(),
            creditor.name(),
            PostalLines.of(creditor.postalAddress()),
            logo(creditor, complete),
            null,
            notice.payer().name(),
            PostalAddresses.lines(notice.payer()),
            phrases.day(notice.day()),
            way.reference(),
            subject,
            body));
  }

  private @Nullable String logo(Creditor creditor, boolean complete) {
    return complete
        ? logos.of(creditor.key()).map(Logo::dataAddress).orElse(null)
        : logos.has(creditor.key()) ? "cid:" + MessageImages.LOGO : null;
  }

  /** A text message as a telephone shows it. */
  String bubble(String text, Phrases phrases) {
    return html(
        "short.html",
        new Context(
            phrases.locale(),
            Map.of("language", phrases.locale().getLanguage(), "subject", "", "body", text)));
  }

  private static Context context(Phrases phrases, NoticeTable table) {
    return new Context(phrases.locale(), Map.of("table", table));
  }

  private String html(String template, Context context) {
    return engine.process(template, context);
  }
}
