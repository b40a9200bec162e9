package io.relance;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Relance: collections orchestration on Camunda 8. */
@SpringBootApplication
public class RelanceApplication {

  /**
   * Runs the server; or, with {@code import} as first argument, sends a ledger file to one that
   * runs.
   */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("import")) {
      System.exit(ImportCommand.run(args));
    }
    SpringApplication.run(RelanceApplication.class, args);
  }
}
