package io.relance.scoring;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The share of invoices paid late, by number: of those settled up to the day, and of those that are
 * open and overdue on it. With fewer than three of them there is too little to judge, and the payer
 * is taken as middling.
 */
@Component
class LateShareScores implements PayerScores {

  private static final int JUDGED_MIN = 3;

  private record Judged(int judged, int late) {}

  private final JdbcTemplate jdbc;

  LateShareScores(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public PayerScore scoreOf(long payerId, LocalDate asOf) {
    Judged counts =
        Objects.requireNonNull(
            jdbc.queryForObject(
                """
                SELECT COUNT(*) AS judged,
                       COALESCE(SUM(CASE WHEN settled_on IS NULL OR settled_on > due_date THEN 1 ELSE 0 END), 0) AS late
                FROM invoice
                WHERE payer_id = ? AND amount > 0 AND issue_date <= ?
                  AND (settled_on <= ? OR ((settled_on IS NULL OR settled_on > ?) AND due_date < ?))
                """,
                (rs, n) -> new Judged(rs.getInt("judged"), rs.getInt("late")),
                payerId,
                asOf,
                asOf,
                asOf,
                asOf));
    int judged = counts.judged();
    int late = counts.late();
    if (judged < JUDGED_MIN) {
      return new PayerScore(
          60,
          "C",
          List.of(
              "Only " + judged + " invoices to judge by; at least " + JUDGED_MIN + " are needed"));
    }
    int score = Math.round(100f * (judged - late) / judged);
    return new PayerScore(
        score,
        PayerScore.bandOf(score),
        List.of(
            late
                + " of "
                + judged
                + " invoices were paid after their due date, or are overdue now"));
  }
}
