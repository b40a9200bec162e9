package io.relance.scoring;

/** Somebody has seen a warning signal. Published in the transaction that keeps it. */
public record SignalSeen(long signalId) {}
