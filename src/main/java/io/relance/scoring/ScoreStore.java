package io.relance.scoring;

import io.relance.kernel.Sql;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps how scores changed: a row for each day on which one did. */
@Component
class ScoreStore {

  private static final TypeReference<List<PayerScore.Reason>> REASONS = new TypeReference<>() {};

  private final JdbcTemplate jdbc;
  private final JsonMapper json;
  private final InstantSource clock;

  ScoreStore(JdbcTemplate jdbc, JsonMapper json, InstantSource clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Keeps a score where it differs from the one that held before. A look back at a day for which a
   * later one is kept already changes nothing.
   */
  void keep(long payerId, LocalDate asOf, PayerScore score, PayerFacts facts, int version) {
    Optional<PayerScores.Past> last = history(payerId, 1).stream().findFirst();
    boolean isNews =
        last.map(
                past ->
                    !past.since().isAfter(asOf)
                        && (past.score() != score.score() || !past.band().equals(score.band())))
            .orElse(true);
    if (isNews) {
      jdbc.update(
          """
          INSERT INTO payer_score (payer_id, as_of, score, band, reasons, facts, decision_version, computed_at)
          VALUES (?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE score = VALUES(score), band = VALUES(band),
            reasons = VALUES(reasons), facts = VALUES(facts), decision_version = VALUES(decision_version),
            computed_at = VALUES(computed_at)
          """,
          payerId,
          asOf,
          score.score(),
          score.band(),
          json.writeValueAsString(score.reasons()),
          json.writeValueAsString(facts),
          version,
          Sql.timestamp(clock.instant()));
    }
  }

  Map<Long, String> latestBands(Collection<Long> payerIds) {
    Map<Long, String> bands = new HashMap<>();
    if (!payerIds.isEmpty()) {
      jdbc.query(
          "SELECT s.payer_id, s.band FROM payer_score s JOIN (SELECT payer_id, MAX(as_of) AS as_of FROM payer_score"
              + " WHERE payer_id IN ("
              + Sql.marks(payerIds.size())
              + ") GROUP BY payer_id) latest ON latest.payer_id = s.payer_id AND latest.as_of = s.as_of",
          rs -> {
            bands.put(rs.getLong(1), rs.getString(2));
          },
          payerIds.toArray());
    }
    return bands;
  }

  List<PayerScores.Past> history(long payerId, int max) {
    return jdbc.query(
        "SELECT as_of, score, band, reasons FROM payer_score WHERE payer_id = ? ORDER BY as_of DESC LIMIT "
            + max,
        (rs, n) ->
            new PayerScores.Past(
                Sql.requiredDate(rs, "as_of"),
                rs.getInt("score"),
                rs.getString("band"),
                json.readValue(rs.getString("reasons"), REASONS)),
        payerId);
  }
}
