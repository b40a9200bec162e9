package io.relance.web;

import io.relance.designer.DraftChanged;
import io.relance.designer.ModelRefused;
import io.relance.designer.ReleaseRefused;
import io.relance.engine.DecisionFailed;
import io.relance.engine.ModelDeployer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What goes wrong in the studio, as RFC 9457 problems. */
@RestControllerAdvice(assignableTypes = StudioResource.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class StudioProblems {

  @ExceptionHandler
  ProblemDetail noModel(ModelRefused refused) {
    return Problems.problem(HttpStatus.UNPROCESSABLE_CONTENT, "model-refused", refused);
  }

  @ExceptionHandler
  ProblemDetail draftChanged(DraftChanged changed) {
    ProblemDetail problem = Problems.problem(HttpStatus.CONFLICT, "draft-changed", changed);
    problem.setProperty("revision", changed.revision());
    problem.setProperty("by", changed.by());
    return problem;
  }

  @ExceptionHandler
  ProblemDetail releaseRefused(ReleaseRefused refused) {
    ProblemDetail problem = Problems.problem(HttpStatus.CONFLICT, "release-refused", refused);
    problem.setProperty("findings", refused.findings());
    return problem;
  }

  @ExceptionHandler
  ProblemDetail decisionFailed(DecisionFailed failed) {
    return Problems.problem(HttpStatus.UNPROCESSABLE_CONTENT, "decision-failed", failed);
  }

  @ExceptionHandler
  ProblemDetail engineAway(ModelDeployer.NoAnswer away) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The engine does not answer. The release is written down and is deployed when it is back; look at the releases.");
    problem.setProperty("code", "engine-away");
    return problem;
  }
}
