package io.relance.support;

import java.util.Map;

/**
 * Where the servers under test find their database and engine: embedded ones, or containers in the
 * lane of that name.
 */
final class Environment {

  private Environment() {}

  static Map<String, String> overrides(String serverName) {
    return "true".equals(System.getProperty("relance.test.containers"))
        ? Containers.settingsFor(serverName)
        : Map.of();
  }
}
