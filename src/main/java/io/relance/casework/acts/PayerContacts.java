package io.relance.casework.acts;

import io.relance.casework.Timeline;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people who answer for a payer. They are for whoever calls; reminders go to the address that
 * the ledger has.
 */
@Component
public class PayerContacts {

  private static final int PEOPLE_MAX = 50;
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  /**
   * What is known of somebody.
   *
   * @param role such as accounting, or managing director
   * @param language ISO 639-1
   */
  public record Details(
      @Nullable String name,
      @Nullable String role,
      @Nullable String phone,
      @Nullable String mobile,
      @Nullable String email,
      @Nullable String language,
      @Nullable String note) {}

  /** Somebody who answers for the payer, and who entered that. */
  public record Contact(
      long id,
      String name,
      @Nullable String role,
      @Nullable String phone,
      @Nullable String mobile,
      @Nullable String email,
      @Nullable String language,
      @Nullable String note,
      String actor,
      Instant at) {}

  private record Row(long payerId, Contact contact, @Nullable Long replaces, boolean removed) {

    String words() {
      return contact.name() + (contact.role() == null ? "" : " (" + contact.role() + ")");
    }
  }

  private final JdbcTemplate jdbc;
  private final Balances balances;
  private final Timeline timeline;
  private final InstantSource clock;

  PayerContacts(JdbcTemplate jdbc, Balances balances, Timeline timeline, InstantSource clock) {
    this.jdbc = jdbc;
    this.balances = balances;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** In the order of their names. */
  public List<Contact> of(long payerId) {
    return query("payer_id = ? AND removed_at IS NULL ORDER BY name, id", payerId).stream()
        .map(Row::contact)
        .toList();
  }

  /**
   * Adds somebody.
   *
   * @param source of the form; the same one adds once
   * @return their id
   * @throws IllegalArgumentException without a name, without any way to reach them, or with what is
   *     no telephone number, address or language
   */
  @Transactional
  public long add(long payerId, Details given, String source, Actor actor) {
    Details details = checked(given);
    balances.lock(List.of(payerId));
    if (of(payerId).size() >= PEOPLE_MAX) {
      throw new IllegalArgumentException(
          "a customer can have " + PEOPLE_MAX + " contacts: remove some first");
    }
    return keep(payerId, details, null, source, "added", actor);
  }

  /**
   * Changes what is known of somebody; they have a new id then.
   *
   * @throws NoSuchElementException if they are not among the payer's contacts
   */
  @Transactional
  public long change(long payerId, long id, Details given, String source, Actor actor) {
    Details details = checked(given);
    balances.lock(List.of(payerId));
    Optional<Long> earlier = bySource(source);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    require(payerId, id);
    setRemoved(id, true);
    return keep(payerId, details, id, source, "changed", actor);
  }

  /**
   * @throws NoSuchElementException if they are not among the payer's contacts
   */
  @Transactional
  public void remove(long payerId, long id, Actor actor) {
    balances.lock(List.of(payerId));
    Row row = require(payerId, id);
    setRemoved(id, true);
    tell(row.words(), payerId, id, "removed", id + "-" + clock.instant().toEpochMilli(), actor);
  }

  /** Whether they are among the payer's contacts. */
  boolean isThere(long id) {
    return query("id = ?", id).stream().anyMatch(row -> !row.removed());
  }

  /** What was added was not; what it replaced is there again. */
  void takeBack(long id) {
    Row row = query("id = ?", id).getFirst();
    setRemoved(id, true);
    if (row.replaces() != null) {
      setRemoved(row.replaces(), false);
    }
  }

  void restore(long id) {
    setRemoved(id, false);
  }

  private void setRemoved(long id, boolean removed) {
    jdbc.update(
        "UPDATE payer_contact SET removed_at = ? WHERE id = ?",
        removed ? Sql.timestamp(clock.instant()) : null,
        id);
  }

  private Row require(long payerId, long id) {
    return query("id = ?", id).stream()
        .filter(row -> row.payerId() == payerId && !row.removed())
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("the customer has no contact " + id));
  }

  private long keep(
      long payerId,
      Details details,
      @Nullable Long replaces,
      String source,
      String what,
      Actor actor) {
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO payer_contact (payer_id, name, role, phone, mobile, email, language, note, replaces, actor, source, created_at)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
            """,
            payerId,
            details.name(),
            details.role(),
            details.phone(),
            details.mobile(),
            details.email(),
            details.language(),
            details.note(),
            replaces,
            actor.name(),
            source,
            Sql.timestamp(clock.instant()));
    long id = bySource(source).orElseThrow();
    if (added == 1) {
      Row row = query("id = ?", id).getFirst();
      tell(row.words(), payerId, id, what, String.valueOf(id), actor);
    }
    return id;
  }

  private void tell(String words, long payerId, long id, String what, String event, Actor actor) {
    timeline.tell(
        payerId,
        null,
        "contact-" + what,
        actor,
        "Contact " + what + ": " + words,
        "contact-" + what + "-" + event,
        null);
  }

  private Optional<Long> bySource(String source) {
    return jdbc
        .queryForList("SELECT id FROM payer_contact WHERE source = ?", Long.class, source)
        .stream()
        .findFirst();
  }

  private static Details checked(Details given) {
    Details details =
        new Details(
            Texts.required("name", given.name(), 100),
            Texts.optional("role", given.role(), 60),
            matching("phone", given.phone(), "[+0-9][0-9 ()./-]{3,38}", "a telephone number"),
            matching("mobile", given.mobile(), "[+0-9][0-9 ()./-]{3,38}", "a telephone number"),
            matching(
                "email",
                given.email(),
                "[^@\\s<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,189}",
                "an e-mail address"),
            Texts.optional("language", given.language(), 2),
            Texts.optional("note", given.note(), 300));
    if (details.language() != null && !LANGUAGES.contains(details.language())) {
      throw new IllegalArgumentException(
          "language is '" + details.language() + "': give a code of two letters, such as fr");
    }
    if (details.phone() == null && details.mobile() == null && details.email() == null) {
      throw new IllegalArgumentException(
          "phone, mobile and email are missing: give one way to reach them");
    }
    return details;
  }

  private static @Nullable String matching(
      String field, @Nullable String text, String pattern, String what) {
    String words = Texts.optional(field, text, 254);
    if (words != null && !words.matches(pattern)) {
      throw new IllegalArgumentException(field + " is '" + words + "', which is not " + what);
    }
    return words;
  }

  private List<Row> query(String where, long argument) {
    return jdbc.query(
        "SELECT id, name, role, phone, mobile, email, language, note, actor, created_at, payer_id, replaces, removed_at"
            + " FROM payer_contact WHERE "
            + where,
        (rs, n) ->
            new Row(
                rs.getLong("payer_id"),
                new Contact(
                    rs.getLong(1),
                    rs.getString(2),
                    rs.getString(3),
                    rs.getString(4),
                    rs.getString(5),
                    rs.getString(6),
                    rs.getString(7),
                    rs.getString(8),
                    rs.getString(9),
                    Sql.requiredInstant(rs, "created_at")),
                Sql.number(rs, "replaces"),
                Sql.instant(rs, "removed_at") != null),
        argument);
  }
}
