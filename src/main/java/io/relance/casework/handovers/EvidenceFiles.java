package io.relance.casework.handovers;

import io.relance.casework.Timeline;
import io.relance.kernel.Actor;
import io.relance.kernel.Digests;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is given to whoever takes a claim over: the claim, every message as it was sent, all that
 * was said and done, and every change of the amount. Made once, and kept as it was made.
 */
@Component
public class EvidenceFiles {

  /** A zip, and the digest by which a later change of it shows. */
  public record Kept(Instant madeAt, String sha256, byte[] content) {}

  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private final HandoverStore store;
  private final HandoverSteps steps;
  private final Invoices invoices;
  private final Payers payers;
  private final Creditors creditors;
  private final Timeline timeline;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  EvidenceFiles(
      HandoverStore store,
      HandoverSteps steps,
      Invoices invoices,
      Payers payers,
      Creditors creditors,
      Timeline timeline,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.store = store;
    this.steps = steps;
    this.invoices = invoices;
    this.payers = payers;
    this.creditors = creditors;
    this.timeline = timeline;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Makes the file of a handover, unless it has one. */
  @Transactional
  public void build(long handoverId) {
    Handover handover = store.find(handoverId).orElseThrow();
    if (find(handoverId).isPresent()) {
      return;
    }
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    Instant now = clock.instant();
    EvidenceZip zip = new EvidenceZip(now);
    zip.add("claim.txt", claim(handover, invoice));
    zip.add("amount.csv", changesOf(invoice));
    zip.add("timeline.csv", told(invoice));
    messages(invoice, zip);
    byte[] content = zip.finished();
    String digest = Digests.sha256(content);
    jdbc.update(
        "INSERT IGNORE INTO evidence_file (handover_id, made_at, sha256, content) VALUES (?,?,?,?)",
        handoverId,
        Sql.timestamp(now),
        digest,
        content);
    timeline.tell(
        invoice.payerId(),
        invoice.id(),
        "evidence",
        Actor.system("casework"),
        "Evidence file made, SHA-256 " + digest,
        "evidence-" + handoverId,
        null);
  }

  public Optional<Kept> find(long handoverId) {
    return jdbc
        .query(
            "SELECT made_at, sha256, content FROM evidence_file WHERE handover_id = ?",
            (rs, n) ->
                new Kept(Sql.requiredInstant(rs, "made_at"), rs.getString(2), rs.getBytes(3)),
            handoverId)
        .stream()
        .findFirst();
  }

  private String claim(Handover handover, Invoice invoice) {
    Payer payer = payers.findById(invoice.payerId()).orElseThrow();
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    return String.join(
        "\n",
        "Creditor: " + creditor.name() + " (" + creditor.country() + ")",
        "Payer: " + payer.name() + ", customer " + payer.number(),
        "Address: " + (payer.postalAddress() == null ? "not known" : payer.postalAddress()),
        "Country: " + (payer.country() == null ? "not known" : payer.country()),
        "Invoice: " + invoice.number(),
        "Issued on: " + invoice.issueDate(),
        "Due on: " + invoice.dueDate(),
        "Amount: " + invoice.total(),
        "Open: " + invoice.open(),
        "Claimed: " + invoice.claimed(),
        "Asked before: " + steps.amicableContacts(invoice) + " times",
        "Formal notice posted on: " + handover.postedOn() + ", " + handover.tracking(),
        "Handed over to: " + handover.route(),
        "Reason: " + (handover.note() == null ? "-" : handover.note()),
        "");
  }

  private String changesOf(Invoice invoice) {
    return csv(
        List.of("booked_on", "kind", "amount", "currency", "reference", "actor"),
        "SELECT booked_on, kind, amount, currency, reference, actor FROM allocation WHERE invoice_id = ? ORDER BY booked_on, id",
        invoice.id());
  }

  private String told(Invoice invoice) {
    return csv(
        List.of("at", "kind", "actor", "text"),
        "SELECT at, kind, actor, text FROM timeline_entry WHERE invoice_id = ? ORDER BY at, id",
        invoice.id());
  }

  private String csv(List<String> header, String query, long id) {
    StringWriter text = new StringWriter();
    try (CSVPrinter lines = new CSVPrinter(text, CSV)) {
      lines.printRecord(header);
      jdbc.query(
          query,
          rs -> {
            Object[] values = new Object[header.size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = rs.getObject(i + 1);
            }
            try {
              lines.printRecord(values);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void messages(Invoice invoice, EvidenceZip zip) {
    jdbc.query(
        """
        SELECT n.id, n.channel, n.tone, n.state, n.recipient, n.subject, n.sent_at, n.message_id, n.body_text, n.body_html
        FROM notice_item t JOIN notice n ON n.id = t.notice_id
        WHERE t.invoice_id = ? AND n.state IN ('sent','delivered','unknown') ORDER BY n.id
        """,
        rs -> {
          String name =
              "messages/%06d-%s-%s".formatted(rs.getLong(1), rs.getString(2), rs.getString(3));
          String head =
              "To: %s\nSubject: %s\nSent: %s\nState: %s\nMessage-ID: %s\n\n"
                  .formatted(
                      rs.getString(5),
                      rs.getString(6),
                      Sql.instant(rs, "sent_at"),
                      rs.getString(4),
                      rs.getString(8));
          zip.add(name + ".txt", head + rs.getString(9));
          zip.add(name + ".html", rs.getString(10));
        },
        invoice.id());
  }
}
