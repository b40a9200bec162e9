package io.relance.analytics.flow;

/**
 * A share, or a difference of shares, and between what it lies with 95 of a hundred. All as a part
 * of one, so 0.5 is half.
 */
public record Interval(double value, double low, double high) {}
