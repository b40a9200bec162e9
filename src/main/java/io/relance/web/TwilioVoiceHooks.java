package io.relance.web;

import io.relance.outreach.twilio.PhoneCallHooks;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What Twilio asks during a call, and tells after it. */
@RestController
@RequestMapping("/hooks/twilio/voice/{id}")
class TwilioVoiceHooks {

  private final TwilioRequests requests;
  private final PhoneCallHooks calls;

  TwilioVoiceHooks(TwilioRequests requests, PhoneCallHooks calls) {
    this.requests = requests;
    this.calls = calls;
  }

  /** The first telephone was picked up: what now? */
  @PostMapping(produces = MediaType.TEXT_XML_VALUE)
  String answered(@PathVariable long id, HttpServletRequest request) {
    requests.read(request);
    return calls.whatToDo(id);
  }

  @PostMapping("/payer")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void payer(@PathVariable long id, HttpServletRequest request) {
    calls.payerSaid(id, requests.read(request));
  }

  @PostMapping("/agent")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void agent(@PathVariable long id, HttpServletRequest request) {
    calls.agentSaid(id, requests.read(request));
  }
}
