package io.relance.outreach;

import org.jspecify.annotations.Nullable;

/**
 * A call that was put through has ended. What was agreed is not known here. Published in the
 * transaction that records it.
 *
 * @param announced whether a text was read out, rather than that an agent spoke
 * @param state {@code answered}, {@code busy}, {@code no-answer}, {@code failed}, {@code canceled},
 *     {@code agent-away} if the agent's own telephone was not picked up, or {@code unknown}
 * @param seconds how long they were connected
 * @param login who wanted it
 */
public record PhoneCallEnded(
    long callId,
    long payerId,
    boolean announced,
    String state,
    @Nullable Integer seconds,
    String login) {}
