package io.mediadrop.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Whether as much room stays free in the home as is to, and what comes to it still fits in. */
public final class FreeSpace {

  private static final int BUFFER = 128 * 1024;

  /** How many bytes may come between two looks. */
  private static final long BETWEEN_LOOKS = 16 << 20;

  private final Home home;
  private final long least;

  /**
   * The room on the disks of a home.
   *
   * @param least how many bytes are to stay free
   */
  FreeSpace(Home home, long least) {
    this.home = home;
    this.least = least;
  }

  /** What a person has to do where there is too little of it on any disk of the home. */
  public Optional<String> shortage() throws IOException {
    Path fullest = home.root();
    for (Path folder : List.of(home.data(), home.archive(), home.failed())) {
      if (in(folder) < in(fullest)) {
        fullest = folder;
      }
    }
    long free = in(fullest);
    return free < least
        ? Optional.of(
            "only %d MiB are free for %s: make room, or lower mediadrop.disk.min-free"
                .formatted(free >> 20, fullest))
        : Optional.empty();
  }

  /**
   * Makes sure that so many bytes more fit in among the home's data.
   *
   * @throws IOException if they do not, or nobody knows
   */
  public void require(long more) throws IOException {
    long free = in(home.data()) - more;
    if (free < least) {
      throw new IOException(
          "only %d MiB would be left free for %s: make room, or lower mediadrop.disk.min-free"
              .formatted(Math.max(0, free) >> 20, home.root()));
    }
  }

  /**
   * Writes to a file among the home's data what comes from elsewhere, in little memory.
   *
   * @param most after so many bytes it is broken off, as too long
   * @param brought is told how many bytes have come so far
   * @return how many bytes came; more than the most if it was too long
   * @throws IOException if the room does not suffice
   */
  public long copy(InputStream from, FileChannel to, long most, LongConsumer brought)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    long nextLook = BETWEEN_LOOKS;
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      copied += read;
      brought.accept(copied);
      if (copied > most) {
        break;
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
      if (copied >= nextLook) {
        nextLook += BETWEEN_LOOKS;
        require(0);
      }
    }
    return copied;
  }

  /** How many bytes are free where a folder is. */
  static long in(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
