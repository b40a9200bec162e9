package io.relance.ledger;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How postal addresses are kept: lines one below the other, or one line with commas. */
public final class PostalLines {

  private PostalLines() {}

  /** The lines; none if no address is known. */
  public static List<String> of(@Nullable String address) {
    return address == null
        ? List.of()
        : Arrays.stream(address.split(",|\n"))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
  }
}
