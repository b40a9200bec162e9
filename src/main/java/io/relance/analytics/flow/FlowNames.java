package io.relance.analytics.flow;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The small numbers under which elements and slices are counted. */
@Component
class FlowNames {

  record Element(long processKey, String elementId) {}

  /**
   * Whose steps are counted together.
   *
   * @param creditorId 0 where it is not known yet whose case it is
   * @param agent who had the task; empty for steps that no person did
   */
  record Slice(long creditorId, String segment, String band, String agent) {

    static final Slice UNKNOWN = new Slice(0, "", "", "");

    Slice by(String login) {
      return new Slice(creditorId, segment, band, login);
    }
  }

  private final JdbcTemplate jdbc;
  private final TransactionTemplate apart;
  private final Map<Element, Integer> elements = new ConcurrentHashMap<>();
  private final Map<Slice, Integer> slices = new ConcurrentHashMap<>();

  FlowNames(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    // committed apart: a number stays good when the counting that asked for it is rolled back
    apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  private int number(String insert, String select, Object... arguments) {
    return Objects.requireNonNull(
        apart.execute(
            status -> {
              jdbc.update(insert, arguments);
              return Objects.requireNonNull(jdbc.queryForObject(select, Integer.class, arguments));
            }));
  }

  int of(Element element) {
    Integer known = elements.get(element);
    if (known == null) {
      known =
          number(
              "INSERT IGNORE INTO flow_element (process_key, element_id) VALUES (?,?)",
              "SELECT id FROM flow_element WHERE process_key = ? AND element_id = ?",
              element.processKey(),
              element.elementId());
      elements.put(element, known);
    }
    return known;
  }

  /** The slice of a number. */
  Slice slice(int number) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "SELECT creditor_id, segment, band, agent FROM flow_slice WHERE id = ?",
            (rs, n) -> new Slice(rs.getLong(1), rs.getString(2), rs.getString(3), rs.getString(4)),
            number));
  }

  int of(Slice slice) {
    Integer known = slices.get(slice);
    if (known == null) {
      known =
          number(
              "INSERT IGNORE INTO flow_slice (creditor_id, segment, band, agent) VALUES (?,?,?,?)",
              "SELECT id FROM flow_slice WHERE creditor_id = ? AND segment = ? AND band = ? AND agent = ?",
              slice.creditorId(),
              slice.segment(),
              slice.band(),
              slice.agent());
      slices.put(slice, known);
    }
    return known;
  }
}
