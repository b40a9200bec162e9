package io.relance.kernel;

/**
 * Work that a new day brings: what became overdue, due soon, or is to be judged again. It is done
 * every minute or so and does what is left to do, so that twice is as good as once; whoever moves
 * the clock asks for it at each stop, in the order of the {@code @Order} of the components.
 */
public interface FollowsDay {

  /** Does what the day brings and was not done yet; safe beside itself. */
  void followDay();
}
