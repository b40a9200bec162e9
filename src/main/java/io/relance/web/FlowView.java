package io.relance.web;

import io.relance.analytics.flow.FlowFigures;
import io.relance.analytics.flow.FlowFilter;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** What page and API are asked for of a model, and what they show. */
@Component
class FlowView {

  private static final int DAYS = 90;

  /**
   * What is wanted; what is empty is not chosen.
   *
   * @param version null for all of them together
   * @param from null for ninety days ago
   * @param to null for today
   * @param creditor its code
   */
  record Wanted(
      @Nullable Integer version,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String creditor,
      @Nullable String segment,
      @Nullable String band,
      @Nullable String agent) {}

  /**
   * @param shown the version whose diagram is shown: the one that is wanted, or the newest
   */
  record Shown(
      List<FlowFigures.Version> versions,
      FlowFigures.Version shown,
      LocalDate from,
      LocalDate to,
      FlowFilter filter) {}

  private final FlowFigures figures;
  private final Creditors creditors;
  private final InstantSource clock;

  FlowView(FlowFigures figures, Creditors creditors, InstantSource clock) {
    this.figures = figures;
    this.creditors = creditors;
    this.clock = clock;
  }

  /**
   * What is meant.
   *
   * @throws ResponseStatusException 404 if there is no such model or version
   * @throws IllegalArgumentException if there is no such creditor, or the period ends before it
   *     begins
   */
  Shown choose(String model, Wanted wanted) {
    List<FlowFigures.Version> versions = figures.versions(model);
    FlowFigures.Version shown =
        versions.stream()
            .filter(v -> wanted.version() == null || v.version() == wanted.version())
            .findFirst()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    LocalDate to = wanted.to() == null ? today() : wanted.to();
    LocalDate from = wanted.from() == null ? to.minusDays(DAYS - 1L) : wanted.from();
    List<Long> keys =
        wanted.version() == null
            ? versions.stream().map(FlowFigures.Version::processKey).toList()
            : List.of(shown.processKey());
    FlowFilter filter =
        new FlowFilter(
            keys,
            from,
            to,
            creditorId(wanted.creditor()),
            chosen(wanted.segment()),
            chosen(wanted.band()),
            chosen(wanted.agent()));
    return new Shown(versions, shown, from, to, filter);
  }

  /** When a day begins. */
  Instant begin(LocalDate day) {
    return day.atStartOfDay(creditors.findAll().getFirst().calendar().zone()).toInstant();
  }

  LocalDate today() {
    return creditors.findAll().getFirst().calendar().dateOf(clock.instant());
  }

  /**
   * A version of a model.
   *
   * @throws ResponseStatusException 404 if there is none
   */
  FlowFigures.Version version(String model, int version) {
    return figures.versions(model).stream()
        .filter(v -> v.version() == version)
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private @Nullable Long creditorId(@Nullable String code) {
    if (chosen(code) == null) {
      return null;
    }
    return creditors
        .findByCode(String.valueOf(code))
        .map(Creditor::key)
        .orElseThrow(() -> new IllegalArgumentException("there is no creditor '" + code + "'"));
  }

  private static @Nullable String chosen(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
