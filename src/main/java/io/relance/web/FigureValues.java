package io.relance.web;

import io.relance.analytics.Figure;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Figures as the API gives them: with their unit and definition, or why there is none. */
@Component
class FigureValues {

  /**
   * A figure.
   *
   * @param value null where it cannot be computed
   * @param because why not
   */
  record Value(
      @Nullable BigDecimal value, String unit, @Nullable String because, String definition) {}

  private final MessageSource messages;

  FigureValues(MessageSource messages) {
    this.messages = messages;
  }

  Value of(String name, Figure figure) {
    return switch (figure) {
      case Figure.Known known ->
          new Value(known.value(), known.unit().word(), null, definition(name));
      case Figure.Unknown unknown ->
          new Value(
              null,
              unknown.unit().word(),
              "cannot be computed, because " + unknown.why().text(),
              definition(name));
    };
  }

  /** What it is, in English as all of the API. */
  String definition(String name) {
    return messages.getMessage("figures.definition." + name, null, Locale.ENGLISH);
  }
}
