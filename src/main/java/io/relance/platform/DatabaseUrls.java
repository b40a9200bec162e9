package io.relance.platform;

/** The Connector/J options that the product relies on, for MariaDB and MySQL alike. */
public final class DatabaseUrls {

  /**
   * Instants travel in UTC, batches as one statement, and a server that is away is noticed within
   * seconds.
   */
  public static final String OPTIONS =
      "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&rewriteBatchedStatements=true"
          + "&characterEncoding=UTF-8&allowPublicKeyRetrieval=true&sslMode=PREFERRED"
          + "&connectTimeout=3000&socketTimeout=60000&tcpKeepAlive=true";

  private DatabaseUrls() {}
}
