package io.relance.kernel;

/**
 * Who did something, as the audit trail and the timeline name it.
 *
 * @param name a user's log-in name, or {@code system:} and the part that acted
 */
public record Actor(String name) {

  public static Actor user(String login) {
    return new Actor(login);
  }

  public static Actor system(String part) {
    return new Actor("system:" + part);
  }

  @Override
  public String toString() {
    return name;
  }
}
