package io.relance.casework;

import io.relance.engine.DecisionSubjects;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live cases, as {@code treatment} would be asked about them now. A case on hold is not asked
 * about, and is left out.
 */
@Component
class TreatmentSubjects implements DecisionSubjects {

  private static final int AT_ONCE = 500;
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private record Live(long id, long invoiceId, String invoice, String number, String name) {}

  private final JdbcTemplate jdbc;
  private final Situations situations;
  private final JsonMapper json;

  TreatmentSubjects(JdbcTemplate jdbc, Situations situations, JsonMapper json) {
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

  @Override
  public void read(Predicate<Subject> reader) {
    long after = 0;
    List<Live> cases = next(after);
    while (!cases.isEmpty()) {
      for (Live one : cases) {
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
        after = one.id();
      }
      cases = next(after);
    }
  }

  private List<Live> next(long after) {
    return jdbc.query(
        """
        SELECT c.id, c.invoice_id, i.number, p.number, p.name FROM collection_case c
        JOIN invoice i ON i.id = c.invoice_id JOIN payer p ON p.id = c.payer_id
        WHERE c.live = 1 AND c.id > ? ORDER BY c.id LIMIT ?
        """,
        (rs, n) ->
            new Live(
                rs.getLong(1), rs.getLong(2), rs.getString(3), rs.getString(4), rs.getString(5)),
        after,
        AT_ONCE);
  }
}
