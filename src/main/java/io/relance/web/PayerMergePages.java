package io.relance.web;

import java.security.Principal;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** What a merge of two customers will move is shown, since it cannot be undone, and then done. */
@Controller
class PayerMergePages {

  private final PayerMergeResource merges;

  PayerMergePages(PayerMergeResource merges) {
    this.merges = merges;
  }

  @GetMapping("/customers/{number}/merge")
  String ask(
      @PathVariable String number,
      @RequestParam(defaultValue = "") String into,
      Model model,
      RedirectAttributes flash) {
    try {
      PayerMergeResource.Merge merge = merges.preview(number, into);
      model.addAttribute("merge", merge);
      model.addAttribute("moves", present(merge.moves()));
      return "payer-merge";
    } catch (IllegalArgumentException | Problems.NotFound refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
      return pageOf(number);
    }
  }

  private static Map<String, Long> present(Map<String, Long> moves) {
    return moves.entrySet().stream()
        .filter(m -> m.getValue() > 0)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, java.util.LinkedHashMap::new));
  }

  @PostMapping("/customers/{number}/merge")
  String merge(
      @PathVariable String number,
      @RequestParam(defaultValue = "") String into,
      Principal principal,
      RedirectAttributes flash) {
    try {
      PayerMergeResource.Merge done =
          merges.merge(number, new PayerMergeResource.Request(into), principal);
      flash.addFlashAttribute("merged", done);
      return pageOf(done.into());
    } catch (IllegalArgumentException | Problems.NotFound refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
      return pageOf(number);
    }
  }

  private static String pageOf(String number) {
    return "redirect:" + UriComponentsBuilder.fromPath("/customers/{n}").build(number);
  }
}
