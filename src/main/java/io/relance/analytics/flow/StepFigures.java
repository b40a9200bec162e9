package io.relance.analytics.flow;

import io.relance.kernel.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an element did in a period, and who waits there now.
 *
 * @param name in the model; the id where it has none
 * @param entered how often it began
 * @param completed how often it came to its end
 * @param endedEarly how often something else ended it
 * @param median how long it took half of those that were completed; null if none was; right to
 *     within five per cent
 * @param p95 the same for 95 of a hundred
 * @param waiting tokens there now, whatever the period
 * @param money what their invoices, or their payers' invoices, have open, by currency; an invoice
 *     counts once
 * @param cash7 what came in within seven days after the step
 * @param cash30 within thirty days; smaller than it will be for steps of the last thirty days
 */
public record StepFigures(
    String elementId,
    String name,
    long entered,
    long completed,
    long endedEarly,
    @Nullable Duration median,
    @Nullable Duration p95,
    long waiting,
    List<Money> money,
    List<Money> cash7,
    List<Money> cash30) {}
