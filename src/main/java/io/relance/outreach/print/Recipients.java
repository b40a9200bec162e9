package io.relance.outreach.print;

import io.relance.kernel.Sql;
import io.relance.ledger.PostalLines;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a letter is to, as its notice keeps it in one line. */
final class Recipients {

  private static final int KEPT_MAX = 254;

  /** Name and address, apart. */
  record Recipient(String name, List<String> lines) {}

  private Recipients() {}

  /**
   * @param name of the payer today
   * @param address of the payer today, lines or commas between its parts
   * @param kept what the letter says; the payer's data may have changed since
   */
  static Recipient of(String name, @Nullable String address, String kept) {
    List<String> lines = PostalLines.of(address);
    String today = Stream.concat(Stream.of(name), lines.stream()).collect(Collectors.joining(", "));
    if (kept.equals(Sql.fit(today, KEPT_MAX))) {
      return new Recipient(name, lines);
    }
    List<String> parts = Arrays.stream(kept.split(", ")).toList();
    return new Recipient(parts.getFirst(), parts.subList(1, parts.size()));
  }
}
