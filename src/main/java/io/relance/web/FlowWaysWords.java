package io.relance.web;

import io.relance.analytics.flow.FlowPaths;
import io.relance.analytics.flow.Interval;
import io.relance.analytics.flow.VersionComparison;
import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Ways, shares and intervals as the reader of a page would write them. */
@Component
class FlowWaysWords {

  private static final String THEN = " \u2192 ";

  private final PageWords say;
  private final InstantSource clock;

  FlowWaysWords(PageWords say, InstantSource clock) {
    this.say = say;
    this.clock = clock;
  }

  /** The steps of a way, one after the other. */
  public String way(List<FlowPaths.Part> parts) {
    return parts.isEmpty()
        ? say.text("ways.no-steps")
        : parts.stream().map(this::part).collect(Collectors.joining(THEN));
  }

  private String part(FlowPaths.Part part) {
    if (part.steps().isEmpty()) {
      return say.text("ways.cut");
    }
    String steps = part.steps().stream().map(this::step).collect(Collectors.joining(THEN));
    if (part.times() == 1) {
      return steps;
    }
    String round = part.steps().size() > 1 ? "(" + steps + ")" : steps;
    return say.text(part.orMore() ? "ways.times-or-more" : "ways.times", round, part.times());
  }

  /** The name of a step in the reader's language, while it is the one that we ship. */
  public String step(FlowPaths.Step step) {
    return say.element(step.elementId(), step.name());
  }

  /** A part of one as a percentage; nothing for none. */
  public String percent(@Nullable Double share) {
    return share == null ? "" : number(100 * share) + "\u00a0%";
  }

  /** A share with what it lies between. */
  public String share(@Nullable Interval interval) {
    return interval == null
        ? say.text("ways.versions.none")
        : say.text(
            "ways.interval",
            number(100 * interval.value()),
            number(100 * interval.low()),
            number(100 * interval.high()));
  }

  /** A difference in points of a percentage, with what it lies between. */
  public String points(@Nullable Interval interval) {
    return interval == null
        ? say.text("ways.versions.none")
        : say.text(
            "ways.points",
            signed(interval.value()),
            signed(interval.low()),
            signed(interval.high()));
  }

  /** What a difference means: more, less, or not certain. */
  public String meaning(@Nullable Interval interval, int a, int b) {
    if (interval == null) {
      return "";
    }
    String key =
        interval.low() > 0
            ? "ways.meaning.more"
            : interval.high() < 0 ? "ways.meaning.less" : "ways.meaning.open";
    return say.text(key, a, b);
  }

  public String warning(VersionComparison.Warning warning) {
    String key = "ways.warning." + warning.why().name().toLowerCase(Locale.ROOT);
    return say.text(
        key,
        warning.what().isEmpty() ? say.text("ways.warning.nobody") : warning.what(),
        number(warning.a()),
        number(warning.b()));
  }

  /** What came in of what was open, in the first currency. */
  public String collected(List<Money> cash, List<Money> open) {
    return open.stream()
        .map(
            of -> {
              Optional<Money> came =
                  cash.stream().filter(c -> c.currencyCode().equals(of.currencyCode())).findFirst();
              return came.filter(c -> of.isPositive())
                  .map(
                      c ->
                          number(
                                  c.amount()
                                      .multiply(BigDecimal.valueOf(100))
                                      .divide(of.amount(), 4, RoundingMode.HALF_UP)
                                      .doubleValue())
                              + "\u00a0% "
                              + of.currencyCode())
                  .orElse("");
            })
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  public String money(List<Money> amounts) {
    return amounts.stream()
        .map(amount -> amount.format(LocaleContextHolder.getLocale()))
        .collect(Collectors.joining(", "));
  }

  /** How long it took, or takes until now. */
  public String took(Instant from, @Nullable Instant to) {
    return say.duration(Duration.between(from, to == null ? clock.instant() : to));
  }

  private static String signed(double share) {
    String text = number(Math.abs(100 * share));
    return share < 0 ? "\u2212" + text : share > 0 ? "+" + text : text;
  }

  private static String number(double value) {
    NumberFormat format = NumberFormat.getNumberInstance(LocaleContextHolder.getLocale());
    format.setMaximumFractionDigits(1);
    return format.format(value);
  }
}
