package io.relance.access;

/** What a user is here for. */
public enum Role {
  AGENT,
  DESIGNER,
  MANAGER,
  ADMIN
}
