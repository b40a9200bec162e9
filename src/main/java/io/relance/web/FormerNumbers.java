package io.relance.web;

import io.relance.ledger.FormerPayers;
import java.beans.PropertyEditorSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Who looks for a customer by a number that was merged finds the customer that is left. */
@ControllerAdvice
class FormerNumbers {

  private final FormerPayers former;

  FormerNumbers(FormerPayers former) {
    this.former = former;
  }

  @InitBinder("customer")
  void lead(WebDataBinder binder) {
    binder.registerCustomEditor(
        String.class,
        new PropertyEditorSupport() {
          @Override
          public void setAsText(@Nullable String text) {
            setValue(text == null ? null : current(text));
          }
        });
  }

  private String current(String number) {
    return number.isBlank()
        ? number
        : former.find(number.strip()).map(FormerPayers.Former::into).orElse(number);
  }
}
