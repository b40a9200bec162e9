package io.relance.analytics;

import io.relance.kernel.Sql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose figures are asked for.
 *
 * @param creditors at least one
 * @param currency an ISO code; null for all
 * @param segment as the ledger gives it to payers today; null for all
 * @param owner who looks after the payer today; null for all
 * @param band as the newest scoring judges the payer, A to E; null for all
 */
public record Cut(
    List<Long> creditors,
    @Nullable String currency,
    @Nullable String segment,
    @Nullable String owner,
    @Nullable String band) {

  /** Of payers of any band. */
  public Cut(
      List<Long> creditors,
      @Nullable String currency,
      @Nullable String segment,
      @Nullable String owner) {
    this(creditors, currency, segment, owner, null);
  }

  public Cut {
    if (creditors.isEmpty()) {
      throw new IllegalArgumentException("there is no creditor yet");
    }
  }

  /** Whether it is not of all payers of its creditors. */
  public boolean isOfSomePayers() {
    return segment != null || owner != null || band != null;
  }

  /** Payers join as p, where they narrow anything. */
  String payersOf(String payerId) {
    return isOfSomePayers() ? " JOIN payer p ON p.id = " + payerId + " " : " ";
  }

  /** Conditions on the payers, to follow other ones. */
  String ofPayers() {
    return (segment == null ? "" : " AND p.segment = ?")
        + (owner == null ? "" : " AND p.account_owner = ?")
        + (band == null
            ? ""
            : " AND ? = (SELECT b.band FROM payer_score b WHERE b.payer_id = p.id ORDER BY b.as_of DESC LIMIT 1)");
  }

  /** Values of {@link #ofPayers}. */
  List<Object> payerValues() {
    List<Object> values = new ArrayList<>();
    if (segment != null) {
      values.add(segment);
    }
    if (owner != null) {
      values.add(owner);
    }
    if (band != null) {
      values.add(band);
    }
    return values;
  }

  String creditorMarks() {
    return "(" + Sql.marks(creditors.size()) + ")";
  }
}
