package io.mediadrop.file;

import io.mediadrop.base.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Set;

/**
 * What a small file holds, read once for all who want to know: what type it is, whether it is new,
 * and what is to be sent. It is in memory as long as the file is in hand.
 */
public final class SmallContent {

  /** Of a larger file, in bytes, everybody reads what he needs. */
  public static final int MOST = 1 << 20;

  /** The system's own buffer of each thread grows to what is read at once. */
  private static final int PIECE = 64 * 1024;

  private final Path path;
  private final FileStamp stamp;
  private byte[] bytes;
  private String md5;

  /** Of the file with this stamp, which is read when it is first asked for. */
  public SmallContent(Path path, FileStamp stamp) {
    this.path = path;
    this.stamp = stamp;
  }

  /**
   * All bytes of the file, which are shared and not to be changed; null if there are none or too
   * many of them, or they may not be the ones of the stamp any more.
   */
  public synchronized byte[] bytes() throws IOException {
    if (bytes == null && stamp.size() > 0 && stamp.size() <= MOST) {
      bytes = read();
    }
    return bytes;
  }

  /** The md5 of the bytes in lower-case hex; null where there are none. */
  public synchronized String md5() throws IOException {
    if (md5 == null && bytes() != null) {
      md5 = HexFormat.of().formatHex(Digests.md5().digest(bytes));
    }
    return md5;
  }

  /** Null if it is not all there, or was touched until it had been read. */
  private byte[] read() throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) stamp.size());
    try (FileChannel file =
        FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (all.position() < all.capacity()) {
        all.limit(Math.min(all.position() + PIECE, all.capacity()));
        if (file.read(all) < 0) {
          return null;
        }
      }
    }
    return FileStamp.of(path).equals(stamp) ? all.array() : null;
  }
}
