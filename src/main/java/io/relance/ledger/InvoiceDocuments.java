package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The PDFs of invoices, one each, which go with messages about them. */
@Component
public class InvoiceDocuments {

  /** In bytes. */
  public static final int SIZE_MAX = 10_000_000;

  private static final int NAME_MAX = 120;

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  InvoiceDocuments(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Optional<InvoiceDocument> of(long invoiceId) {
    return jdbc
        .query(
            "SELECT name, content, actor, stored_at FROM invoice_document WHERE invoice_id = ?",
            (rs, n) ->
                new InvoiceDocument(
                    rs.getString(1),
                    rs.getBytes(2),
                    rs.getString(3),
                    Sql.requiredInstant(rs, "stored_at")),
            invoiceId)
        .stream()
        .findFirst();
  }

  /** Its file's name, without reading it. */
  public Optional<String> nameOf(long invoiceId) {
    return jdbc
        .queryForList(
            "SELECT name FROM invoice_document WHERE invoice_id = ?", String.class, invoiceId)
        .stream()
        .findFirst();
  }

  /**
   * Keeps the document, instead of one before it.
   *
   * @param name of its file; what no file's name should have becomes a hyphen
   * @param content a PDF that was looked at before: this does not know what a PDF is
   */
  public void store(Invoice invoice, String name, byte[] content, Actor actor) {
    if (content.length > SIZE_MAX) {
      throw new IllegalArgumentException(
          "the document has " + content.length + " bytes; " + SIZE_MAX + " is the most");
    }
    jdbc.update(
        """
        INSERT INTO invoice_document (invoice_id, name, content, size, actor, stored_at) VALUES (?,?,?,?,?,?)
        ON DUPLICATE KEY UPDATE name = VALUES(name), content = VALUES(content), size = VALUES(size), actor = VALUES(actor),
          stored_at = VALUES(stored_at)
        """,
        invoice.id(),
        fileName(name),
        content,
        content.length,
        actor.name(),
        Sql.timestamp(clock.instant()));
  }

  /** As a header and a file system take it: ends in .pdf. */
  static String fileName(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N} ._()-]", "-").strip();
    String stem = plain.replaceAll("(?i)\\.pdf$", "");
    String shown = stem.isBlank() ? "invoice" : stem;
    return Sql.fit(shown, NAME_MAX - 4) + ".pdf";
  }

  /** False if there was none. */
  public boolean remove(Invoice invoice) {
    return jdbc.update("DELETE FROM invoice_document WHERE invoice_id = ?", invoice.id()) == 1;
  }
}
