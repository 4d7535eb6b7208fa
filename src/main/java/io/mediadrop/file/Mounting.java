package io.mediadrop.file;

import io.mediadrop.base.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Which mounting of a folder's disk, since which start of the machine, the folder lies on. What was
 * written to it and not yet to the disk is there only as long as this is the same.
 */
public final class Mounting {

  private static final Path START = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private final Path folder;

  /** Another one after each doubt; where the system does not say, another one for each process. */
  private long doubt;

  private volatile long mark;

  /** Has a first look at the folder. */
  public Mounting(Path folder) {
    this.folder = folder;
    look();
  }

  /** A number that is another one for another mounting. */
  public long mark() {
    return mark;
  }

  /** Looks again. */
  public synchronized void look() {
    try {
      String start = Files.readString(START).strip();
      byte[] hash = Digests.sha256(start + " " + mountOf(folder.toRealPath()));
      mark = ByteBuffer.wrap(hash).getLong() ^ doubt;
    } catch (IOException e) {
      if (doubt == 0) {
        doubt();
      }
    }
  }

  /** From here on it counts as another one: the disk was away, or has failed to write something. */
  public synchronized void doubt() {
    doubt = new SecureRandom().nextLong();
    mark = doubt;
  }

  /** The number of the mount, that of its parent and that of its device. */
  private static String mountOf(Path place) throws IOException {
    return Files.readAllLines(MOUNTS).stream()
        .map(line -> line.split(" ", 6))
        .filter(mount -> place.startsWith(mount[4].replace("\\040", " ")))
        // the last one of those over the same folder hides the others
        .reduce((one, other) -> one[4].length() > other[4].length() ? one : other)
        .map(mount -> String.join(" ", mount[0], mount[1], mount[2]))
        .orElseThrow(() -> new IOException("no mount is known of " + place));
  }
}
