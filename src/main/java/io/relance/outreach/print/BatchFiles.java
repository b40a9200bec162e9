package io.relance.outreach.print;

import io.relance.kernel.SpreadsheetText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.springframework.stereotype.Component;

/**
 * The two files of a batch: one PDF of all its letters, and the list that says what is on which
 * page. Both are made of the letters that are in it at that moment, so they belong together.
 */
@Component
public class BatchFiles {

  private static final int ADDRESS_COLUMNS = 6;

  private final PrintBatches batches;
  private final LetterPdfs pdfs;

  BatchFiles(PrintBatches batches, LetterPdfs pdfs) {
    this.batches = batches;
    this.pdfs = pdfs;
  }

  /**
   * @throws IllegalArgumentException if no letter is left in it
   */
  public byte[] pdf(PrintBatches.Batch batch) {
    List<PrintBatches.Item> printed = printed(batch);
    List<PDDocument> parts = new ArrayList<>();
    try (PDDocument whole = new PDDocument()) {
      PDFMergerUtility merger = new PDFMergerUtility();
      for (PrintBatches.Item item : printed) {
        PDDocument part = Loader.loadPDF(pdfs.keep(item.noticeId()).content());
        parts.add(part);
        merger.appendDocument(whole, part);
      }
      PDDocumentInformation information = new PDDocumentInformation();
      information.setTitle("Letters, batch " + batch.id());
      information.setAuthor(batch.creditorName());
      information.setProducer("Relance");
      whole.setDocumentInformation(information);
      whole.getDocumentCatalog().setMetadata(null); // it is the first letter's
      PdfRenderer.date(whole, batch.madeAt());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      whole.save(out);
      return out.toByteArray();
    } catch (IOException broken) {
      throw new UncheckedIOException("The letters of batch " + batch.id() + " do not join", broken);
    } finally {
      parts.forEach(org.apache.pdfbox.io.IOUtils::closeQuietly);
    }
  }

  private List<PrintBatches.Item> printed(PrintBatches.Batch batch) {
    List<PrintBatches.Item> printed =
        batches.items(batch.id()).stream().filter(PrintBatches.Item::isPrinted).toList();
    if (printed.isEmpty()) {
      throw new IllegalArgumentException("No letter is left in batch " + batch.id());
    }
    return printed;
  }

  /**
   * The list as CSV that spreadsheets open as it is: a byte order mark, and no cell that they would
   * take for a formula.
   *
   * @throws IllegalArgumentException if no letter is left in it
   */
  public String manifest(PrintBatches.Batch batch) {
    StringBuilder csv = new StringBuilder("\ufeff");
    List<String> header =
        new ArrayList<>(List.of("sequence", "notice_id", "reference", "customer_id", "recipient"));
    for (int line = 1; line <= ADDRESS_COLUMNS; line++) {
      header.add("address_" + line);
    }
    header.addAll(List.of("country", "first_page", "pages", "registered", "sha256"));
    try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.RFC4180)) {
      printer.printRecord(header);
      int sequence = 1;
      int page = 1;
      for (PrintBatches.Item item : printed(batch)) {
        printer.printRecord(row(item, sequence, page));
        sequence++;
        page += item.pages();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("CSV cannot be made in memory", impossible);
    }
    return csv.toString();
  }

  private static List<String> row(PrintBatches.Item item, int sequence, int page) {
    List<String> row = new ArrayList<>();
    row.add(String.valueOf(sequence));
    row.add(String.valueOf(item.noticeId()));
    row.add(SpreadsheetText.harmless(item.messageId().replaceAll("[<>]", "")));
    row.add(SpreadsheetText.harmless(item.customer()));
    row.add(SpreadsheetText.harmless(item.recipient().name()));
    List<String> lines = item.recipient().lines();
    for (int i = 0; i < ADDRESS_COLUMNS; i++) {
      boolean rest = i == ADDRESS_COLUMNS - 1 && lines.size() > ADDRESS_COLUMNS;
      row.add(
          i >= lines.size()
              ? ""
              : SpreadsheetText.harmless(
                  rest ? String.join(", ", lines.subList(i, lines.size())) : lines.get(i)));
    }
    row.add(SpreadsheetText.harmless(item.country()));
    row.add(String.valueOf(page));
    row.add(String.valueOf(item.pages()));
    row.add(item.registered() ? "yes" : "no");
    row.add(item.sha256());
    return row;
  }
}
