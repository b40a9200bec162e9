package io.relance.outreach;

import java.util.List;

/**
 * A notice or a request for one came to nothing.
 *
 * @param event makes it the same when it is told twice
 * @param reason in words
 */
public record NoticeNotSent(String event, long payerId, List<Long> invoiceIds, String reason) {}
