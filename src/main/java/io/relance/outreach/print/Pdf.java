package io.relance.outreach.print;

/**
 * A document as PDF.
 *
 * @param pages how many it has, 1 or more
 */
public record Pdf(byte[] content, int pages) {}
