package io.relance.designer;

/** A file that is no model, in words that name the file, the place and the remedy. */
public final class ModelRefused extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ModelRefused(String words) {
    super(words);
  }
}
