package io.relance.casework;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which overdue invoices the coverage is asked for.
 *
 * @param creditors their ids; empty for all
 * @param currency an ISO code; null for all
 * @param segment of the payer; null for all
 * @param owner who looks after the payer; null for all
 * @param band of the payer's newest score; null for all
 */
public record CoverageCut(
    List<Long> creditors,
    @Nullable String currency,
    @Nullable String segment,
    @Nullable String owner,
    @Nullable String band) {

  /** All of them. */
  public static final CoverageCut ALL = new CoverageCut(List.of(), null, null, null, null);

  boolean isOf(long creditorId) {
    return creditors.isEmpty() || creditors.contains(creditorId);
  }

  /** Conditions on the invoice i, to follow other ones. */
  String conditions() {
    return (currency == null ? "" : " AND i.currency = ?")
        + (segment == null && owner == null && band == null
            ? ""
            : " AND EXISTS (SELECT 1 FROM payer w WHERE w.id = i.payer_id"
                + (segment == null ? "" : " AND w.segment = ?")
                + (owner == null ? "" : " AND w.account_owner = ?")
                + (band == null
                    ? ""
                    : " AND ? = (SELECT b.band FROM payer_score b WHERE b.payer_id = w.id ORDER BY b.as_of DESC LIMIT 1)")
                + ")");
  }

  /** Values of the conditions, after others. */
  Object[] values(Object... before) {
    List<@Nullable Object> values = new ArrayList<>(List.of(before));
    for (String each : new @Nullable String[] {currency, segment, owner, band}) {
      if (each != null) {
        values.add(each);
      }
    }
    return values.toArray();
  }
}
