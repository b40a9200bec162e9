package io.relance.outreach;

import io.relance.charges.Charges;
import io.relance.kernel.Money;
import io.relance.ledger.CreditorLogos;
import io.relance.ledger.Invoice;
import io.relance.ledger.Logo;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.templates.CompiledTemplate;
import io.relance.outreach.templates.MessageTemplates;
import io.relance.outreach.templates.TemplateKey;
import io.relance.outreach.templates.TemplateProblem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Shows words before they are used, with the facts of a real payer. Nothing is kept, and nothing
 * leaves.
 */
@Component
public class TemplatePreview {

  private static final int FORMAL_DAYS = 10;
  private static final int INSTALMENTS = 3;

  /**
   * A message as this payer would get it.
   *
   * @param html with its images in it
   * @param attach what would go with it
   * @param note what is not as it would be; empty if nothing
   */
  public record Shown(String subject, String text, String html, Set<String> attach, String note) {}

  private final MessageTemplates templates;
  private final NoticeTemplates rendering;
  private final NoticeFacts facts;
  private final Charges charges;
  private final CreditorLogos logos;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  TemplatePreview(
      MessageTemplates templates,
      NoticeTemplates rendering,
      NoticeFacts facts,
      Charges charges,
      CreditorLogos logos,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.templates = templates;
    this.rendering = rendering;
    this.facts = facts;
    this.charges = charges;
    this.logos = logos;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * @param source the words, saved or not
   * @throws TemplateProblem if they cannot be used
   * @throws IllegalArgumentException if the payer has nothing open that a message could list
   */
  public Shown show(TemplateKey key, String source, Payer payer) {
    Rendered rendered = render(key, source, payer);
    RenderedNotice notice = rendered.words();
    return new Shown(
        notice.subject(),
        notice.text(),
        MessageImages.inlined(
            notice.html(),
            notice.code(),
            logos.of(payer.creditorId()).map(Logo::dataAddress).orElse(null)),
        notice.attach(),
        rendered.note());
  }

  /** What a message would say, and from what. */
  record Rendered(Notice notice, RenderedNotice words, String note) {}

  Rendered render(TemplateKey key, String source, Payer payer) {
    CompiledTemplate template = templates.tryOut(key, source);
    NoticeFacts.Facts known = facts.read(payer.id(), clock.instant());
    Tone tone = Tone.of(key.tone());
    List<Invoice> wanted =
        switch (tone) {
          case COURTESY -> known.announceable();
          case STATEMENT, FIRM_STATEMENT -> known.account();
          default -> known.remindable();
        };
    List<Invoice> open =
        Stream.concat(known.account().stream(), known.blocked().keySet().stream())
            .distinct()
            .filter(i -> i.claimed().isPositive())
            .toList();
    if (open.isEmpty()) {
      throw new IllegalArgumentException(
          "customer '" + payer.number() + "' has no open invoice: name one who has");
    }
    String note =
        wanted.isEmpty()
            ? "No invoice of this customer is at this step now; others are shown in their place."
            : "";
    List<Invoice> items = wanted.isEmpty() ? open : wanted;
    if (tone == Tone.FORMAL) {
      items = items.subList(0, 1);
    }
    PlanStatement plan = tone == Tone.PLAN ? example(items, known.day()) : null;
    Notice notice =
        new Notice(
            known.creditor(),
            payer.writtenToIn(key.language()),
            key.channel(),
            tone,
            known.day(),
            "",
            plan == null ? items : plan.invoices(),
            tone.isReminder() ? known.beside(items) : List.of(),
            tone.isReminder() && !wanted.isEmpty() ? known.credits() : List.of(),
            plan);
    return new Rendered(
        notice,
        tone == Tone.FORMAL
            ? rendering.renderFormal(
                notice, template, FORMAL_DAYS, charges.of(items.getFirst(), known.day()))
            : rendering.render(notice, template),
        plan == null ? note : "The payment plan is an example.");
  }

  /** All of it in monthly instalments, the first of which is due in a week. */
  private static PlanStatement example(List<Invoice> items, LocalDate day) {
    String currency = items.getFirst().currency();
    List<Invoice> same = items.stream().filter(i -> i.currency().equals(currency)).toList();
    Money all = same.stream().map(Invoice::claimed).reduce(Money::plus).orElseThrow();
    BigDecimal part =
        all.amount()
            .divide(BigDecimal.valueOf(INSTALMENTS), all.amount().scale(), RoundingMode.DOWN);
    return new PlanStatement(
        0,
        same,
        IntStream.rangeClosed(1, INSTALMENTS)
            .mapToObj(
                n -> {
                  Money amount =
                      Money.of(
                          n < INSTALMENTS
                              ? part
                              : all.amount()
                                  .subtract(part.multiply(BigDecimal.valueOf(INSTALMENTS - 1))),
                          currency);
                  return new PlanStatement.Line(
                      n, day.plusDays(7).plusMonths(n - 1L), amount, amount);
                })
            .toList(),
        Money.zero(all.currency()),
        3);
  }

  /** The payer who was written to last; null if nobody was: to begin a preview with. */
  public @Nullable String somebody(Channel channel) {
    return Stream.of(
            "SELECT p.number FROM notice n JOIN payer p ON p.id = n.payer_id WHERE n.channel = '"
                + channel.word()
                + "' ORDER BY n.id DESC LIMIT 1",
            "SELECT p.number FROM invoice i JOIN payer p ON p.id = i.payer_id WHERE i.settled_on IS NULL AND i.amount > 0"
                + " AND i.outcome IS NULL ORDER BY i.id DESC LIMIT 1")
        .flatMap(sql -> jdbc.queryForList(sql, String.class).stream())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
