package io.relance.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Says which part of an address or a form cannot be read, and how to write it. */
final class Unreadable {

  private Unreadable() {}

  /** Of a parameter that stands alone. */
  static String said(TypeMismatchException mismatch) {
    String name =
        mismatch instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(mismatch.getPropertyName());
    return said(name, mismatch.getValue(), mismatch.getRequiredType());
  }

  /** Of the first of several that belong together. */
  static String said(BindException bad) {
    FieldError first = bad.getFieldError();
    if (first == null) {
      return "something of the address cannot be read";
    }
    return said(first.getField(), first.getRejectedValue(), bad.getFieldType(first.getField()));
  }

  private static String said(String name, @Nullable Object value, @Nullable Class<?> type) {
    return name + " is '" + value + "', which cannot be read: " + remedy(type);
  }

  private static String remedy(@Nullable Class<?> type) {
    if (type == LocalDate.class) {
      return "write a day, like 2026-03-02";
    }
    if (type == Instant.class) {
      return "write a moment, like 2026-03-02T09:30:00Z";
    }
    if (type != null && type.isEnum()) {
      return "it can be "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "write true or false";
    }
    if (type != null && (type.isPrimitive() || Number.class.isAssignableFrom(type))) {
      return "write a number";
    }
    return "write it differently";
  }
}
