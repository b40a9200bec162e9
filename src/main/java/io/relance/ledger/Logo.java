package io.relance.ledger;

import java.util.Base64;

/**
 * A creditor's picture for its messages and letters.
 *
 * @param contentType {@code image/png} or {@code image/jpeg}
 * @param width in pixels
 * @param height in pixels
 */
public record Logo(String contentType, int width, int height, byte[] content) {

  /** As an address that holds the picture itself. */
  public String dataAddress() {
    return "data:" + contentType + ";base64," + Base64.getEncoder().encodeToString(content);
  }
}
