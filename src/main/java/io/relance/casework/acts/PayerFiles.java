package io.relance.casework.acts;

import io.relance.casework.Timeline;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Files that people keep with a payer: what they sent, photographs, letters. */
@Component
public class PayerFiles {

  /** In bytes. */
  public static final int SIZE_MAX = 10_000_000;

  private static final int FILES_MAX = 200;

  /** A file without what is in it. */
  public record Listed(long id, String name, int size, String actor, Instant at) {

    /** For people; never none. */
    public int kilobytes() {
      return Math.max(1, size / 1000);
    }
  }

  /** A file. */
  public record Content(String name, byte[] bytes) {}

  private final JdbcTemplate jdbc;
  private final Balances balances;
  private final Timeline timeline;
  private final InstantSource clock;

  PayerFiles(JdbcTemplate jdbc, Balances balances, Timeline timeline, InstantSource clock) {
    this.jdbc = jdbc;
    this.balances = balances;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** The newest first. */
  public List<Listed> of(long payerId) {
    return query("payer_id = ? AND removed_at IS NULL ORDER BY stored_at DESC, id DESC", payerId);
  }

  /** What is in a file of this payer. */
  public Optional<Content> content(long payerId, long id) {
    return jdbc
        .query(
            "SELECT name, content FROM payer_file WHERE id = ? AND payer_id = ? AND removed_at IS NULL",
            (rs, n) -> new Content(rs.getString(1), rs.getBytes(2)),
            id,
            payerId)
        .stream()
        .findFirst();
  }

  /**
   * Keeps a file.
   *
   * @param name as its sender calls it; what no file's name should have becomes a hyphen
   * @param source of the form; the same one keeps one file
   * @return its id
   * @throws IllegalArgumentException if it is too large, or of a kind that is not kept
   */
  @Transactional
  public long keep(long payerId, String name, byte[] content, String source, Actor actor) {
    if (content.length > SIZE_MAX) {
      throw new IllegalArgumentException(
          "file has " + content.length + " bytes; " + SIZE_MAX + " is the most");
    }
    String kept = FileKinds.check(name, content);
    balances.lock(List.of(payerId));
    if (of(payerId).size() >= FILES_MAX) {
      throw new IllegalArgumentException(
          "a customer can have " + FILES_MAX + " files: remove some first");
    }
    int added =
        jdbc.update(
            "INSERT IGNORE INTO payer_file (payer_id, name, content, size, actor, source, stored_at) VALUES (?,?,?,?,?,?,?)",
            payerId,
            kept,
            content,
            content.length,
            actor.name(),
            source,
            Sql.timestamp(clock.instant()));
    long id =
        jdbc.queryForList("SELECT id FROM payer_file WHERE source = ?", Long.class, source)
            .getFirst();
    if (added == 1) {
      tell(payerId, "added", kept, String.valueOf(id), actor);
    }
    return id;
  }

  /**
   * @throws NoSuchElementException if the payer has no such file
   */
  @Transactional
  public void remove(long payerId, long id, Actor actor) {
    balances.lock(List.of(payerId));
    Listed file =
        query("id = ? AND payer_id = ? AND removed_at IS NULL", id, payerId).stream()
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("the customer has no file " + id));
    setRemoved(id, true);
    tell(payerId, "removed", file.name(), id + "-" + clock.instant().toEpochMilli(), actor);
  }

  boolean isThere(long id) {
    return !query("id = ? AND removed_at IS NULL", id).isEmpty();
  }

  void setRemoved(long id, boolean removed) {
    jdbc.update(
        "UPDATE payer_file SET removed_at = ? WHERE id = ?",
        removed ? Sql.timestamp(clock.instant()) : null,
        id);
  }

  private void tell(long payerId, String what, String name, String event, Actor actor) {
    timeline.tell(
        payerId,
        null,
        "file-" + what,
        actor,
        "File " + what + ": " + name,
        "file-" + what + "-" + event,
        null);
  }

  private List<Listed> query(String where, Object... arguments) {
    return jdbc.query(
        "SELECT id, name, size, actor, stored_at FROM payer_file WHERE " + where,
        (rs, n) ->
            new Listed(
                rs.getLong(1),
                rs.getString(2),
                rs.getInt(3),
                rs.getString(4),
                Sql.requiredInstant(rs, "stored_at")),
        arguments);
  }
}
