package io.relance.outreach.print;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An address that fits into its window: long lines are broken, then everything gets smaller, and
 * what cannot fit at all is cut where it is longest, never the town.
 *
 * @param size of the letters in points
 * @param leading from line to line, in millimetres
 */
record AddressLines(double size, double leading, List<String> lines) {

  private static final double MM_PER_POINT = 25.4 / 72;
  private static final double[] SIZES = {11, 10, 9, 8, 7, 6};
  private static final double LEADING = 1.2;

  /**
   * @param widthOf of a text, in thousandths of the letters' size
   * @param width of the window in millimetres
   * @param height of it
   */
  static AddressLines fit(
      @Nullable String remark,
      String name,
      List<String> address,
      ToIntFunction<String> widthOf,
      double width,
      double height) {
    List<String> all = new ArrayList<>();
    if (remark != null && !remark.isBlank()) {
      all.add(clean(remark));
    }
    all.add(clean(name));
    address.stream().map(AddressLines::clean).filter(line -> !line.isEmpty()).forEach(all::add);
    for (double size : SIZES) {
      List<String> lines = broken(all, widthOf, widthAt(size, width));
      if (lines.size() <= linesMax(size, height)) {
        return new AddressLines(size, leadingOf(size), lines);
      }
    }
    double smallest = SIZES[SIZES.length - 1];
    int most = linesMax(smallest, height);
    // each on one line first, then the town and what is above it
    List<String> lines = all.stream().map(l -> cut(l, widthOf, widthAt(smallest, width))).toList();
    int above = Math.min(lines.size(), most) / 2;
    List<String> kept = new ArrayList<>(lines.subList(0, above));
    kept.addAll(lines.subList(Math.max(above, lines.size() - (most - above)), lines.size()));
    return new AddressLines(smallest, leadingOf(smallest), List.copyOf(kept));
  }

  private static String clean(String line) {
    return SafeXhtml.printable(line).replaceAll("\\s+", " ").strip();
  }

  private static double widthAt(double size, double widthMm) {
    return widthMm / MM_PER_POINT / size * 1000;
  }

  private static double leadingOf(double size) {
    return size * LEADING * MM_PER_POINT;
  }

  private static int linesMax(double size, double height) {
    return (int) Math.floor(height / leadingOf(size) + 1e-9);
  }

  private static List<String> broken(
      List<String> lines, ToIntFunction<String> widthOf, double most) {
    List<String> broken = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      while (widthOf.applyAsInt(rest) > most) {
        int end = fitting(rest, widthOf, most);
        int space = rest.lastIndexOf(' ', end);
        int at = space > 0 ? space : end;
        broken.add(rest.substring(0, at).strip());
        rest = rest.substring(at).strip();
      }
      broken.add(rest);
    }
    return broken;
  }

  /** How many characters of the text fit, one at least. */
  private static int fitting(String text, ToIntFunction<String> widthOf, double most) {
    int low = Character.charCount(text.codePointAt(0));
    int high = text.length();
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (widthOf.applyAsInt(text.substring(0, middle)) <= most) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low < text.length() && Character.isLowSurrogate(text.charAt(low)) && low > 1
        ? low - 1
        : low;
  }

  /** The text if it fits, and otherwise as much of it as does. */
  static String cut(String text, ToIntFunction<String> widthOf, double most) {
    if (widthOf.applyAsInt(text) <= most) {
      return text;
    }
    String shortened = text.substring(0, fitting(text, widthOf, most - widthOf.applyAsInt("…")));
    return shortened.strip() + "…";
  }
}
