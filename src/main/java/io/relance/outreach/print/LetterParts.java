package io.relance.outreach.print;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a letter is made of.
 *
 * @param language ISO 639-1, of its text
 * @param country of the creditor, ISO 3166-1 alpha-2: decides where the envelope's window is
 * @param creditorLines its address, below its name; may be empty
 * @param logo {@code data:} address of the creditor's picture, or {@code cid:} and its name; null
 *     if it has none, and its name stands there
 * @param remark above the recipient, such as "By registered post"; null for none
 * @param recipientLines the address below the name
 * @param date of the letter, as it is written
 * @param reference what an answer should name; null for none
 * @param bodyHtml a well-formed piece of XHTML whose texts are escaped already; salutation to
 *     signature
 */
public record LetterParts(
    String language,
    String country,
    String creditorName,
    List<String> creditorLines,
    @Nullable String logo,
    @Nullable String remark,
    String recipientName,
    List<String> recipientLines,
    String date,
    @Nullable String reference,
    String subject,
    String bodyHtml) {

  public LetterParts {
    creditorLines = List.copyOf(creditorLines);
    recipientLines = List.copyOf(recipientLines);
  }
}
