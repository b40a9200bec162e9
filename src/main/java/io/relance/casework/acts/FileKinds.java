package io.relance.casework.acts;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which files may be kept: by the ending of their names, and by how such files begin. What runs
 * when it is opened, such as a page, a program or a document with macros, is not kept, whatever it
 * is called.
 */
final class FileKinds {

  private static final int NAME_MAX = 120;
  private static final int HEAD = 4096;

  /** Beginnings in hexadecimal digits; a question mark stands for any digit. */
  private static final Map<String, List<String>> BEGINNINGS =
      Map.ofEntries(
          Map.entry("pdf", List.of("255044462d")),
          Map.entry("png", List.of("89504e470d0a1a0a")),
          Map.entry("jpg", List.of("ffd8ff")),
          Map.entry("jpeg", List.of("ffd8ff")),
          Map.entry("gif", List.of("47494638")),
          Map.entry("tif", List.of("49492a00", "4d4d002a")),
          Map.entry("tiff", List.of("49492a00", "4d4d002a")),
          Map.entry("webp", List.of("52494646????????57454250")),
          Map.entry("heic", List.of("????????66747970")),
          Map.entry("docx", List.of("504b0304")),
          Map.entry("xlsx", List.of("504b0304")),
          Map.entry("pptx", List.of("504b0304")),
          Map.entry("odt", List.of("504b0304")),
          Map.entry("ods", List.of("504b0304")),
          Map.entry("doc", List.of("d0cf11e0a1b11ae1")),
          Map.entry("xls", List.of("d0cf11e0a1b11ae1")),
          Map.entry("ppt", List.of("d0cf11e0a1b11ae1")),
          Map.entry("msg", List.of("d0cf11e0a1b11ae1")),
          Map.entry("eml", List.of()));

  /** How a mail begins: with one of its header lines. */
  private static final String MAIL =
      "(?is)\\s*(received|return-path|delivered-to|from|to|date|subject|message-id|mime-version|x-[a-z-]+|dkim-signature|arc-seal|reply-to):.*";

  private FileKinds() {}

  /**
   * The name under which it is kept, as headers and file systems take it.
   *
   * @throws IllegalArgumentException if such a file is not kept
   */
  static String check(String name, byte[] content) {
    String last = name.replaceAll(".*[/\\\\]", "");
    String plain = last.replaceAll("[^\\p{L}\\p{N} ._()-]", "-").replaceAll("^[. ]+", "").strip();
    int dot = plain.lastIndexOf('.');
    String ending = dot < 0 ? "" : plain.substring(dot + 1).toLowerCase(Locale.ROOT);
    List<String> beginnings = BEGINNINGS.get(ending);
    if (beginnings == null) {
      throw new IllegalArgumentException(
          "file is '"
              + plain
              + "'; kept are files that end in "
              + BEGINNINGS.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
    if (content.length == 0) {
      throw new IllegalArgumentException("file is empty");
    }
    String head = HexFormat.of().formatHex(content, 0, Math.min(content.length, 16));
    boolean fits =
        ending.equals("eml")
            ? isMail(content)
            : beginnings.stream().anyMatch(b -> head.matches(b.replace("?", ".") + ".*"));
    if (!fits) {
      throw new IllegalArgumentException(
          "file is called '" + plain + "', and what is in it is no ." + ending + " file");
    }
    if (hasMacros(content)) {
      throw new IllegalArgumentException(
          "file has macros, which run when it is opened: keep it as a PDF instead");
    }
    String stem = plain.substring(0, dot).strip();
    int room = NAME_MAX - ending.length() - 1;
    return (stem.isEmpty() ? "file" : stem.substring(0, Math.min(stem.length(), room)))
        + "."
        + ending;
  }

  private static boolean isMail(byte[] content) {
    String head =
        new String(content, 0, Math.min(content.length, HEAD), StandardCharsets.ISO_8859_1);
    return head.matches(MAIL);
  }

  /** Names of parts stand unpacked in archives and in the older documents of offices. */
  private static boolean hasMacros(byte[] content) {
    String all = new String(content, StandardCharsets.ISO_8859_1);
    return (content[0] == 'P' && all.contains("vbaProject.bin"))
        || ((content[0] & 0xff) == 0xd0
            && all.contains(
                new String(
                    "_VBA_PROJECT".getBytes(StandardCharsets.UTF_16LE),
                    StandardCharsets.ISO_8859_1)));
  }
}
