package io.mediadrop.assets;

import io.mediadrop.base.Quantity;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.AssetRecords;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpEntity;

/** The files behind items while they are on their way, in the home's data. */
class WorkFiles {

  private final Home home;
  private final AssetRecords assetRecords;
  private final long maxSize;
  private final String maxSizeText;

  /**
   * The files in the data of a home.
   *
   * @param maxSize the largest that is fetched, such as {@code 10GiB}
   */
  WorkFiles(Home home, AssetRecords assetRecords, String maxSize) {
    this.home = home;
    this.assetRecords = assetRecords;
    this.maxSize = Quantity.bytes(maxSize);
    maxSizeText = maxSize;
  }

  /** Deletes the beginnings of files that an earlier run has left. */
  void open() throws IOException {
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
  File of(long dropId, String item) {
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
    home.freeSpace().require(Math.max(0, expected));
    Path file = asset.work().toPath();
    try (FileChannel to =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long most = Math.min(maxSize, expected < 0 ? Long.MAX_VALUE : expected);
      long copied = home.freeSpace().copy(content.getContent(), to, most, brought);
      requireAllowed(copied);
      requireLength(copied, expected);
      // the ledger will say that it is whole, also after a power cut
      to.force(true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
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
}
