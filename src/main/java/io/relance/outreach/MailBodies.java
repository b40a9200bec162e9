package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.ledger.CreditorLogos;
import io.relance.ledger.Logo;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The bodies of mails. */
@Component
class MailBodies {

  private final NoticeDocuments documents;
  private final CreditorLogos logos;

  MailBodies(NoticeDocuments documents, CreditorLogos logos) {
    this.documents = documents;
    this.logos = logos;
  }

  /** The body of a notice. */
  MimeMultipart of(Creditor creditor, NoticeStore.Kept notice) throws MessagingException {
    return of(creditor, notice.text(), notice.html(), notice.code(), documents.of(notice.id()));
  }

  /**
   * The text, the HTML with the images in it, and what goes with them.
   *
   * @param code what the payment code holds; null if there is none
   */
  MimeMultipart of(
      Creditor creditor,
      String text,
      String html,
      @Nullable String code,
      List<NoticeDocuments.Document> with)
      throws MessagingException {
    List<MimeBodyPart> images = images(creditor, html, code);
    MimeBodyPart shown = part(html, "html");
    if (!images.isEmpty()) {
      MimeMultipart related = new MimeMultipart("related", shown);
      for (MimeBodyPart image : images) {
        related.addBodyPart(image);
      }
      shown = wrapped(related);
    }
    MimeMultipart readable = new MimeMultipart("alternative", part(text, "plain"), shown);
    if (with.isEmpty()) {
      return readable;
    }
    MimeMultipart all = new MimeMultipart("mixed", wrapped(readable));
    for (NoticeDocuments.Document document : with) {
      MimeBodyPart part = file(document.content(), document.contentType());
      part.setDisposition(Part.ATTACHMENT);
      part.setFileName(encoded(document.name()));
      all.addBodyPart(part);
    }
    return all;
  }

  private List<MimeBodyPart> images(Creditor creditor, String html, @Nullable String code)
      throws MessagingException {
    List<MimeBodyPart> images = new ArrayList<>();
    if (html.contains("cid:" + MessageImages.LOGO)) {
      Logo logo = logos.of(creditor.key()).orElse(null);
      if (logo != null) {
        images.add(inline(file(logo.content(), logo.contentType()), MessageImages.LOGO));
      }
    }
    if (code != null && !code.isEmpty() && html.contains("cid:" + MessageImages.CODE)) {
      images.add(inline(file(PaymentCode.png(code), "image/png"), MessageImages.CODE));
    }
    return images;
  }

  private static MimeBodyPart inline(MimeBodyPart part, String name) throws MessagingException {
    part.setContentID("<" + name + ">");
    part.setDisposition(Part.INLINE);
    return part;
  }

  private static MimeBodyPart file(byte[] content, String type) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
    return part;
  }

  private static MimeBodyPart wrapped(MimeMultipart parts) throws MessagingException {
    MimeBodyPart wrapper = new MimeBodyPart();
    wrapper.setContent(parts);
    return wrapper;
  }

  private static String encoded(String name) {
    try {
      return MimeUtility.encodeText(name, "UTF-8", "Q");
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, "UTF-8", subtype);
    return part;
  }
}
