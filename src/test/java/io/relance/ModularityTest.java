package io.relance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/**
 * The house's rules: who may use whom, and where time comes from. Each rule is shown to fail on
 * something that breaks it.
 */
class ModularityTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.relance");

  private static final ArchRule NO_SYSTEM_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.relance.engine.exporter..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because(
              "time comes from the injected InstantSource, so that tests and demos can move it");

  private static final ArchRule CLIENT_ONLY_IN_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.relance.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.camunda..")
          .because("the engine module is the only owner of the client");

  private static final ArchRule EXPORTER_ALONE =
      classes()
          .that()
          .resideInAPackage("io.relance.engine.exporter..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.relance.engine.exporter..",
              "io.camunda.zeebe..",
              "com.mysql.cj..",
              "java..",
              "org.slf4j..",
              "org.jspecify..",
              "io.micrometer..")
          .because("its jar has nothing else in it");

  @Test
  void modulesUseOnlyWhatTheyDeclare() {
    ApplicationModules.of(RelanceApplication.class).verify();
  }

  @Test
  void nobodyReadsTheSystemsClock() {
    NO_SYSTEM_TIME.check(OURS);
    assertThatThrownBy(
            () ->
                NO_SYSTEM_TIME.check(
                    new ClassFileImporter().importClasses(ReadsTheSystemsClock.class)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theClientStaysInTheEngineModule() {
    CLIENT_ONLY_IN_ENGINE.check(OURS);
    assertThatThrownBy(
            () ->
                CLIENT_ONLY_IN_ENGINE.check(
                    new ClassFileImporter().importClasses(UsesTheClient.class)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theExporterUsesNothingOfTheApplication() {
    EXPORTER_ALONE.check(OURS);
  }

  static class ReadsTheSystemsClock {
    Instant now() {
      return Instant.now();
    }
  }

  static class UsesTheClient {
    io.camunda.client.CamundaClient client;
  }
}
