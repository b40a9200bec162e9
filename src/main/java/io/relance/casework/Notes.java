package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a person writes down on a payer's timeline. */
@Component
public class Notes {

  private static final int TEXT_MAX = 900;

  /** What is noted, and how its line begins. */
  private static final Map<String, String> KINDS =
      Map.of("note", "Note: ", "inbound-call", "The payer called: ");

  private final Timeline timeline;

  Notes(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * @param kind {@code note}, or {@code inbound-call}
   * @throws IllegalArgumentException for another kind, or if there is no text, or too much
   */
  @Transactional
  public void add(long payerId, String kind, String text, Actor actor) {
    if (!KINDS.containsKey(kind)) {
      throw new IllegalArgumentException("kind is '" + kind + "'; it is note or inbound-call");
    }
    String words = text.strip();
    if (words.isEmpty()) {
      throw new IllegalArgumentException("text is missing: say what is to be noted");
    }
    if (words.length() > TEXT_MAX) {
      throw new IllegalArgumentException(
          "text has " + words.length() + " characters; " + TEXT_MAX + " is the most");
    }
    timeline.tell(
        payerId,
        null,
        kind,
        actor,
        Objects.requireNonNull(Sql.fit(KINDS.get(kind) + words, 1000)),
        kind + "-" + UUID.randomUUID(),
        null);
  }
}
