package io.relance.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Chromium of the machine, used as an agent uses it. */
public final class AgentBrowser implements AutoCloseable {

  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private final Playwright playwright;
  private final Browser browser;
  private final Page page;
  private final String url;

  private AgentBrowser(String url, String language) {
    this.url = url;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setHeadless(true)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    page =
        browser.newPage(
            new Browser.NewPageOptions().setViewportSize(1280, 800).setLocale(language));
    page.setDefaultTimeout(20_000);
  }

  /**
   * Whether there is a Chromium on the machine; tests that need it are skipped by name otherwise.
   */
  public static boolean isAvailable() {
    return chromium() != null;
  }

  private static Path chromium() {
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  public static AgentBrowser open(String url) {
    return open(url, "en-GB");
  }

  /** A browser whose user reads this language. */
  public static AgentBrowser open(String url, String language) {
    return new AgentBrowser(url, language);
  }

  public Page page() {
    return page;
  }

  public void logIn(String user) {
    page.navigate(url + "/login");
    page.fill("input[name=username]", user);
    page.fill("input[name=password]", user);
    page.click("button[type=submit]");
    page.waitForURL("**/tasks**");
  }

  /** Opens a call task, fills its form and completes it. */
  public void completeCall(String key, String outcome, String note) {
    page.navigate(url + "/tasks/" + key);
    page.waitForSelector(".fjs-form");
    choose(labelOf(outcome));
    page.locator(".fjs-form textarea").first().fill(note);
    page.locator("[data-testid=complete-submit]").click();
    page.waitForURL(u -> !u.contains(key));
  }

  /** Uploads a file on the page of imports: {@code ledger} or {@code bank}. */
  public void upload(String kind, Path file) {
    page.navigate(url + "/imports");
    page.setInputFiles("#" + kind, file);
    page.locator("form:has(#" + kind + ") button").click();
    page.waitForSelector("section.note");
  }

  /** Chooses a radio button of the form by its label. */
  public void choose(String label) {
    page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).check();
  }

  private static String labelOf(String outcome) {
    return outcome.equals("no-answer") ? "No answer" : "Promised to pay";
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
