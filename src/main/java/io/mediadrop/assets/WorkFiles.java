package io.mediadrop.assets;

import io.mediadrop.base.Quantity;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.AssetRecords;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpEntity;

/** The files behind items while they are on their way, in the home's data. */
public class WorkFiles {

  private static final int BUFFER = 128 * 1024;

  /** How many bytes may come between two looks at the free space. */
  private static final long BETWEEN_LOOKS = 16 << 20;

  private Home home;
  private AssetRecords assetRecords;
  private long minFree;
  private long maxSize;
  private String maxSizeText;

  /** Deletes the beginnings of files that an earlier run has left. */
  public void open() throws IOException {
    Files.createDirectories(folder());
    Set<String> whole = assetRecords.onTheirWay();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        if (!whole.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  private Path folder() {
    return home.data().resolve("assets");
  }

  /** Where the file behind an item lies while it is on its way. */
  File of(String dropId, String item) {
    return folder().resolve(AssetRecords.key(dropId, item)).toFile();
  }

  /**
   * Writes a file while it comes, in little memory; on return it is on the disk, whole.
   *
   * @param brought is told how many bytes have come
   * @throws AssetRefused if it is larger than allowed
   * @throws IOException if it has another length than was said, or the disk is too full for it
   */
  void write(Asset asset, HttpEntity content, LongConsumer brought) throws IOException {
    long announced = content.getContentLength();
    long expected = asset.size() > 0 ? asset.size() : announced;
    if (announced >= 0) {
      requireAllowed(announced);
      requireLength(announced, expected);
    }
    requireSpace(Math.max(0, expected));
    Path file = asset.work().toPath();
    try (FileChannel to =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      requireLength(copy(content.getContent(), to, expected, brought), expected);
      // the ledger will say that it is whole, also after a power cut
      to.force(true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private long copy(InputStream from, FileChannel to, long expected, LongConsumer brought)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    long nextLook = BETWEEN_LOOKS;
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      copied += read;
      brought.accept(copied);
      requireAllowed(copied);
      if (expected >= 0 && copied > expected) {
        break;
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
      if (copied >= nextLook) {
        nextLook += BETWEEN_LOOKS;
        requireSpace(0);
      }
    }
    return copied;
  }

  private void requireAllowed(long size) throws AssetRefused {
    if (size > maxSize) {
      throw new AssetRefused(
          "it is larger than %s (mediadrop.assets.max-size)".formatted(maxSizeText));
    }
  }

  private static void requireLength(long size, long expected) throws IOException {
    if (size == 0) {
      throw new IOException("it is empty");
    }
    if (expected >= 0 && size != expected) {
      throw new IOException(
          "it brought %s bytes, where %d were said"
              .formatted(size > expected ? "more" : size, expected));
    }
  }

  private void requireSpace(long more) throws IOException {
    long free = Files.getFileStore(home.data()).getUsableSpace() - more;
    if (free < minFree) {
      throw new IOException(
          "only %d MiB would be left free: make room, or lower mediadrop.disk.min-free"
              .formatted(Math.max(0, free) >> 20));
    }
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setAssetRecords(AssetRecords assetRecords) {
    this.assetRecords = assetRecords;
  }

  /** How much room must stay free, such as {@code 1GiB}. */
  public void setMinFree(String size) {
    minFree = Quantity.bytes(size);
  }

  /** The largest file that is fetched, such as {@code 10GiB}. */
  public void setMaxSize(String size) {
    maxSize = Quantity.bytes(size);
    maxSizeText = size;
  }
}
