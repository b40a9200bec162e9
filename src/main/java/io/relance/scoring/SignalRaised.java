package io.relance.scoring;

/** A warning signal was raised. Published in the transaction that keeps it. */
public record SignalRaised(long signalId, long payerId) {}
