package io.relance.outreach;

import io.relance.engine.Job;
import io.relance.engine.Worker;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Contact;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of this module. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutreachSettings.class)
class NoticeWorkers {

  /**
   * @param tone where the model names none in a header
   */
  record RequestInput(long payerId, long invoiceId, @Nullable String tone) {}

  record RequestOutput(String noticeRequest) {}

  record PayerInput(long payerId) {}

  record PlanOutput(String noticePlan, @Nullable Contact contact) {}

  record SendOutput(boolean noticesLeft) {}

  record ChangeInput(long payerId, Permission permission) {}

  record Permission(@Nullable String channel) {}

  @Bean
  Worker<RequestInput, RequestOutput> requestNotice(NoticeRequests requests) {
    return new RequestNotice(requests);
  }

  @Bean
  Worker<PayerInput, PlanOutput> planNotice(NoticePlanner planner) {
    return new PlanNotice(planner);
  }

  @Bean
  Worker<PayerInput, SendOutput> sendNotice(NoticeSender sender) {
    return new SendNotice(sender);
  }

  @Bean
  Worker<ChangeInput, SendOutput> changeChannel(NoticeRequests requests) {
    return Worker.of(
        "outreach.change-channel",
        ChangeInput.class,
        (in, job) -> {
          if (job.ofFormerPayer()) {
            return new SendOutput(false); // the survivor's own process looks after all of it
          }
          String channel =
              Objects.requireNonNull(
                  in.permission().channel(), "contact-permission.dmn names no other channel");
          requests.changeChannel(in.payerId(), Channel.of(channel), job.elementInstanceKey());
          return new SendOutput(true);
        });
  }

  /**
   * Asks for a reminder of an invoice. The model gives channel and tone in headers; without them it
   * goes by the channel that works best, in the tone that the variable names.
   */
  record RequestNotice(NoticeRequests requests) implements Worker<RequestInput, RequestOutput> {

    @Override
    public String type() {
      return "outreach.request-notice";
    }

    @Override
    public Class<RequestInput> input() {
      return RequestInput.class;
    }

    @Override
    public RequestOutput handle(RequestInput input, Job job) {
      String channel = job.headerOr("channel", "");
      NoticeRequests.Outcome outcome =
          requests.request(
              input.payerId(),
              input.invoiceId(),
              channel.isEmpty() ? null : Channel.of(channel),
              Tone.of(
                  input.tone() == null ? job.header("tone") : job.headerOr("tone", input.tone())),
              String.valueOf(job.elementInstanceKey()));
      return new RequestOutput(
          outcome == NoticeRequests.Outcome.REQUESTED ? "requested" : "no-address");
    }
  }

  /** Says what is to be known of the payer's notice, or that nothing is asked for any more. */
  record PlanNotice(NoticePlanner planner) implements Worker<PayerInput, PlanOutput> {

    @Override
    public String type() {
      return "outreach.plan-notice";
    }

    @Override
    public Class<PayerInput> input() {
      return PayerInput.class;
    }

    @Override
    public PlanOutput handle(PayerInput input, Job job) {
      // who was merged into another payer is written to by that one's process
      Contact contact = job.ofFormerPayer() ? null : planner.plan(input.payerId());
      return new PlanOutput(contact == null ? "nothing" : "send", contact);
    }
  }

  /** Sends the payer's notice. */
  record SendNotice(NoticeSender sender) implements Worker<PayerInput, SendOutput> {

    @Override
    public String type() {
      return "outreach.send-notice";
    }

    @Override
    public Class<PayerInput> input() {
      return PayerInput.class;
    }

    @Override
    public boolean waitsForOthers() {
      return true;
    }

    @Override
    public Duration timeout(Duration usual) {
      return usual.multipliedBy(3); // a mail server may be slow to answer
    }

    @Override
    public SendOutput handle(PayerInput input, Job job) {
      return new SendOutput(!job.ofFormerPayer() && sender.send(input.payerId()));
    }
  }
}
