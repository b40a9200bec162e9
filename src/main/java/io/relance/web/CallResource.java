package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.outreach.twilio.PhoneCalls;
import io.relance.worklist.TaskItem;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Calls to payers: put through, or told whom to dial. */
@RestController
@RequestMapping("/api/v1/calls")
class CallResource {

  /**
   * @param agentNumber where the agent's telephone rings; it is remembered
   * @param task key of the task that it is made for
   */
  record Request(@Nullable String customer, @Nullable String agentNumber, @Nullable Long task) {}

  private final NamedRows named;
  private final PhoneCalls calls;
  private final CallList list;
  private final Audit audit;

  CallResource(NamedRows named, PhoneCalls calls, CallList list, Audit audit) {
    this.named = named;
    this.calls = calls;
    this.list = list;
    this.audit = audit;
  }

  /** What the line said of the last calls with a customer. */
  @GetMapping
  List<PhoneCalls.Line> calls(@RequestParam String customer) {
    return calls.ofPayer(named.payer(customer).id());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  PhoneCalls.Begun call(@RequestBody Request request, Principal principal) {
    String customer = required(request.customer());
    Long task = request.task();
    long payerId =
        task == null
            ? named.theOnlyPayer(customer).id()
            : list.payerOf(task, customer, principal.getName());
    PhoneCalls.Begun begun =
        calls.connect(payerId, principal.getName(), request.agentNumber(), task);
    audit.record(Actor.user(principal.getName()), "call-customer", "customer " + customer, null);
    return begun;
  }

  /** Whom to call next; nothing is changed. */
  @GetMapping("/next")
  TaskItem next(Principal principal) {
    return list.next(principal.getName()).orElseThrow(CallResource::nobody);
  }

  /** Takes the next task and has its payer called. */
  @PostMapping("/next")
  @ResponseStatus(HttpStatus.CREATED)
  CallList.Dialled dialNext(
      @RequestBody(required = false) @Nullable Request request, Principal principal) {
    CallList.Dialled dialled =
        list.dialNext(principal.getName(), request == null ? null : request.agentNumber())
            .orElseThrow(CallResource::nobody);
    audit.record(
        Actor.user(principal.getName()),
        "call-customer",
        "customer " + dialled.task().customerId(),
        null);
    return dialled;
  }

  /** Has a text read out, where the policy allows it. */
  @PostMapping("/announcement")
  @ResponseStatus(HttpStatus.CREATED)
  PhoneCalls.Begun announce(@RequestBody Request request, Principal principal) {
    String customer = required(request.customer());
    PhoneCalls.Begun begun = calls.announce(named.theOnlyPayer(customer).id(), principal.getName());
    audit.record(Actor.user(principal.getName()), "announce", "customer " + customer, null);
    return begun;
  }

  private static Problems.NotFound nobody() {
    return new Problems.NotFound("No call that may be made now waits for you");
  }

  private static String required(@Nullable String customer) {
    if (customer == null || customer.isBlank()) {
      throw new IllegalArgumentException("customer is missing: the number of whom to call");
    }
    return customer;
  }
}
