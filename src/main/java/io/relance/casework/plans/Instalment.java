package io.relance.casework.plans;

import io.relance.kernel.Money;
import java.time.LocalDate;

/**
 * A part of a plan.
 *
 * @param number from 1 on
 */
public record Instalment(int number, LocalDate dueOn, Money amount) {}
