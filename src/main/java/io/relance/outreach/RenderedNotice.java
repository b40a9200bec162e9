package io.relance.outreach;

import java.util.Set;

/**
 * A notice as the payer will read it.
 *
 * @param html refers to its images as {@code cid:logo} and {@code cid:code}
 * @param version of the words; 0 for what is shipped
 * @param attach what goes with it: {@code statement}, {@code invoices}
 * @param code what the image {@code cid:code} holds; empty if there is none
 */
record RenderedNotice(
    String language,
    String subject,
    String text,
    String html,
    int version,
    Set<String> attach,
    String code) {}
