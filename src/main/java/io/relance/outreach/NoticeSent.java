package io.relance.outreach;

import io.relance.outreach.permission.Channel;
import java.util.List;

/** A notice left for a payer. Published in the transaction that records it. */
public record NoticeSent(
    long noticeId,
    long payerId,
    Channel channel,
    List<Long> invoiceIds,
    Tone tone,
    String recipient,
    String subject) {}
