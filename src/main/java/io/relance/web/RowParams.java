package io.relance.web;

import io.relance.analytics.AgreementRows;
import io.relance.analytics.ContactRows;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.util.UriUtils;

/** Which rows behind the numbers of the work an address asks for. */
final class RowParams {

  private RowParams() {}

  /** What an address asks for of contacts. */
  record Contacts(
      @Nullable String kind,
      @Nullable String outcome,
      @Nullable String channel,
      @Nullable String result,
      @Nullable String reason,
      @Nullable String by) {

    ContactRows.Asked asked() {
      return new ContactRows.Asked(
          ContactRows.Kind.of(kind),
          TaskPages.blankToNull(outcome),
          TaskPages.blankToNull(channel),
          TaskPages.blankToNull(result),
          TaskPages.blankToNull(reason),
          TaskPages.blankToNull(by));
    }

    String query() {
      return queryOf(
          "kind", kind, "outcome", outcome, "channel", channel, "result", result, "reason", reason,
          "by", by);
    }
  }

  /** What an address asks for of promises, plans, disputes and tasks. */
  record Agreements(
      @Nullable String kind,
      @Nullable String state,
      @Nullable String reason,
      @Nullable String by,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate week) {

    AgreementRows.Asked asked() {
      return new AgreementRows.Asked(
          AgreementRows.Kind.of(kind),
          TaskPages.blankToNull(state),
          TaskPages.blankToNull(reason),
          TaskPages.blankToNull(by),
          week);
    }

    String query() {
      String monday = week == null ? null : week.toString();
      return queryOf("kind", kind, "state", state, "reason", reason, "by", by, "week", monday);
    }
  }

  private static String queryOf(@Nullable String... namesAndValues) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String value = namesAndValues[i + 1];
      if (value != null) {
        query
            .append(namesAndValues[i])
            .append('=')
            .append(UriUtils.encode(value, StandardCharsets.UTF_8))
            .append('&');
      }
    }
    return query.toString();
  }
}
