package io.relance.casework.handovers;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of an invoice to an agency, an insurer or a court.
 *
 * @param state {@code open}; then {@code handed-over}, {@code refused}, {@code too-early}, {@code
 *     no-address}, {@code interrupted} or {@code settled}
 * @param noticeId of the formal notice
 * @param postedOn the day on which the formal notice was posted
 * @param tracking the number of the registered letter
 * @param decideOn the day on which a manager is to decide
 * @param route {@code agency}, {@code insurer} or {@code court}
 */
public record Handover(
    long id,
    long invoiceId,
    long payerId,
    String state,
    @Nullable Long noticeId,
    @Nullable LocalDate postedOn,
    @Nullable String tracking,
    @Nullable LocalDate decideOn,
    @Nullable String route,
    String proposedBy,
    @Nullable String note) {

  static final Set<String> ROUTES = Set.of("agency", "insurer", "court");

  public boolean isOpen() {
    return state.equals("open");
  }
}
