package io.relance.outreach.templates;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.outreach.permission.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The words of messages: the files {@code outreach/<language>/<tone>.<channel>.md}, and in front of
 * them what designers changed. Each change is a version that stays.
 */
@Component
public class MessageTemplates {

  /**
   * A version.
   *
   * @param source empty where the version is a return to what is shipped
   * @param savedAt null for what is shipped
   */
  public record Version(
      int version,
      String source,
      @Nullable String note,
      @Nullable String actor,
      @Nullable Instant savedAt) {}

  /** A kind of message in a list; version 0 is what is shipped. */
  public record Overview(
      String language,
      String tone,
      String channel,
      int version,
      @Nullable String actor,
      @Nullable Instant savedAt) {}

  private record Cached(String source, CompiledTemplate compiled) {}

  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final Map<TemplateKey, Optional<String>> shipped = new ConcurrentHashMap<>();
  private final Map<TemplateKey, Cached> compiled = new ConcurrentHashMap<>();

  MessageTemplates(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What a message of this kind says now: its own words, or those that stand in for them.
   *
   * @throws IllegalStateException if there are none
   */
  public CompiledTemplate use(TemplateKey key) {
    Optional<TemplateKey> at = Optional.of(key);
    while (at.isPresent()) {
      Optional<Version> version = current(at.get());
      if (version.isPresent()) {
        return compile(at.get(), version.get());
      }
      at = at.get().otherwise();
    }
    throw new IllegalStateException("There are no words for " + key);
  }

  /**
   * Whose words a message of this kind says: its own, or those that stand in for them.
   *
   * @throws IllegalStateException if there are none
   */
  public TemplateKey usedFor(TemplateKey key) {
    Optional<TemplateKey> next = Optional.of(key);
    while (next.isPresent() && current(next.get()).isEmpty()) {
      next = next.get().otherwise();
    }
    return next.orElseThrow(() -> new IllegalStateException("There are no words for " + key));
  }

  private CompiledTemplate compile(TemplateKey key, Version version) {
    Cached cached = compiled.get(key);
    if (cached != null
        && cached.source().equals(version.source())
        && cached.compiled().version() == version.version()) {
      return cached.compiled();
    }
    CompiledTemplate fresh = CompiledTemplate.of(key, version.source(), version.version());
    compiled.put(key, new Cached(version.source(), fresh));
    return fresh;
  }

  /**
   * Words that are not saved, to be looked at.
   *
   * @throws TemplateProblem if they cannot be used
   */
  public CompiledTemplate tryOut(TemplateKey key, String source) {
    return CompiledTemplate.of(key, source, current(key).map(Version::version).orElse(0));
  }

  /** The newest version of this very kind; empty if another kind's words stand in for it. */
  public Optional<Version> current(TemplateKey key) {
    Optional<Version> newest = history(key, 1).stream().findFirst();
    if (newest.isPresent() && !newest.get().source().isEmpty()) {
      return newest;
    }
    int version = newest.map(Version::version).orElse(0);
    return shipped(key).map(source -> new Version(version, source, null, null, null));
  }

  /** What Relance ships for this kind. */
  public Optional<String> shipped(TemplateKey key) {
    return shipped.computeIfAbsent(key, MessageTemplates::read);
  }

  private static Optional<String> read(TemplateKey key) {
    String file =
        "/outreach/" + key.language() + "/" + key.tone() + "." + key.channel().word() + ".md";
    try (InputStream in = MessageTemplates.class.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** Versions that were saved, the newest first. */
  public List<Version> history(TemplateKey key, int limit) {
    return jdbc.query(
        "SELECT version, source, note, actor, saved_at FROM message_template WHERE language = ? AND tone = ? AND channel = ?"
            + " ORDER BY version DESC LIMIT "
            + limit,
        (rs, n) ->
            new Version(
                rs.getInt(1),
                rs.getString(2) == null ? "" : rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                Sql.instant(rs, "saved_at")),
        key.language(),
        key.tone(),
        key.channel().word());
  }

  /** All kinds that have words of their own, in the order of an invoice's life. */
  public List<Overview> list() {
    Map<String, Overview> changed = new ConcurrentHashMap<>();
    jdbc.query(
        """
        SELECT t.language, t.tone, t.channel, t.version, t.actor, t.saved_at, t.source FROM message_template t
        JOIN (SELECT language, tone, channel, MAX(version) AS version FROM message_template GROUP BY language, tone, channel) m
          ON m.language = t.language AND m.tone = t.tone AND m.channel = t.channel AND m.version = t.version
        """,
        rs -> {
          boolean back = rs.getString(7) == null;
          changed.put(
              rs.getString(1) + rs.getString(2) + rs.getString(3),
              new Overview(
                  rs.getString(1),
                  rs.getString(2),
                  rs.getString(3),
                  back ? 0 : rs.getInt(4),
                  rs.getString(5),
                  Sql.instant(rs, "saved_at")));
        });
    List<Overview> all = new ArrayList<>();
    for (String tone : TemplateKey.TONES) {
      for (Channel channel : TemplateKey.CHANNELS) {
        if (tone.equals("formal") && channel != Channel.LETTER) {
          continue;
        }
        for (String language : TemplateKey.LANGUAGES) {
          Overview own = changed.get(language + tone + channel.word());
          if (own != null && own.version() > 0) {
            all.add(own);
          } else if (shipped(new TemplateKey(language, tone, channel)).isPresent()) {
            all.add(new Overview(language, tone, channel.word(), 0, null, null));
          }
        }
      }
    }
    return all;
  }

  /**
   * Has these words used from now on.
   *
   * @param basedOn the version that was changed: 0 if none was saved before
   * @return the new version
   * @throws TemplateProblem if they cannot be used
   * @throws IllegalArgumentException if somebody else saved a version meanwhile
   */
  @Transactional
  public int save(TemplateKey key, String source, @Nullable String note, int basedOn, Actor actor) {
    CompiledTemplate.tryOut(key, source);
    return add(key, source, note, basedOn, actor);
  }

  /**
   * Has the shipped words used again.
   *
   * @return the new version
   */
  @Transactional
  public int reset(TemplateKey key, int basedOn, Actor actor) {
    return add(key, null, "back to what is shipped", basedOn, actor);
  }

  private int add(
      TemplateKey key, @Nullable String source, @Nullable String note, int basedOn, Actor actor) {
    int newest = history(key, 1).stream().findFirst().map(Version::version).orElse(0);
    if (newest != basedOn) {
      throw changedMeanwhile(newest);
    }
    try {
      jdbc.update(
          "INSERT INTO message_template (language, tone, channel, version, source, note, actor, saved_at) VALUES (?,?,?,?,?,?,?,?)",
          key.language(),
          key.tone(),
          key.channel().word(),
          newest + 1,
          source,
          Sql.fit(note, 200),
          actor.name(),
          Sql.timestamp(clock.instant()));
    } catch (DuplicateKeyException other) {
      throw changedMeanwhile(newest + 1);
    }
    return newest + 1;
  }

  private static IllegalArgumentException changedMeanwhile(int newest) {
    return new IllegalArgumentException(
        "basedOn is not the newest version, which is "
            + newest
            + ": somebody saved it meanwhile; look at theirs and save again");
  }

  /** The names that words of this kind may use. */
  public List<String> names(TemplateKey key) {
    return CompiledTemplate.names(key);
  }
}
