package io.relance.outreach;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The images that mails refer to by name, for readers outside of a mail program. */
final class MessageImages {

  static final String CODE = "code";
  static final String LOGO = "logo";

  private MessageImages() {}

  /**
   * The HTML with its images in it.
   *
   * @param code what the payment code holds; null or empty if there is none
   * @param logo as a data URI; null if there is none
   */
  static String inlined(String html, @Nullable String code, @Nullable String logo) {
    String withCode =
        code == null || code.isEmpty() || !html.contains("cid:" + CODE)
            ? html
            : html.replace("cid:" + CODE, png(PaymentCode.png(code)));
    return logo == null ? withCode : withCode.replace("cid:" + LOGO, logo);
  }

  static String png(byte[] image) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(image);
  }
}
