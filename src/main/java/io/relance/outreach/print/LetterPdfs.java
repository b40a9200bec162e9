package io.relance.outreach.print;

import io.relance.kernel.Digests;
import io.relance.kernel.Sql;
import io.relance.ledger.CreditorLogos;
import io.relance.ledger.Logo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Letters as PDF. Once one is to be printed it is kept, and is the same file from then on. */
@Component
public class LetterPdfs {

  /** What {@code cid:} names the creditor's picture in a letter's page. */
  public static final String LOGO = "logo";

  /**
   * A letter's PDF.
   *
   * @param sha256 of its bytes
   */
  public record Printed(long noticeId, byte[] content, int pages, String sha256) {}

  private record Source(long creditorId, String creditor, String html, Instant writtenAt) {}

  private final PdfRenderer renderer;
  private final CreditorLogos logos;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  LetterPdfs(PdfRenderer renderer, CreditorLogos logos, JdbcTemplate jdbc, InstantSource clock) {
    this.renderer = renderer;
    this.logos = logos;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The letter as it is printed, or would be; empty if that message is no letter.
   *
   * @throws IllegalArgumentException if its page cannot be printed
   */
  public Optional<Printed> of(long noticeId) {
    Optional<Printed> kept = kept(noticeId);
    return kept.isPresent() ? kept : source(noticeId).map(s -> print(noticeId, s));
  }

  /** The same, kept from now on. */
  Printed keep(long noticeId) {
    Optional<Printed> kept = kept(noticeId);
    if (kept.isPresent()) {
      return kept.get();
    }
    Printed printed = print(noticeId, source(noticeId).orElseThrow());
    jdbc.update(
        "INSERT IGNORE INTO letter_pdf (notice_id, pages, sha256, content, made_at) VALUES"
            + " (?,?,?,?,?)",
        noticeId,
        printed.pages(),
        printed.sha256(),
        printed.content(),
        Sql.timestamp(clock.instant()));
    return kept(noticeId).orElseThrow(); // somebody else may have been first
  }

  private Optional<Printed> kept(long noticeId) {
    return jdbc
        .query(
            "SELECT content, pages, sha256 FROM letter_pdf WHERE notice_id = ?",
            (rs, n) -> new Printed(noticeId, rs.getBytes(1), rs.getInt(2), rs.getString(3)),
            noticeId)
        .stream()
        .findFirst();
  }

  private Optional<Source> source(long noticeId) {
    return jdbc
        .query(
            "SELECT n.creditor_id, k.name, n.body_html, n.planned_at FROM notice n JOIN creditor k"
                + " ON k.id = n.creditor_id WHERE n.id = ? AND n.channel = 'letter'",
            (rs, n) ->
                new Source(
                    rs.getLong(1),
                    rs.getString(2),
                    rs.getString(3),
                    Sql.requiredInstant(rs, "planned_at")),
            noticeId)
        .stream()
        .findFirst();
  }

  private Printed print(long noticeId, Source source) {
    Map<String, String> pictures =
        source.html().contains("cid:" + LOGO)
            ? logos
                .of(source.creditorId())
                .map(Logo::dataAddress)
                .map(address -> Map.of(LOGO, address))
                .orElse(Map.of())
            : Map.of();
    Pdf pdf = renderer.typeset(source.html(), source.creditor(), source.writtenAt(), pictures);
    return new Printed(noticeId, pdf.content(), pdf.pages(), Digests.sha256(pdf.content()));
  }
}
