package io.relance.analytics.flow;

import java.time.Instant;

/**
 * What the engine told of one activity, event or gateway.
 *
 * @param change {@code activated}, {@code completed}, {@code terminated}, or {@code migrated} to
 *     the element that is named
 */
record StepEvent(
    long position,
    long processInstanceKey,
    long elementInstanceKey,
    long processKey,
    String elementId,
    String change,
    Instant at) {}
