package io.relance.web;

import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** A page that was asked for something that cannot be meant says what is wrong with it. */
@ControllerAdvice(annotations = Controller.class)
@Order(Ordered.LOWEST_PRECEDENCE)
class PageProblems {

  private static final Logger log = LoggerFactory.getLogger(PageProblems.class);

  @ExceptionHandler
  String badArgument(IllegalArgumentException bad, Model model, HttpServletResponse response) {
    log.info("A page was asked in a way that cannot be answered", bad);
    return refused(String.valueOf(bad.getMessage()), model, response);
  }

  @ExceptionHandler
  String unreadable(TypeMismatchException bad, Model model, HttpServletResponse response) {
    return refused(Unreadable.said(bad), model, response);
  }

  @ExceptionHandler
  String unreadable(BindException bad, Model model, HttpServletResponse response) {
    return refused(Unreadable.said(bad), model, response);
  }

  private static String refused(String reason, Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.BAD_REQUEST.value());
    model.addAttribute("status", HttpStatus.BAD_REQUEST.value());
    model.addAttribute("reason", reason);
    return "error";
  }
}
