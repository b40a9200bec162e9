package io.relance.worklist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task in the list.
 *
 * @param type the element's id in its model
 * @param customerId the creditor's number of the payer; null if the task is of no payer
 * @param groups who may do it, as its model names them; empty for everybody
 * @param priority 0 to 100, highest first
 */
public record TaskItem(
    long key,
    String type,
    String name,
    @Nullable String customerId,
    @Nullable String customerName,
    List<String> invoices,
    @Nullable String openAmount,
    @Nullable String currency,
    int priority,
    @Nullable Instant dueAt,
    Instant createdAt,
    @Nullable String assignee,
    List<String> groups,
    @Nullable String formId,
    String state) {}
