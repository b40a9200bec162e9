package io.relance.web;

import com.twilio.twiml.MessagingResponse;
import io.relance.outreach.twilio.TwilioInbound;
import io.relance.outreach.twilio.TwilioStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What Twilio tells us: what became of our messages, and what payers answer. */
@RestController
@RequestMapping("/hooks/twilio")
class TwilioHooks {

  private final TwilioRequests requests;
  private final TwilioStatus status;
  private final TwilioInbound inbound;

  TwilioHooks(TwilioRequests requests, TwilioStatus status, TwilioInbound inbound) {
    this.requests = requests;
    this.status = status;
    this.inbound = inbound;
  }

  @PostMapping("/status")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void status(HttpServletRequest request) {
    status.heard(requests.read(request));
  }

  /** Answers with no message: what a payer hears of us is decided elsewhere. */
  @PostMapping(path = "/message", produces = MediaType.TEXT_XML_VALUE)
  String message(HttpServletRequest request) {
    Map<String, String> said = requests.read(request);
    inbound.received(said);
    return new MessagingResponse.Builder().build().toXml();
  }
}
