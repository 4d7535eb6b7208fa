package io.mediadrop.conventions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A key declared in the settings file; a must-set one is declared commented out and empty. */
record Setting(String file, int line, String key, String value, boolean explained) {

  private static final Pattern DECLARATION =
      Pattern.compile("#?(?<key>[A-Za-z][\\w-]*(\\.[\\w-]+)+)\\s*=\\s*(?<value>.*)");

  static List<Setting> read(String file, List<String> lines) {
    var settings = new ArrayList<Setting>();
    boolean continued = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      var declaration = DECLARATION.matcher(line);
      if (!continued && declaration.matches()) {
        boolean explained = i > 0 && isComment(lines.get(i - 1).strip());
        String value = declaration.group("value");
        settings.add(new Setting(file, i + 1, declaration.group("key"), value, explained));
      }
      continued = line.endsWith("\\") && !line.startsWith("#");
    }
    return settings;
  }

  /** The last word of the key: {@code give-up-after} of {@code mediadrop.retry.give-up-after}. */
  String thing() {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  Finding finding(String text, Object... arguments) {
    return new Finding(file, line, text.formatted(arguments));
  }

  private static boolean isComment(String line) {
    return line.startsWith("#") && !DECLARATION.matcher(line).matches();
  }
}
