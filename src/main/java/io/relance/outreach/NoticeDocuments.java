package io.relance.outreach;

import io.relance.kernel.Sql;
import io.relance.ledger.Invoice;
import io.relance.ledger.InvoiceDocument;
import io.relance.ledger.InvoiceDocuments;
import io.relance.outreach.permission.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The documents that go with a mail: made, or taken as they are, when it is written, and kept with
 * it, so that what is sent again, or shown to a court, is what was sent.
 */
@Component
class NoticeDocuments {

  /** Mailboxes refuse larger mails; in Base64 it grows by a third. */
  private static final int BYTES_MAX = 12_000_000;

  private static final int INVOICES_MAX = 20;
  private static final int NAME_MAX = 120;
  private static final String PDF = "application/pdf";

  /** A document of a mail. */
  record Document(String name, String contentType, byte[] content) {}

  private final StatementPdf statements;
  private final InvoiceDocuments invoices;
  private final JdbcTemplate jdbc;

  NoticeDocuments(StatementPdf statements, InvoiceDocuments invoices, JdbcTemplate jdbc) {
    this.statements = statements;
    this.invoices = invoices;
    this.jdbc = jdbc;
  }

  /**
   * Keeps what goes with a message. Invoices that would make a mail too large stay out, the newest
   * first: its table names them.
   */
  void add(long noticeId, Notice notice, RenderedNotice rendered) {
    if (notice.channel() != Channel.EMAIL || rendered.attach().isEmpty()) {
      return;
    }
    List<Document> documents = new ArrayList<>();
    if (rendered.attach().contains("statement") && notice.plan() == null) {
      documents.add(statements.of(notice));
    }
    if (rendered.attach().contains("invoices")) {
      addInvoices(notice.items(), documents);
    }
    int position = 0;
    for (Document document : documents) {
      jdbc.update(
          "INSERT INTO notice_document (notice_id, position, name, content_type, content) VALUES (?,?,?,?,?)",
          noticeId,
          position++,
          document.name(),
          document.contentType(),
          document.content());
    }
  }

  private void addInvoices(List<Invoice> items, List<Document> documents) {
    long size = documents.stream().mapToLong(d -> d.content().length).sum();
    Set<String> names = new HashSet<>();
    for (Invoice invoice : items.subList(0, Math.min(items.size(), INVOICES_MAX))) {
      InvoiceDocument found = invoices.of(invoice.id()).orElse(null);
      if (found == null || size + found.content().length > BYTES_MAX) {
        continue;
      }
      size += found.content().length;
      String name = names.add(found.name()) ? found.name() : apart(invoice, found.name());
      documents.add(new Document(name, PDF, found.content()));
    }
  }

  private static String apart(Invoice invoice, String name) {
    String stem = name.replaceAll("(?i)\\.pdf$", "");
    return Sql.fit(stem, NAME_MAX - 30) + " " + invoice.id() + ".pdf";
  }

  /** In their order. */
  List<Document> of(long noticeId) {
    return jdbc.query(
        "SELECT name, content_type, content FROM notice_document WHERE notice_id = ? ORDER BY position",
        (rs, n) -> new Document(rs.getString(1), rs.getString(2), rs.getBytes(3)),
        noticeId);
  }

  void remove(long noticeId) {
    jdbc.update("DELETE FROM notice_document WHERE notice_id = ?", noticeId);
  }
}
