package io.relance.web;

import io.relance.outreach.twilio.TwilioSignatures;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Reads a request of Twilio's, once it is certain that it is one. */
@Component
class TwilioRequests {

  /** A message of 1600 characters with ten files takes a tenth of it. */
  private static final int BYTES_MAX = 64 * 1024;

  private final TwilioSignatures signatures;

  TwilioRequests(TwilioSignatures signatures) {
    this.signatures = signatures;
  }

  /**
   * @return the form that it sent
   * @throws ResponseStatusException if Twilio is not set up, it is too large, or not signed
   */
  Map<String, String> read(HttpServletRequest request) {
    if (!signatures.isExpected()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    long bytes = request.getContentLengthLong();
    if (bytes < 0) {
      throw new ResponseStatusException(HttpStatus.LENGTH_REQUIRED);
    }
    if (bytes > BYTES_MAX) {
      throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
    }
    Map<String, String> said = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> said.put(name, values[0]));
    // we give out addresses without a query: whoever adds one is somebody else
    if (request.getQueryString() != null
        || !signatures.isSigned(
            request.getRequestURI(), said, request.getHeader("X-Twilio-Signature"))) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN);
    }
    return said;
  }
}
