package io.relance.analytics.flow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The numbers under which ways are counted. */
@Component
class FlowPathNames {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate apart;

  FlowPathNames(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    // committed apart: a number stays good when the counting that asked for it is rolled back
    apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * The number of a way; there are too many of them to keep them in memory.
   *
   * @param steps as {@link Trail#steps} has them
   */
  int of(String steps) {
    String digest = digestOf(steps);
    List<Integer> known =
        jdbc.queryForList("SELECT id FROM flow_path WHERE digest = ?", Integer.class, digest);
    if (!known.isEmpty()) {
      return known.getFirst();
    }
    apart.executeWithoutResult(
        status ->
            jdbc.update(
                "INSERT IGNORE INTO flow_path (digest, steps) VALUES (?,?)", digest, steps));
    return jdbc.queryForList("SELECT id FROM flow_path WHERE digest = ?", Integer.class, digest)
        .getFirst();
  }

  private static String digestOf(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
