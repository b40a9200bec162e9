package io.relance;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Relance: collections orchestration on Camunda 8. */
@SpringBootApplication
public class RelanceApplication {

  public static void main(String[] args) {
    SpringApplication.run(RelanceApplication.class, args);
  }
}
