package bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The files that are uploaded: made once, and linked into the folder of each run, so that every
 * program reads the same bytes from the same memory.
 */
final class Material {

  /** Up to where the data of the picture begin. */
  private static final byte[] JPEG =
      HexFormat.of().parseHex("ffd8ffe000104a46494600010100004800480000ffda0008010100003f00");

  private static final byte[] JPEG_END = HexFormat.of().parseHex("ffd9");

  private final Path folder;

  Material(Path folder) {
    this.folder = folder;
  }

  /** The name of a photo. */
  static String photo(int number) {
    return "IMG_%06d.jpg".formatted(number);
  }

  /** Links the photos of these numbers into a folder; no two have the same content. */
  void photos(Path into, int first, int end, int size) throws IOException {
    Path masters = Files.createDirectories(folder.resolve("photos-" + size));
    byte[] content = photo(new Random(size), size);
    boolean made = false;
    for (int i = first; i < end; i++) {
      Path master = masters.resolve(photo(i));
      if (!Files.exists(master)) {
        ByteBuffer.wrap(content).putInt(JPEG.length, i);
        Files.write(master, content);
        made = true;
      }
      Files.createLink(into.resolve(master.getFileName()), master);
    }
    if (made) {
      settle();
    }
  }

  /** A photo of this many bytes, whole by what it says of itself. */
  static byte[] photo(Random random, int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    System.arraycopy(JPEG, 0, content, 0, JPEG.length);
    System.arraycopy(JPEG_END, 0, content, size - JPEG_END.length, JPEG_END.length);
    return content;
  }

  /** Links a video into a folder. Its content is a hole, which takes no room on the disk. */
  void video(Path into, String name, long size) throws IOException {
    Path master = Files.createDirectories(folder).resolve("video-" + size + ".mp4");
    if (!Files.exists(master)) {
      try (FileChannel file =
          FileChannel.open(master, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer head = ByteBuffer.allocate(48);
        head.putInt(24).put(text("ftypisom")).putInt(0x200).put(text("isommp41"));
        head.putInt(8).put(text("moov")).putInt(1).put(text("mdat")).putLong(size - 32);
        file.write(head.flip());
        file.write(ByteBuffer.allocate(1), size - 1);
      }
    }
    Files.createLink(into.resolve(name), master);
  }

  /**
   * Reads a file, so that whoever is the first to upload it finds it in memory as the others do.
   */
  static void remember(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel content = FileChannel.open(file)) {
      while (content.read(buffer.clear()) >= 0) {
        continue;
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Lets the disk finish with what was written, so that no later run pays for it. */
  static void settle() throws IOException {
    try {
      new ProcessBuilder("sync").start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> found;
      try (Stream<Path> walk = Files.walk(folder)) {
        found = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : found) {
        Files.deleteIfExists(each);
      }
    }
  }
}
