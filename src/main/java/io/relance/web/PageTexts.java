package io.relance.web;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;

/** Templates of pages that no browser asks for: what is printed, and what is mailed. */
@Component
class PageTexts {

  private final SpringTemplateEngine templates;
  private final ApplicationContext beans;

  PageTexts(SpringTemplateEngine templates, ApplicationContext beans) {
    this.templates = templates;
    this.beans = beans;
  }

  /**
   * The template in that language, for which everything that shows days and amounts counts, too.
   *
   * @param values that it names
   */
  String of(String template, Locale language, Map<String, ? extends @Nullable Object> values) {
    Context context = new Context(language);
    values.forEach(context::setVariable);
    context.setVariable(
        ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
        new ThymeleafEvaluationContext(beans, null));
    Locale before = LocaleContextHolder.getLocale();
    LocaleContextHolder.setLocale(language);
    try {
      return templates.process(template, context);
    } finally {
      LocaleContextHolder.setLocale(before);
    }
  }
}
