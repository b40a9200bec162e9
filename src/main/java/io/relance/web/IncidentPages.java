package io.relance.web;

import io.relance.designer.running.IncidentGroups;
import io.relance.designer.running.IncidentMending;
import io.relance.designer.running.Migrations;
import io.relance.designer.running.RunningConflict;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Incidents by cause, and what can be done about them. */
@Controller
@RequestMapping("/studio/running/incidents")
class IncidentPages {

  private static final int SHOWN = 200;
  private static final String HERE = "redirect:/studio/running/incidents";

  private final IncidentGroups incidents;
  private final IncidentMending mending;

  IncidentPages(IncidentGroups incidents, IncidentMending mending) {
    this.incidents = incidents;
    this.mending = mending;
  }

  @GetMapping
  String groups(Model page) {
    List<IncidentGroups.Group> groups = incidents.groups();
    page.addAttribute("groups", groups);
    page.addAttribute(
        "cut",
        groups.stream().mapToLong(IncidentGroups.Group::incidents).sum()
            >= IncidentGroups.LOOKED_AT);
    return "incidents";
  }

  @GetMapping("/groups/{group}")
  String group(@PathVariable String group, Model page) {
    List<IncidentGroups.Stuck> all = incidents.of(group);
    page.addAttribute("group", group);
    page.addAttribute("first", all.isEmpty() ? null : all.getFirst());
    page.addAttribute("all", all.size());
    page.addAttribute("cases", all.stream().limit(SHOWN).toList());
    page.addAttribute("shown", SHOWN);
    page.addAttribute("rateMax", Migrations.RATE_MAX);
    return "incident-group";
  }

  @PostMapping("/groups/{group}/retry")
  String retryAll(
      @PathVariable String group,
      @RequestParam int retries,
      @RequestParam int rate,
      Principal principal,
      RedirectAttributes flash) {
    try {
      long job = mending.retryAll(group, retries, rate, Actor.user(principal.getName()));
      return "redirect:/studio/running/jobs/" + job;
    } catch (IllegalArgumentException | RunningConflict refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
      return HERE + "/groups/" + group;
    }
  }

  @GetMapping("/{key}")
  String one(@PathVariable long key, Model page) {
    page.addAttribute("key", key);
    page.addAttribute("incident", incidents.find(key).orElse(null));
    page.addAttribute("history", mending.history(key));
    return "incident";
  }

  @PostMapping("/{key}/variable")
  String set(
      @PathVariable long key,
      @RequestParam String name,
      @RequestParam String value,
      @RequestParam(defaultValue = "false") boolean step,
      Principal principal,
      RedirectAttributes flash) {
    try {
      mending.setVariable(key, name.strip(), value, step, Actor.user(principal.getName()));
      flash.addFlashAttribute("set", name.strip());
    } catch (IllegalArgumentException | RunningConflict refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
      flash.addFlashAttribute("name", name);
      flash.addFlashAttribute("value", value);
    }
    return HERE + "/" + key;
  }

  @PostMapping("/{key}/retry")
  String retry(
      @PathVariable long key,
      @RequestParam(defaultValue = "5") int retries,
      Principal principal,
      RedirectAttributes flash) {
    try {
      mending.retry(key, retries, Actor.user(principal.getName()));
      flash.addFlashAttribute("tried", true);
    } catch (IllegalArgumentException | RunningConflict refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return HERE + "/" + key;
  }
}
