package io.relance.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The monthly report, for a browser. */
@Controller
class ReportPages {

  private final MonthlyReport reports;

  ReportPages(MonthlyReport reports) {
    this.reports = reports;
  }

  @GetMapping("/figures/report.pdf")
  ResponseEntity<byte[]> report(@RequestParam String month, FigureParams params) {
    try {
      return file(month, params);
    } catch (IllegalArgumentException wrong) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private ResponseEntity<byte[]> file(String month, FigureParams params) {
    return Downloads.pdf(reports.pdf(month, params), "relance-" + month + ".pdf");
  }

  /** The same for programs, in the language that they ask for. */
  @RestController
  static class Resource {

    private final ReportPages pages;

    Resource(ReportPages pages) {
      this.pages = pages;
    }

    @GetMapping("/api/v1/analytics/report/{month}.pdf")
    ResponseEntity<byte[]> report(@PathVariable String month, FigureParams params) {
      return pages.file(month, params);
    }
  }
}
