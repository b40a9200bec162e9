package io.relance.scoring;

import io.relance.kernel.Sql;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The trained models: one a creditor and week, each kept with the day up to which it learned. */
@Component
class PayDateModels {

  /** What is older or more than that hardly changes a model. */
  static final int HISTORY_MAX = 200_000;

  private static final int TRAINED_EVERY_DAYS = 7;
  private static final Logger log = LoggerFactory.getLogger(PayDateModels.class);

  /**
   * @param model null where there was too little history
   */
  record Trained(LocalDate asOf, @Nullable PayDateModel model) {}

  private final JdbcTemplate jdbc;
  private final JsonMapper json;
  private final InstantSource clock;

  PayDateModels(JdbcTemplate jdbc, JsonMapper json, InstantSource clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /** The model that holds on a day; empty before the first one was trained. */
  Optional<Trained> of(long creditorId, LocalDate asOf) {
    return jdbc
        .query(
            "SELECT as_of, parameters FROM pay_date_model WHERE creditor_id = ? AND as_of <= ? ORDER BY as_of DESC LIMIT 1",
            (rs, n) -> {
              String parameters = rs.getString("parameters");
              return new Trained(
                  Sql.requiredDate(rs, "as_of"),
                  parameters == null ? null : json.readValue(parameters, PayDateModel.class));
            },
            creditorId,
            asOf)
        .stream()
        .findFirst();
  }

  /** Trains a model if the last one is a week old; with too little history, each day. */
  void trainIfDue(long creditorId, LocalDate today) {
    boolean fresh =
        of(creditorId, today)
            .map(
                last ->
                    last.asOf()
                        .isAfter(today.minusDays(last.model() == null ? 1 : TRAINED_EVERY_DAYS)))
            .orElse(false);
    if (!fresh) {
      train(creditorId, today);
    }
  }

  private void train(long creditorId, LocalDate asOf) {
    List<PaidInvoice> paid = paid(creditorId, asOf);
    PayDateModel model = PayDateTrainer.train(paid).orElse(null);
    jdbc.update(
        """
        INSERT INTO pay_date_model (creditor_id, as_of, history, parameters, trained_at) VALUES (?,?,?,?,?)
        ON DUPLICATE KEY UPDATE history = VALUES(history), parameters = VALUES(parameters), trained_at = VALUES(trained_at)
        """,
        creditorId,
        asOf,
        paid.size(),
        model == null ? null : json.writeValueAsString(model),
        Sql.timestamp(clock.instant()));
    log.info(
        "Pay dates: creditor {} up to {}, {} paid invoices{}",
        creditorId,
        asOf,
        paid.size(),
        model == null ? ": too little history" : "");
  }

  /** What a creditor's payers paid up to a day, the newest if there are too many. */
  List<PaidInvoice> paid(long creditorId, LocalDate asOf) {
    return jdbc.query(
        SELECT
            + " WHERE i.creditor_id = ? AND i.settled_on <= ? AND i.amount > 0 AND i.outcome IS NULL"
            + " ORDER BY i.settled_on DESC LIMIT "
            + HISTORY_MAX,
        (rs, n) -> paidInvoice(rs),
        creditorId,
        asOf);
  }

  /** What one payer paid up to a day. */
  List<PaidInvoice> paidBy(long payerId, LocalDate asOf) {
    return jdbc.query(
        SELECT
            + " WHERE i.payer_id = ? AND i.settled_on <= ? AND i.amount > 0 AND i.outcome IS NULL",
        (rs, n) -> paidInvoice(rs),
        payerId,
        asOf);
  }

  private static final String SELECT =
      "SELECT i.payer_id, i.issue_date, i.due_date, i.settled_on, i.amount, i.disputed OR i.was_disputed AS disputed, p.einvoice_since"
          + " FROM invoice i JOIN payer p ON p.id = i.payer_id";

  private static PaidInvoice paidInvoice(java.sql.ResultSet rs) throws java.sql.SQLException {
    LocalDate issued = Sql.requiredDate(rs, "issue_date");
    LocalDate electronic = Sql.date(rs, "einvoice_since");
    return new PaidInvoice(
        rs.getLong("payer_id"),
        issued,
        Sql.requiredDate(rs, "due_date"),
        Sql.requiredDate(rs, "settled_on"),
        rs.getDouble("amount"),
        electronic != null && !electronic.isAfter(issued),
        rs.getBoolean("disputed"));
  }
}
