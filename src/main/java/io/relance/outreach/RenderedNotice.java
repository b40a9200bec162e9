package io.relance.outreach;

/** A notice as the payer will read it. */
record RenderedNotice(String language, String subject, String text, String html) {}
