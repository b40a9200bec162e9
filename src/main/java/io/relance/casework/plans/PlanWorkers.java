package io.relance.casework.plans;

import io.relance.casework.TaskAnswers;
import io.relance.engine.Worker;
import io.relance.kernel.Actor;
import io.relance.outreach.NoticeRequests;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of plans: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class PlanWorkers {

  record PlanInput(long planId) {}

  record TakenOutput(boolean planRuns, PlanFollower.Facts plan) {}

  /** What the form gives. */
  record Approval(@Nullable String outcome, @Nullable String note, @Nullable String completedBy) {}

  record StartInput(
      long planId, PlanFollower.@Nullable Policy planPolicy, @Nullable Approval planApproval) {}

  record StartOutput(List<PlanFollower.Followed> instalments) {}

  record Number(int number) {}

  record InstalmentInput(long planId, Number instalment) {}

  record JudgeOutput(PlanFollower.Judged instalmentFound) {}

  record NoticeOutput(String noticeRequest) {}

  record EndInput(long planId, @Nullable Approval planApproval) {}

  record EndOutput(String planState) {}

  @Bean
  Worker<PlanInput, TakenOutput> openPlan(PaymentPlans plans, PlanFollower follower) {
    return Worker.of(
        "casework.open-plan",
        PlanInput.class,
        (in, job) ->
            new TakenOutput(
                plans.take(in.planId(), job.processInstanceKey()), follower.factsOf(in.planId())));
  }

  @Bean
  Worker<StartInput, StartOutput> startPlan(PlanFollower follower, TaskAnswers answers) {
    return Worker.of(
        "casework.start-plan",
        StartInput.class,
        (in, job) ->
            new StartOutput(
                follower.start(
                    in.planId(),
                    in.planPolicy(),
                    actor(in.planApproval(), answers, job.processInstanceKey()))));
  }

  @Bean
  Worker<PlanInput, NoticeOutput> confirmPlan(PlanFollower follower) {
    return Worker.of(
        "casework.confirm-plan",
        PlanInput.class,
        (in, job) -> told(follower.confirm(in.planId(), job.elementInstanceKey())));
  }

  @Bean
  Worker<InstalmentInput, JudgeOutput> judgeInstalment(PlanFollower follower) {
    return Worker.of(
        "casework.judge-instalment",
        InstalmentInput.class,
        (in, job) -> new JudgeOutput(follower.judge(in.planId(), in.instalment().number())));
  }

  @Bean
  Worker<InstalmentInput, NoticeOutput> remindOfInstalment(PlanFollower follower) {
    return Worker.of(
        "casework.remind-of-instalment",
        InstalmentInput.class,
        (in, job) ->
            told(follower.remind(in.planId(), in.instalment().number(), job.elementInstanceKey())));
  }

  /** The model says in a header how it ends. */
  @Bean
  Worker<EndInput, EndOutput> endPlan(
      PaymentPlans plans, PlanFollower follower, TaskAnswers answers) {
    return Worker.of(
        "casework.end-plan",
        EndInput.class,
        (in, job) -> {
          String state = job.header("state");
          switch (state) {
            case "broken" -> follower.breakPlan(in.planId());
            case "refused" ->
                plans.end(
                    in.planId(),
                    state,
                    in.planApproval() == null
                        ? "against the policy for plans"
                        : in.planApproval().note(),
                    actor(in.planApproval(), answers, job.processInstanceKey()));
            case "kept" -> plans.end(in.planId(), state, null, Actor.system("casework"));
            default ->
                throw new IllegalArgumentException(
                    "header state is '" + state + "': it is kept, broken or refused");
          }
          return new EndOutput(state);
        });
  }

  private static NoticeOutput told(NoticeRequests.Outcome outcome) {
    return new NoticeOutput(outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Who approved or refused; without such a task, the policy did. */
  private static Actor actor(
      @Nullable Approval approval, TaskAnswers answers, long processInstanceKey) {
    return approval == null
        ? Actor.system("plan-policy")
        : answers.whoCompleted(approval.completedBy(), processInstanceKey);
  }
}
