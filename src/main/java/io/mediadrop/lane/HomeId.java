package io.mediadrop.lane;

import io.mediadrop.file.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Tells homes apart, also after one of them was moved; a copy of a home is another one. */
final class HomeId {

  private static final String FILE = "home-id";

  private HomeId() {}

  /** What this run on the home writes into the folders that it holds. */
  static WatchNote note(Home home, Instant started) throws IOException {
    return new WatchNote(
        home.root().toString(),
        host(),
        ProcessHandle.current().pid(),
        of(home),
        UUID.randomUUID().toString(),
        started.truncatedTo(ChronoUnit.SECONDS).toString(),
        1,
        "",
        false);
  }

  /** The id is kept with the number of its own file, which a copy has not. */
  private static String of(Home home) throws IOException {
    home.makePrivate(FILE);
    Path file = home.data().resolve(FILE);
    String[] kept = Files.readString(file).strip().split(" ");
    String number = number(file);
    if (kept.length == 2 && kept[1].equals(number)) {
      return kept[0];
    }
    String id = UUID.randomUUID().toString();
    Files.writeString(file, id + " " + number + "\n");
    return id;
  }

  /** Without numbers, the folder's path has to do. */
  private static String number(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.getAttribute(file, "unix:ino").toString()
        : Integer.toHexString(file.hashCode());
  }

  /** Without asking a name server, which may take long. */
  private static String host() {
    Path name = Path.of("/proc/sys/kernel/hostname");
    try {
      if (Files.isReadable(name)) {
        return Files.readString(name).strip();
      }
    } catch (IOException e) {
      return "an unknown machine";
    }
    String windows = System.getenv("COMPUTERNAME");
    return windows == null ? "this machine" : windows;
  }
}
