package io.relance.casework.acts;

import org.jspecify.annotations.Nullable;

/** What people type into forms. */
final class Texts {

  private Texts() {}

  /**
   * @throws IllegalArgumentException if it is missing, or too long
   */
  static String required(String field, @Nullable String text, int charactersMax) {
    String words = optional(field, text, charactersMax);
    if (words == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return words;
  }

  /** Null if nothing but blanks is there. */
  static @Nullable String optional(String field, @Nullable String text, int charactersMax) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String words = text.strip();
    if (words.length() > charactersMax) {
      throw new IllegalArgumentException(
          field + " has " + words.length() + " characters; " + charactersMax + " is the most");
    }
    return words;
  }
}
