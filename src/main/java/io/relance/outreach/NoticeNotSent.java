package io.relance.outreach;

import java.util.List;

/**
 * A notice or a request for one came to nothing.
 *
 * @param event makes it the same when it is told twice
 * @param reason in words
 * @param bounced whether the other side refused it, rather than that we did not send it
 */
public record NoticeNotSent(
    String event, long payerId, List<Long> invoiceIds, String reason, boolean bounced) {}
