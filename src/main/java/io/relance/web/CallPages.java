package io.relance.web;

import io.relance.outreach.twilio.PhoneCalls;
import java.security.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The buttons that call. */
@Controller
class CallPages {

  private final CallResource calls;

  CallPages(CallResource calls) {
    this.calls = calls;
  }

  @PostMapping("/calls")
  String call(
      @RequestParam String customer,
      @RequestParam(required = false) @Nullable Long task,
      @RequestParam(required = false) @Nullable String agentNumber,
      Principal principal,
      RedirectAttributes flash) {
    String back =
        task != null
            ? "/tasks/" + task
            : UriComponentsBuilder.fromPath("/customers/{n}")
                .encode()
                .buildAndExpand(customer)
                .toUriString();
    return told(
        flash,
        back,
        () -> {
          PhoneCalls.Begun begun =
              calls.call(new CallResource.Request(customer, agentNumber, task), principal);
          flash.addFlashAttribute("told", begun.note());
          return back;
        });
  }

  @PostMapping("/calls/next")
  String next(Principal principal, RedirectAttributes flash) {
    return told(
        flash,
        "/tasks",
        () -> {
          CallList.Dialled dialled = calls.dialNext(null, principal);
          flash.addFlashAttribute("told", dialled.call().note());
          return "/tasks/" + dialled.task().key();
        });
  }

  /** The page to go to: where the act says, or back with what went wrong. */
  private static String told(RedirectAttributes flash, String back, Supplier<String> act) {
    try {
      return "redirect:" + act.get();
    } catch (PhoneCalls.NotAllowed
        | PhoneCalls.NotPutThrough
        | Problems.NotFound
        | IllegalArgumentException refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
      return "redirect:" + back;
    }
  }
}
