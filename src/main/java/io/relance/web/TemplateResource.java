package io.relance.web;

import io.relance.access.Audit;
import io.relance.access.Users;
import io.relance.kernel.Actor;
import io.relance.outreach.TemplatePreview;
import io.relance.outreach.TestMails;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.templates.MessageTemplates;
import io.relance.outreach.templates.TemplateKey;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The words of messages. */
@RestController
@RequestMapping("/api/v1/templates")
class TemplateResource {

  private static final int VERSIONS_SHOWN = 50;

  /**
   * Words with what may be used in them.
   *
   * @param version the newest that was saved, to be named as {@code basedOn}; 0 if none was
   * @param standsIn another channel whose words are used, because this has none of its own
   */
  record View(
      String language,
      String tone,
      String channel,
      int version,
      String source,
      @Nullable String standsIn,
      @Nullable String shipped,
      List<String> names,
      List<MessageTemplates.Version> versions) {}

  record SaveRequest(@Nullable String source, @Nullable String note, @Nullable Integer basedOn) {}

  record Saved(int version) {}

  record PreviewRequest(@Nullable String source, @Nullable String customer) {}

  /**
   * @param to where the user reads their mail; remembered, so that it is asked for once
   */
  record TestRequest(@Nullable String source, @Nullable String customer, @Nullable String to) {}

  record Tested(String to) {}

  private final MessageTemplates templates;
  private final TemplatePreview previews;
  private final TestMails tests;
  private final Users users;
  private final OwnAddresses addresses;
  private final NamedRows rows;
  private final Audit audit;

  TemplateResource(
      MessageTemplates templates,
      TemplatePreview previews,
      TestMails tests,
      Users users,
      OwnAddresses addresses,
      NamedRows rows,
      Audit audit) {
    this.templates = templates;
    this.previews = previews;
    this.tests = tests;
    this.users = users;
    this.addresses = addresses;
    this.rows = rows;
    this.audit = audit;
  }

  @GetMapping
  List<MessageTemplates.Overview> list() {
    return templates.list();
  }

  @GetMapping("/{language}/{tone}/{channel}")
  View one(@PathVariable String language, @PathVariable String tone, @PathVariable String channel) {
    TemplateKey key = key(language, tone, channel);
    List<MessageTemplates.Version> versions = templates.history(key, VERSIONS_SHOWN);
    int version = versions.isEmpty() ? 0 : versions.getFirst().version();
    TemplateKey used = templates.usedFor(key);
    return new View(
        language,
        tone,
        channel,
        version,
        templates.current(used).orElseThrow().source(),
        used.equals(key) ? null : used.channel().word(),
        templates.shipped(key).orElse(null),
        templates.names(key),
        versions);
  }

  @PutMapping("/{language}/{tone}/{channel}")
  Saved save(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestBody SaveRequest request,
      Principal principal) {
    TemplateKey key = key(language, tone, channel);
    Actor actor = Actor.user(principal.getName());
    int version =
        templates.save(
            key, required(request.source()), request.note(), basedOn(request.basedOn()), actor);
    audit.record(actor, "save-template", "template " + key, "version " + version);
    return new Saved(version);
  }

  /** Back to what is shipped, or to the words that stand in. */
  @DeleteMapping("/{language}/{tone}/{channel}")
  Saved reset(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestParam(required = false) @Nullable Integer basedOn,
      Principal principal) {
    TemplateKey key = key(language, tone, channel);
    Actor actor = Actor.user(principal.getName());
    int version = templates.reset(key, basedOn(basedOn), actor);
    audit.record(actor, "reset-template", "template " + key, "version " + version);
    return new Saved(version);
  }

  @PostMapping("/{language}/{tone}/{channel}/preview")
  TemplatePreview.Shown preview(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestBody PreviewRequest request) {
    TemplateKey key = key(language, tone, channel);
    return previews.show(
        key, required(request.source()), rows.payer(customer(key, request.customer())));
  }

  /** Sends the words, saved or not, to the user who asks. */
  @PostMapping("/{language}/{tone}/{channel}/test")
  Tested test(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestBody TestRequest request,
      Principal principal) {
    TemplateKey key = key(language, tone, channel);
    String login = principal.getName();
    String source = required(request.source());
    if (request.to() != null && !request.to().isBlank()) {
      users.readsMailAt(login, ofOurOwn(request.to().strip()));
    }
    String to =
        users
            .emailOf(login)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "to is missing: say once where you read your mail"));
    tests.send(key, source, rows.payer(customer(key, request.customer())), to);
    audit.record(Actor.user(login), "test-template", "template " + key, "to " + to);
    return new Tested(to);
  }

  /** Words of ours with a payer's facts go to nobody outside of the company. */
  private String ofOurOwn(String address) {
    addresses.require(
        address, "to is '" + address + "': a test goes to an address of your own at ");
    return address;
  }

  private String customer(TemplateKey key, @Nullable String asked) {
    String customer =
        asked == null || asked.isBlank() ? previews.somebody(key.channel()) : asked.strip();
    if (customer == null) {
      throw new IllegalArgumentException(
          "customer is missing: name the number of one with an open invoice");
    }
    return customer;
  }

  static TemplateKey key(String language, String tone, String channel) {
    return new TemplateKey(language, tone, Channel.of(channel));
  }

  private static String required(@Nullable String source) {
    if (source == null || source.isBlank()) {
      throw new IllegalArgumentException("source is missing: the words of the message");
    }
    return source;
  }

  private static int basedOn(@Nullable Integer version) {
    if (version == null) {
      throw new IllegalArgumentException(
          "basedOn is missing: the version that was changed, 0 if none was saved before");
    }
    return version;
  }
}
