package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.outreach.print.PdfRenderer;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** The statement of account that goes with a mail: what it lists, on letter paper. */
@Component
class StatementPdf {

  private final NoticeLayout layout;
  private final PdfRenderer pdfs;

  StatementPdf(NoticeLayout layout, PdfRenderer pdfs) {
    this.layout = layout;
    this.pdfs = pdfs;
  }

  NoticeDocuments.Document of(Notice notice) {
    Phrases phrases = layout.phrases(notice.payer());
    Collection<Money> totals = notice.totals().values();
    PaymentWay way = PaymentWay.of(notice, totals.size() == 1 ? totals.iterator().next() : null);
    String body =
        layout.items(NoticeTable.of(notice, phrases), null, phrases).html()
            + layout.payment(way, true, phrases).html();
    String title =
        phrases.word("statement.title")
            + " "
            + phrases.word("statement.of", phrases.day(notice.day()));
    String page = layout.letter(notice, title, body, way, true, phrases);
    return new NoticeDocuments.Document(
        phrases.word("statement.title") + " " + notice.day() + ".pdf",
        "application/pdf",
        pdfs.render(page));
  }
}
