package io.mediadrop.lane;

import java.nio.file.Path;
import java.util.Locale;

/** Names folders of servers so that they can be compared like those of this machine. */
public final class ServerFolder {

  private ServerFolder() {}

  /**
   * The folder of a server; one in it begins with the same names. A relative folder is another one
   * for each account.
   */
  public static Path place(String host, int port, String username, String directory) {
    String root = directory.startsWith("/") ? "root" : "~" + username.replace('/', '_');
    Path place = Path.of("sftp", host.toLowerCase(Locale.ROOT) + " " + port, root);
    for (String name : directory.split("/")) {
      boolean up = name.equals("..") && place.getNameCount() > 3 && !place.endsWith("..");
      if (up) {
        place = place.getParent();
      } else if (!name.equals(".")) {
        place = place.resolve(name);
      }
    }
    return place;
  }
}
