package io.relance.web;

import io.relance.outreach.TestMails;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.templates.MessageTemplates;
import io.relance.outreach.templates.TemplateKey;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where designers read and change the words of messages, and see them with a payer's facts. */
@Controller
class TemplatePages {

  private final TemplateResource resource;

  TemplatePages(TemplateResource resource) {
    this.resource = resource;
  }

  /** A tone's words by a channel, one cell a language; a cell is null where there are none. */
  record Row(String tone, String channel, List<Cell> cells) {}

  /**
   * @param own whether there are words for this very kind
   */
  record Cell(String language, boolean own, int version, @Nullable String actor) {}

  @GetMapping("/templates")
  String list(Model model) {
    Map<String, MessageTemplates.Overview> known = new LinkedHashMap<>();
    resource.list().forEach(o -> known.put(o.tone() + o.channel() + o.language(), o));
    model.addAttribute("languages", TemplateKey.LANGUAGES);
    model.addAttribute(
        "rows",
        TemplateKey.TONES.stream()
            .flatMap(
                tone ->
                    TemplateKey.CHANNELS.stream()
                        .filter(c -> !tone.equals("formal") || c == Channel.LETTER)
                        .map(channel -> row(tone, channel, known)))
            .toList());
    return "templates";
  }

  private static Row row(
      String tone, Channel channel, Map<String, MessageTemplates.Overview> known) {
    return new Row(
        tone,
        channel.word(),
        TemplateKey.LANGUAGES.stream()
            .map(
                language -> {
                  var own = known.get(tone + channel.word() + language);
                  return own == null
                      ? new Cell(language, false, 0, null)
                      : new Cell(language, true, own.version(), own.actor());
                })
            .toList());
  }

  @GetMapping("/templates/{language}/{tone}/{channel}")
  String one(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestParam(required = false) @Nullable Integer version,
      Model model) {
    TemplateResource.View view = resource.one(language, tone, channel);
    String source =
        view.versions().stream()
            .filter(v -> version != null && v.version() == version && !v.source().isEmpty())
            .map(MessageTemplates.Version::source)
            .findFirst()
            .orElse(view.source());
    show(view, source, "", model);
    preview(view, source, "", model);
    return "template";
  }

  private static void show(
      TemplateResource.View view, String source, String customer, Model model) {
    model.addAttribute("view", view);
    model.addAttribute("source", source);
    model.addAttribute("customer", customer);
  }

  private void preview(TemplateResource.View view, String source, String customer, Model model) {
    try {
      model.addAttribute(
          "shown",
          resource.preview(
              view.language(),
              view.tone(),
              view.channel(),
              new TemplateResource.PreviewRequest(source, customer)));
    } catch (IllegalArgumentException | Problems.NotFound refused) {
      model.addAttribute("problem", refused.getMessage());
    }
  }

  /** What was typed stays typed, whatever is wrong with it. */
  @PostMapping("/templates/{language}/{tone}/{channel}/preview")
  String tryOut(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestParam String source,
      @RequestParam(defaultValue = "") String customer,
      Model model) {
    TemplateResource.View view = resource.one(language, tone, channel);
    show(view, source, customer, model);
    preview(view, source, customer, model);
    return "template";
  }

  /** Sends what is typed to the user; it stays typed. */
  @PostMapping("/templates/{language}/{tone}/{channel}/test")
  String test(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestParam String source,
      @RequestParam(defaultValue = "") String customer,
      @RequestParam(defaultValue = "") String to,
      Principal principal,
      Model model) {
    TemplateResource.View view = resource.one(language, tone, channel);
    show(view, source, customer, model);
    preview(view, source, customer, model);
    try {
      String reader =
          resource
              .test(
                  language,
                  tone,
                  channel,
                  new TemplateResource.TestRequest(source, customer, to),
                  principal)
              .to();
      model.addAttribute("to", reader);
      model.addAttribute("said", "Sent to " + reader + ".");
    } catch (IllegalArgumentException | TestMails.NotSent | Problems.NotFound refused) {
      model.addAttribute("problem", refused.getMessage());
    }
    return "template";
  }

  @PostMapping("/templates/{language}/{tone}/{channel}")
  String save(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestParam String source,
      @RequestParam(defaultValue = "") String customer,
      @RequestParam(required = false) @Nullable String note,
      @RequestParam int basedOn,
      Principal principal,
      Model model,
      RedirectAttributes flash) {
    try {
      int version =
          resource
              .save(
                  language,
                  tone,
                  channel,
                  new TemplateResource.SaveRequest(source, note, basedOn),
                  principal)
              .version();
      flash.addFlashAttribute("said", "Version " + version + " is used from now on.");
      return redirect(language, tone, channel);
    } catch (IllegalArgumentException refused) {
      show(resource.one(language, tone, channel), source, customer, model);
      model.addAttribute("problem", refused.getMessage());
      return "template";
    }
  }

  @PostMapping("/templates/{language}/{tone}/{channel}/reset")
  String reset(
      @PathVariable String language,
      @PathVariable String tone,
      @PathVariable String channel,
      @RequestParam int basedOn,
      Principal principal,
      RedirectAttributes flash) {
    try {
      resource.reset(language, tone, channel, basedOn, principal);
      flash.addFlashAttribute("said", "The words that Relance ships are used from now on.");
    } catch (IllegalArgumentException refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return redirect(language, tone, channel);
  }

  private static String redirect(String language, String tone, String channel) {
    return "redirect:" + TemplateResource.key(language, tone, channel).path();
  }
}
