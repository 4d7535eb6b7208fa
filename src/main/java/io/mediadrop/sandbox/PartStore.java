package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the parts of unfinished uploads in a temporary folder. */
final class PartStore implements AutoCloseable {
  private static final byte[] ZEROS = new byte[Blocks.SIZE];

  private final Hashing hashing;
  private final Path folder;
  private final AtomicLong names = new AtomicLong();

  /**
   * @param parent the folder in which the temporary one is made
   */
  PartStore(Hashing hashing, Path parent) throws IOException {
    this.hashing = hashing;
    this.folder = Files.createTempDirectory(parent, "mediadrop-sandbox");
  }

  /** Stores a body of an expected length; a longer one is not read to its end. */
  StoredPart receive(InputStream body, long expected) throws IOException {
    Checksums checksums = Checksums.of(hashing);
    if (hashing == Hashing.OFF) {
      return new StoredPart(null, Blocks.pour(body, expected, checksums::update), null);
    }
    Path file = folder.resolve("part-" + names.incrementAndGet());
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      long length = Blocks.pour(body, expected, (block, n) -> write(out, checksums, block, n));
      out.setLength(length);
      return new StoredPart(file, length, checksums.md5());
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private void write(RandomAccessFile out, Checksums checksums, byte[] block, int length)
      throws IOException {
    checksums.update(block, length);
    if (Arrays.equals(block, 0, length, ZEROS, 0, length)) {
      // a hole: sparse files of many GiB take no room on disk
      out.seek(out.getFilePointer() + length);
    } else {
      out.write(block, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.delete(folder);
  }
}
