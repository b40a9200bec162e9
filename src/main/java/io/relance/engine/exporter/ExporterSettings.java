package io.relance.engine.exporter;

import org.jspecify.annotations.Nullable;

/** The {@code args} of the exporter, filled by the broker from its configuration. */
public final class ExporterSettings {

  /** JDBC URL of the read model's database. */
  public @Nullable String url;

  public @Nullable String user;
  public @Nullable String password;

  /** Records that are written in one transaction at the most. */
  public int batchSize = 500;

  /** How long a record waits for others before it is written, in milliseconds. */
  public int flushMillis = 150;
}
