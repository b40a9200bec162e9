package io.relance.ledger;

import io.relance.kernel.Actor;

/**
 * One customer number gives way to another. Published in the transaction of it, once the rows have
 * moved, with both payers locked.
 *
 * @param from the id of the payer whose number is used no more
 * @param into the id of the one that is left
 * @param actor who said that they are the same
 */
public record PayerMerge(long from, String fromNumber, long into, String intoNumber, Actor actor) {}
