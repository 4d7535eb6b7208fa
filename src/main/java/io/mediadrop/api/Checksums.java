package io.mediadrop.api;

import io.mediadrop.base.Digests;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import io.mediadrop.drop.UploadPlan;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SmallContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

/** The checksums by which the API knows a file: its md5, or as S3 makes it from the parts'. */
public class Checksums {

  private static final int BUFFER = 128 * 1024;

  private static final ThreadLocal<ByteBuffer> BUFFERS =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(BUFFER));

  private final KnownDigests known = new KnownDigests();

  /** The checksum of the file as it is on the disk now, in the form of its upload plan. */
  public String onDisk(Drop drop) throws IOException {
    return onDisk(drop.source(), drop.plan());
  }

  /** The checksum of a file in the form that an upload plan has. */
  public String onDisk(Path file, UploadPlan plan) throws IOException {
    if (plan.whole()) {
      return md5(file);
    }
    MessageDigest all = Digests.md5();
    for (Part part : plan.parts()) {
      all.update(digest(file, part.offset(), part.length()));
    }
    return HexFormat.of().formatHex(all.digest()) + "-" + plan.size();
  }

  /** The md5 of a whole file in lower-case hex. */
  public String md5(Path file) throws IOException {
    return HexFormat.of().formatHex(digest(file, 0, Long.MAX_VALUE));
  }

  /** The same, of a file with this stamp; a file that has it still is not hashed again. */
  public String md5(Path file, FileStamp stamp) throws IOException {
    return known.get(file, stamp, () -> md5(file));
  }

  /** The same, of a file that may have been read already. */
  public String md5(Path file, FileStamp stamp, SmallContent content) throws IOException {
    return known.get(
        file,
        stamp,
        () -> {
          String md5 = content.md5();
          return md5 == null ? md5(file) : md5;
        });
  }

  /** The md5 of a file with this stamp if it was hashed lately, else null. */
  String known(Path file, FileStamp stamp) {
    return known.get(file, stamp);
  }

  /** The md5 of the bytes of one part in lower-case hex. */
  String md5(Path file, Part part) throws IOException {
    return HexFormat.of().formatHex(digest(file, part.offset(), part.length()));
  }

  /** What a list of part digests makes: the md5 of the md5s, a dash and their number. */
  public String ofParts(Iterable<String> digests) {
    MessageDigest all = Digests.md5();
    int number = 0;
    for (String md5 : digests) {
      all.update(HexFormat.of().parseHex(md5));
      number++;
    }
    return HexFormat.of().formatHex(all.digest()) + "-" + number;
  }

  private static byte[] digest(Path path, long offset, long length) throws IOException {
    MessageDigest digest = Digests.md5();
    ByteBuffer buffer = BUFFERS.get();
    try (FileChannel file =
        FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      long left = length;
      while (left > 0) {
        buffer.clear().limit((int) Math.min(BUFFER, left));
        int read = file.read(buffer, offset + length - left);
        if (read < 0) {
          if (length == Long.MAX_VALUE) {
            break;
          }
          throw new SourceChanged("the file is %d bytes shorter than it was".formatted(left));
        }
        digest.update(buffer.array(), 0, read);
        left -= read;
      }
    }
    return digest.digest();
  }
}
