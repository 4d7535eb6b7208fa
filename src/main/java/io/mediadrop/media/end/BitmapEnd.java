package io.mediadrop.media.end;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pictures whose measures tell how many bytes they have: BMP, icons, Netpbm. */
final class BitmapEnd {

  /** What stands between two words of a Netpbm header: white space, or a comment. */
  private static final String GAP = "(?:\\s+(?:#[^\\n]*\\n\\s*)*)";

  private static final Pattern PLAIN =
      Pattern.compile("P([456fF])" + GAP + "(\\d+)" + GAP + "(\\d+)(?:" + GAP + "(-?[\\d.]+))?\\s");
  private static final Pattern BITS =
      Pattern.compile("P(4)" + GAP + "(\\d+)" + GAP + "(\\d+)()\\s");
  private static final Pattern NAMED =
      Pattern.compile("\\n(WIDTH|HEIGHT|DEPTH|MAXVAL) (\\d+)|\\nENDHDR\\n");

  private BitmapEnd() {}

  /** The length that stands in the header is often wrong, and nobody looks at it. */
  static boolean ofBmp(FileBytes file) throws IOException {
    long pixels = file.little(10, 4);
    boolean old = file.little(14, 4) == 12;
    long width = old ? file.little(18, 2) : file.little(18, 4);
    long height = old ? file.little(20, 2) : Math.abs((int) file.little(22, 4));
    long bits = file.little(old ? 24 : 28, 2);
    long compression = old ? 0 : file.little(30, 4);
    boolean plain = compression == 0 || compression == 3 || compression == 6;
    long length = plain ? (width * bits + 31) / 32 * 4 * height : file.little(34, 4);
    return pixels + length - 3 <= file.size(); // the last row may lack its padding
  }

  static boolean ofIcon(FileBytes file) throws IOException {
    long pictures = file.little(4, 2);
    for (long at = 6; at < 6 + 16 * pictures; at += 16) {
      if (file.little(at + 8, 4) + file.little(at + 12, 4) > file.size()) {
        return false;
      }
    }
    return true;
  }

  static boolean ofNetpbm(FileBytes file) {
    byte[] head = file.head();
    String text = new String(head, 0, Math.min(1024, head.length), StandardCharsets.ISO_8859_1);
    if (text.startsWith("P7\n")) {
      return ofNamed(file, text);
    }
    Matcher header = (text.startsWith("P4") ? BITS : PLAIN).matcher(text);
    if (!header.lookingAt()) {
      return !"456fF".contains(text.substring(1, 2)); // the others are texts
    }
    long width = Long.parseLong(header.group(2));
    long height = Long.parseLong(header.group(3));
    String top = header.group(4);
    long length =
        switch (header.group(1)) {
          case "4" -> (width + 7) / 8 * height;
          case "5" -> width * height * bytes(top);
          case "6" -> 3 * width * height * bytes(top);
          case "f" -> 4 * width * height;
          default -> 12 * width * height;
        };
    return header.end() + length <= file.size();
  }

  private static boolean ofNamed(FileBytes file, String text) {
    long[] measures = {1, 1, 1, 1};
    Matcher line = NAMED.matcher(text);
    while (line.find()) {
      if (line.group(1) == null) {
        long values = Arrays.stream(measures, 0, 3).reduce(1, (a, b) -> a * b);
        return line.end() + values * (measures[3] > 255 ? 2 : 1) <= file.size();
      }
      int which = "WHDM".indexOf(line.group(1).charAt(0));
      measures[which] = Long.parseLong(line.group(2));
      line.region(line.end(), text.length());
    }
    return false;
  }

  private static int bytes(String top) {
    return top != null && Double.parseDouble(top) > 255 ? 2 : 1;
  }
}
