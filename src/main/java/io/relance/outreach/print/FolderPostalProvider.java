package io.relance.outreach.print;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder that a print house fetches letters from: {@code <message-id>.json} and, after it, {@code
 * <message-id>.pdf}, which is there as a whole or not at all. Whoever sees the PDF has the other
 * file too, and may take both away.
 *
 * <p>After a crash it can tell what was handed over, even if the files are fetched by then. The PDF
 * is laid ready in {@code .relance} first; then a mark says that the hand-over begins; the last
 * step moves the PDF out. So: no mark, or a PDF that still lies ready: not handed over. A mark and
 * nothing that lies ready: handed over.
 */
final class FolderPostalProvider implements PostalProvider {

  static final String WORD = "folder";

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Path ready;

  FolderPostalProvider(Path folder) {
    this.folder = folder;
    this.ready = folder.resolve(".relance");
  }

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public Receipt submit(Letter letter) {
    String key = key(letter.messageId());
    if (statusOf(key).filter(Status::taken).isPresent()) {
      throw new Refused("it was handed over before");
    }
    Path pdf = ready.resolve(key + ".pdf");
    try {
      Files.createDirectories(ready);
      write(pdf, letter.pdf());
      write(ready.resolve(key + ".json"), JSON.writeValueAsBytes(description(letter)));
      write(mark(key), key.getBytes(StandardCharsets.UTF_8));
      move(ready.resolve(key + ".json"), folder.resolve(key + ".json"));
    } catch (IOException full) {
      throw new Away("The folder for letters cannot be written: " + full.getMessage(), full);
    }
    try {
      move(pdf, folder.resolve(key + ".pdf"));
    } catch (IOException uncertain) {
      throw Files.exists(pdf)
          ? new Away("The letter cannot be put in its folder: " + uncertain.getMessage(), uncertain)
          : new Unknown("The letter may be in its folder: " + uncertain.getMessage(), uncertain);
    }
    return new Receipt(key);
  }

  @Override
  public Optional<Status> statusOf(String messageId) {
    String key = key(messageId);
    if (!Files.isDirectory(folder)) {
      throw new Away(
          "There is no folder " + folder.getFileName() + " for letters: create it, or mount it",
          new IOException("no such folder"));
    }
    boolean taken = Files.exists(mark(key)) && Files.notExists(ready.resolve(key + ".pdf"));
    return Optional.of(new Status(taken, taken ? key : ""));
  }

  private Path mark(String key) {
    return ready.resolve(key + ".begun");
  }

  private static String key(String messageId) {
    if (!KEY.matcher(messageId).matches()) {
      throw new Refused("'" + messageId + "' is no name for a file");
    }
    return messageId;
  }

  private static Map<String, Object> description(Letter letter) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", letter.messageId());
    all.put("notice", letter.noticeId());
    all.put("recipient", letter.recipient());
    all.put("address", letter.addressLines());
    all.put("country", letter.country());
    all.put("registered", letter.registered());
    all.put("pages", letter.pages());
    all.put("sha256", letter.sha256());
    return all;
  }

  /** On the disk when it returns: a crash of the machine must not turn the order round. */
  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
