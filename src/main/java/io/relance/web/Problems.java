package io.relance.web;

import io.relance.designer.running.RunningConflict;
import io.relance.ledger.PayerMergedMeanwhile;
import io.relance.ledger.csv.FileRefused;
import io.relance.outreach.TestMails;
import io.relance.outreach.templates.TemplateProblem;
import io.relance.outreach.twilio.PhoneCalls;
import io.relance.simulation.ClockRefused;
import io.relance.worklist.FormNotValid;
import io.relance.worklist.OnlyManagers;
import io.relance.worklist.TaskGone;
import io.relance.worklist.TaskNotYours;
import io.relance.worklist.TaskTaken;
import io.relance.worklist.TaskUnsure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Failures as RFC 9457 problems with a stable {@code code}, in words that say what to do. */
@RestControllerAdvice(annotations = org.springframework.web.bind.annotation.RestController.class)
@Order(0) // a RestController is a Controller, too: pages' problems come after these
class Problems extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  /** Nothing is at this address. */
  static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFound(String what) {
      super(what);
    }
  }

  /** What was sent is larger than it may be. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge(String what) {
      super(what);
    }
  }

  @ExceptionHandler
  ProblemDetail tooLarge(TooLarge large) {
    return problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", large);
  }

  @ExceptionHandler
  ProblemDetail notFound(NotFound missing) {
    return problem(HttpStatus.NOT_FOUND, "not-found", missing);
  }

  @ExceptionHandler
  ProblemDetail fileRefused(FileRefused refused) {
    return problem(HttpStatus.UNPROCESSABLE_CONTENT, "file-refused", refused);
  }

  @ExceptionHandler
  ProblemDetail taskGone(TaskGone gone) {
    return problem(HttpStatus.CONFLICT, "task-gone", gone);
  }

  @ExceptionHandler
  ProblemDetail taskTaken(TaskTaken taken) {
    return problem(HttpStatus.CONFLICT, "task-taken", taken);
  }

  @ExceptionHandler
  ProblemDetail taskNotYours(TaskNotYours others) {
    return problem(HttpStatus.FORBIDDEN, "task-not-yours", others);
  }

  @ExceptionHandler
  ProblemDetail onlyManagers(OnlyManagers refused) {
    return problem(HttpStatus.FORBIDDEN, "only-managers", refused);
  }

  @ExceptionHandler
  ProblemDetail taskUnsure(TaskUnsure unsure) {
    return problem(HttpStatus.SERVICE_UNAVAILABLE, "task-unsure", unsure);
  }

  @ExceptionHandler
  ProblemDetail formNotValid(FormNotValid invalid) {
    ProblemDetail problem = problem(HttpStatus.UNPROCESSABLE_CONTENT, "form-not-valid", invalid);
    problem.setProperty("problems", invalid.problems());
    return problem;
  }

  @ExceptionHandler
  ProblemDetail testNotSent(TestMails.NotSent away) {
    return problem(HttpStatus.SERVICE_UNAVAILABLE, "test-not-sent", away);
  }

  @ExceptionHandler
  ProblemDetail templateProblem(TemplateProblem unusable) {
    ProblemDetail problem =
        problem(HttpStatus.UNPROCESSABLE_CONTENT, "template-not-valid", unusable);
    problem.setProperty("problems", unusable.findings());
    return problem;
  }

  @ExceptionHandler
  ProblemDetail callNotAllowed(PhoneCalls.NotAllowed refused) {
    return problem(HttpStatus.CONFLICT, "call-not-allowed", refused);
  }

  @ExceptionHandler
  ProblemDetail callFailed(PhoneCalls.NotPutThrough failed) {
    return problem(HttpStatus.BAD_GATEWAY, "call-failed", failed);
  }

  @ExceptionHandler
  ProblemDetail clockRefused(ClockRefused refused) {
    return problem(
        refused.forbidden() ? HttpStatus.FORBIDDEN : HttpStatus.BAD_REQUEST,
        "clock-refused",
        refused);
  }

  @ExceptionHandler
  ProblemDetail mergedMeanwhile(PayerMergedMeanwhile moved) {
    return problem(HttpStatus.CONFLICT, "customer-merged", moved);
  }

  @ExceptionHandler
  ProblemDetail runningConflict(RunningConflict busy) {
    return problem(HttpStatus.CONFLICT, "running-conflict", busy);
  }

  @ExceptionHandler
  ProblemDetail badArgument(IllegalArgumentException bad) {
    return problem(HttpStatus.BAD_REQUEST, "bad-request", bad);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class
  })
  ProblemDetail databaseAway(Exception away) {
    log.warn("A request found the database away: {}", away.getMessage());
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The database does not answer now. Nothing was changed; try again in a moment.");
    problem.setProperty("code", "database-away");
    return problem;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException bad, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return unreadable(bad, Unreadable.said(bad), headers, status, request);
  }

  /** Of parameters that belong together, or of a body. */
  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException bad,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return unreadable(bad, Unreadable.said(bad), headers, status, request);
  }

  private @Nullable ResponseEntity<Object> unreadable(
      Exception bad, String said, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, said);
    problem.setProperty("code", "bad-request");
    return handleExceptionInternal(bad, problem, headers, status, request);
  }

  /** A failure in its own words. */
  static ProblemDetail problem(HttpStatus status, String code, Exception failure) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(status, String.valueOf(failure.getMessage()));
    problem.setProperty("code", code);
    return problem;
  }
}
