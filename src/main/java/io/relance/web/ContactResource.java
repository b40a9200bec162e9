package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.OptIns;
import io.relance.outreach.permission.OptOuts;
import io.relance.outreach.permission.PayerZones;
import io.relance.outreach.permission.Permission;
import java.security.Principal;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * How a payer may be contacted: their clock, the channels that they do not want, what is allowed
 * now.
 */
@RestController
@RequestMapping("/api/v1/customers/{number}")
class ContactResource {

  /**
   * @param optIns channels that are used only with the payer's consent, and that they consented to
   * @param now what contact-permission.dmn says of this moment, a channel each
   */
  record Contactability(
      ZoneId zone,
      LocalDateTime localTime,
      List<OptOuts.OptOut> optOuts,
      List<String> optIns,
      Map<String, Permission> now) {

    /** Whether the payer said no to a channel, or has not said yes to one that needs it. */
    public boolean isOff(String channel) {
      return optOuts.stream().anyMatch(o -> o.channel().word().equals(channel))
          || (Channel.of(channel).needsConsent() && !optIns.contains(channel));
    }
  }

  /** Why, in the payer's words. */
  record Request(@Nullable String reason) {}

  private final NamedRows named;
  private final Creditors creditors;
  private final PayerZones zones;
  private final OptOuts optOuts;
  private final OptIns optIns;
  private final ContactPermissions permissions;
  private final Audit audit;
  private final InstantSource clock;

  ContactResource(
      NamedRows named,
      Creditors creditors,
      PayerZones zones,
      OptOuts optOuts,
      OptIns optIns,
      ContactPermissions permissions,
      Audit audit,
      InstantSource clock) {
    this.named = named;
    this.creditors = creditors;
    this.zones = zones;
    this.optOuts = optOuts;
    this.optIns = optIns;
    this.permissions = permissions;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping("/contact")
  Contactability contact(@PathVariable String number) {
    return of(named.payer(number));
  }

  Contactability of(Payer payer) {
    Creditor creditor = creditors.findById(payer.creditorId()).orElseThrow();
    ZoneId zone = zones.of(payer, creditor);
    Map<String, Permission> now = new LinkedHashMap<>();
    for (Channel channel : Channel.values()) {
      now.put(channel.word(), permissions.decide(payer.id(), channel, false, clock.instant()));
    }
    return new Contactability(
        zone,
        LocalDateTime.ofInstant(clock.instant(), zone).truncatedTo(ChronoUnit.MINUTES),
        optOuts.of(payer.id()),
        Arrays.stream(Channel.values())
            .filter(c -> c.needsConsent() && optIns.has(payer.id(), c))
            .map(Channel::word)
            .toList(),
        now);
  }

  @PutMapping("/opt-outs/{channel}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void optOut(
      @PathVariable String number,
      @PathVariable String channel,
      @RequestBody(required = false) @Nullable Request request,
      Principal principal) {
    Actor actor = Actor.user(principal.getName());
    String reason = request == null ? null : request.reason();
    Payer payer = named.payer(number);
    optIns.remove(payer.id(), Channel.of(channel), actor);
    optOuts.add(payer.id(), Channel.of(channel), reason, actor);
    audit.record(actor, "opt-out", "customer " + number + ", " + channel, reason);
  }

  @DeleteMapping("/opt-outs/{channel}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void optIn(@PathVariable String number, @PathVariable String channel, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (!optOuts.remove(named.payer(number).id(), Channel.of(channel), actor)) {
      throw new Problems.NotFound("Customer " + number + " has not opted out of " + channel);
    }
    audit.record(actor, "opt-in", "customer " + number + ", " + channel, null);
  }

  /** The payer consents to a channel that is not used without it. */
  @PutMapping("/opt-ins/{channel}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void consent(@PathVariable String number, @PathVariable String channel, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    optIns.add(named.payer(number).id(), Channel.of(channel), actor);
    audit.record(actor, "consent", "customer " + number + ", " + channel, null);
  }

  @DeleteMapping("/opt-ins/{channel}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdraw(@PathVariable String number, @PathVariable String channel, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (!optIns.remove(named.payer(number).id(), Channel.of(channel), actor)) {
      throw new Problems.NotFound("Customer " + number + " has not consented to " + channel);
    }
    audit.record(actor, "consent-withdrawn", "customer " + number + ", " + channel, null);
  }
}
