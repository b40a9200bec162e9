package io.relance.outreach.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.kernel.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder always knows what was handed over, wherever a crash came between. */
class FolderPostalProviderTest {

  private static final String ID = "letter.0a1b";

  @TempDir Path folder;
  private PostalProvider provider;

  @BeforeEach
  void open() {
    provider = new FolderPostalProvider(folder);
  }

  private static PostalProvider.Letter letter(String id) {
    byte[] pdf = {'%', 'P', 'D', 'F', '-'};
    return new PostalProvider.Letter(
        id,
        7,
        "Jörg Weiß",
        List.of("Lange Str. 1", "10115 Berlin"),
        "DE",
        true,
        pdf,
        1,
        Digests.sha256(pdf));
  }

  @Test
  void aLetterIsTwoFiles() throws IOException {
    assertThat(provider.statusOf(ID)).contains(new PostalProvider.Status(false, ""));
    assertThat(provider.submit(letter(ID)).providerId()).isEqualTo(ID);
    assertThat(Files.readAllBytes(folder.resolve(ID + ".pdf"))).isEqualTo(letter(ID).pdf());
    JsonNode told = new JsonMapper().readTree(Files.readString(folder.resolve(ID + ".json")));
    assertThat(told.path("recipient").asString()).isEqualTo("Jörg Weiß");
    assertThat(told.path("address").get(1).asString()).isEqualTo("10115 Berlin");
    assertThat(told.path("registered").asBoolean()).isTrue();
    assertThat(told.path("sha256").asString()).isEqualTo(letter(ID).sha256());
    assertThat(provider.statusOf(ID)).contains(new PostalProvider.Status(true, ID));
  }

  @Test
  void theSameLetterIsNotHandedOverTwice() throws IOException {
    provider.submit(letter(ID));
    assertThatThrownBy(() -> provider.submit(letter(ID)))
        .isInstanceOf(PostalProvider.Refused.class);
    fetchAll();
    assertThat(provider.statusOf(ID)).as("fetched").contains(new PostalProvider.Status(true, ID));
    assertThatThrownBy(() -> provider.submit(letter(ID)))
        .isInstanceOf(PostalProvider.Refused.class);
    assertThat(folder.resolve(ID + ".pdf")).doesNotExist();
  }

  /** As a crash leaves it at each step before the last. */
  @Test
  void whatDidNotComeOutWasNotHandedOver() throws IOException {
    Path ready = Files.createDirectories(folder.resolve(".relance"));
    Files.write(ready.resolve(ID + ".pdf"), new byte[] {1});
    assertNotTaken();
    Files.write(ready.resolve(ID + ".json"), new byte[] {1});
    assertNotTaken();
    Files.write(ready.resolve(ID + ".begun"), new byte[] {1});
    assertNotTaken();
    Files.move(ready.resolve(ID + ".json"), folder.resolve(ID + ".json"));
    assertNotTaken();
    provider.submit(letter(ID));
    assertThat(Files.readAllBytes(folder.resolve(ID + ".pdf"))).isEqualTo(letter(ID).pdf());
    assertThat(provider.statusOf(ID)).contains(new PostalProvider.Status(true, ID));
  }

  private void assertNotTaken() {
    assertThat(provider.statusOf(ID)).contains(new PostalProvider.Status(false, ""));
  }

  @Test
  void aFolderThatIsNotThereIsAway() throws IOException {
    PostalProvider gone = new FolderPostalProvider(folder.resolve("not-mounted"));
    assertThatThrownBy(() -> gone.submit(letter(ID))).isInstanceOf(PostalProvider.Away.class);
    assertThatThrownBy(() -> gone.statusOf(ID)).isInstanceOf(PostalProvider.Away.class);
    assertThat(folder.resolve("not-mounted")).doesNotExist();
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() {
    for (String id : List.of("../x", "a/b", "", ".x", "a\u0000")) {
      assertThatThrownBy(() -> provider.submit(letter(id)))
          .as(id)
          .isInstanceOf(PostalProvider.Refused.class);
    }
  }

  private void fetchAll() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
