package io.relance.casework;

import io.relance.engine.DecisionSubjects;
import io.relance.kernel.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live cases, as {@code treatment} would be asked about them now. A case on hold is not asked
 * about, and is left out.
 */
@Component
class TreatmentSubjects implements DecisionSubjects {

  private static final int AT_ONCE = 500;
  private static final long LOT = 1;
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private record Live(long id, long invoiceId, String invoice, String number, String name) {}

  private final JdbcTemplate jdbc;
  private final Situations situations;
  private final JsonMapper json;
  private final TransactionTemplate reading;

  TreatmentSubjects(
      JdbcTemplate jdbc,
      Situations situations,
      JsonMapper json,
      PlatformTransactionManager transactions) {
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.jdbc = jdbc;
    this.situations = situations;
    this.json = json;
  }

  @Override
  public String decisionId() {
    return "treatment";
  }

  @Override
  public int count() {
    Integer live =
        jdbc.queryForObject("SELECT COUNT(*) FROM collection_case WHERE live = 1", Integer.class);
    return live == null ? 0 : live;
  }

  /** All of them as of one moment. */
  @Override
  public void read(Predicate<Subject> reader) {
    reading.executeWithoutResult(status -> readNow(reader));
  }

  private void readNow(Predicate<Subject> reader) {
    List<Long> ids = new ArrayList<>(live());
    Collections.shuffle(ids, new Random(LOT));
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      for (Live one : cases(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)))) {
        Situations.Situation situation = situations.look(one.id(), one.invoiceId());
        if (situation.hold().equals("none")
            && !reader.test(
                new Subject(
                    one.number(),
                    one.name(),
                    one.invoice(),
                    Map.of("situation", json.convertValue(situation, MAP))))) {
          return;
        }
      }
    }
  }

  private List<Long> live() {
    return jdbc.queryForList(
        "SELECT id FROM collection_case WHERE live = 1 ORDER BY id", Long.class);
  }

  private List<Live> cases(List<Long> ids) {
    return jdbc.query(
        """
        SELECT c.id, c.invoice_id, i.number, p.number, p.name FROM collection_case c
        JOIN invoice i ON i.id = c.invoice_id JOIN payer p ON p.id = c.payer_id
        WHERE c.live = 1 AND c.id IN (\
        """
            + Sql.marks(ids.size())
            + ")",
        (rs, n) ->
            new Live(
                rs.getLong(1), rs.getLong(2), rs.getString(3), rs.getString(4), rs.getString(5)),
        ids.toArray());
  }
}
