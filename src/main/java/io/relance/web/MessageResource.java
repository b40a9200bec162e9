package io.relance.web;

import io.relance.outreach.Messages;
import io.relance.outreach.print.LetterPdfs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages to payers. */
@RestController
@RequestMapping("/api/v1/messages")
class MessageResource {

  private final Messages messages;
  private final LetterPdfs letters;

  MessageResource(Messages messages, LetterPdfs letters) {
    this.messages = messages;
    this.letters = letters;
  }

  @GetMapping
  Messages.Page list(
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(required = false) @Nullable String channel,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return messages.list(customer, channel, state, page, size);
  }

  @GetMapping("/{id}")
  Messages.Full one(@PathVariable long id) {
    return messages.find(id).orElseThrow(() -> new Problems.NotFound("There is no message " + id));
  }

  /** The letter as it is printed. */
  @GetMapping("/{id}/pdf")
  ResponseEntity<byte[]> pdf(@PathVariable long id) {
    return letters
        .of(id)
        .map(letter -> Downloads.pdf(letter.content(), "letter-" + id + ".pdf"))
        .orElseThrow(() -> new Problems.NotFound("Message " + id + " is no letter"));
  }
}
