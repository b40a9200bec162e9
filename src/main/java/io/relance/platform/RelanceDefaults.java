package io.relance.platform;

import jakarta.mail.util.StreamProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Defaults that depend on other settings: the mail catcher steps aside for a configured SMTP
 * server, and the demo is on only where every part is the embedded one.
 */
class RelanceDefaults implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    int pages = environment.getProperty("server.port", Integer.class, 8088);
    if (pages > 0) {
      Ports.requireFree(pages, "the web server", "server.port");
    }
    boolean ownDatabase = isEmbedded(environment, "relance.database.mode");
    boolean ownEngine = isEmbedded(environment, "relance.engine.mode");
    boolean ownMail =
        environment.containsProperty("relance.mail.mode")
            ? isEmbedded(environment, "relance.mail.mode")
            : !environment.containsProperty("spring.mail.host");
    defaults.put("relance.mail.mode", ownMail ? "embedded" : "external");
    if (ownMail) {
      defaults.put("spring.mail.host", "127.0.0.1");
      defaults.put("spring.mail.port", environment.getProperty("relance.mail.port", "3025"));
    }
    boolean demo =
        environment.getProperty(
            "relance.demo.enabled", Boolean.class, ownDatabase && ownEngine && ownMail);
    boolean throwAwayEngine =
        environment.getProperty("relance.demo.external-engine", Boolean.class, false);
    if (demo && !ownEngine && !throwAwayEngine) {
      throw new StartFailure(
          "relance.demo.enabled=true with an external engine: the demo moves the engine's clock, which other users of it would feel.",
          "Leave relance.demo.enabled out, or use the embedded engine. For an engine that is thrown away after a test, set relance.demo.external-engine=true.");
    }
    defaults.put("relance.demo.enabled", demo);
    defaults.put("relance.demo.ledger", demo);
    if (demo) {
      defaults.put("relance.outreach.caught", "sms,whatsapp");
      defaults.put("server.address", "127.0.0.1"); // its passwords are known to everybody
    }
    environment.getPropertySources().addLast(new MapPropertySource("relanceDefaults", defaults));
    nameMailParts();
  }

  /**
   * Unless it is named, the mail library looks for this part of itself in all jars, for each part
   * of each message: a quarter of what a message costs.
   */
  private static void nameMailParts() {
    String name = StreamProvider.class.getName();
    if (System.getProperty(name) == null) {
      System.setProperty(name, MailStreamProvider.class.getName());
    }
  }

  private static boolean isEmbedded(ConfigurableEnvironment environment, String property) {
    String mode = environment.getProperty(property, "embedded");
    if (!"embedded".equals(mode) && !"external".equals(mode)) {
      throw new StartFailure(
          property + "=" + mode + " is not known.", "Set it to embedded or external.");
    }
    return "embedded".equals(mode);
  }
}
