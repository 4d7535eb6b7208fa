package io.mediadrop.media.end;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * The bytes of one file, read where somebody asks for them. What lies close together is read once,
 * and however large the file is, the number of reads is bounded.
 */
public final class FileBytes implements Closeable {

  /** Enough to know every kind of media by, and a quarter of the time that 64 KiB take. */
  private static final int HEAD = 8 * 1024;

  private static final int WINDOW = 4 * 1024;

  /** Silent frames of packed sound have less, and what programs pad with. */
  private static final int LEAST_BLANK = 1024;

  private static final int BLANK = 4 * 1024;

  private static final int BLOCK = 64 * 1024;

  /** Takes some hundredths of a second; only files of very many small pieces come so far. */
  private static final int MOST_READS = 50_000;

  /** Reads into the buffer from a place on. */
  private interface Source {
    int read(ByteBuffer into, long at) throws IOException;
  }

  private final Source source;
  private final Closeable open;
  private final long size;
  private final ByteBuffer head;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowAt;
  private int reads;

  private FileBytes(Source source, long size, Closeable open) throws IOException {
    this.source = source;
    this.size = size;
    this.open = open;
    head = read(0, HEAD);
  }

  /** Of a file that was read already. */
  public static FileBytes of(byte[] content) throws IOException {
    return new FileBytes(
        (into, at) -> {
          int length = into.remaining();
          into.put(content, (int) at, length);
          return length;
        },
        content.length,
        () -> {});
  }

  /** Of a regular file; a link is not followed. */
  public static FileBytes open(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    try {
      return new FileBytes(file::read, file.size(), file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The file's first bytes, 8 KiB at most; they are shared and not to be changed. */
  public byte[] head() {
    return bytes(head);
  }

  /** The first 16 bytes of the sound behind a tag, where one of the form ID3 stands in front. */
  public byte[] behindTag() throws IOException {
    ByteBuffer sound = read(Math.min(size, Id3End.behind(this)), 16);
    return bytes(sound);
  }

  /** How many bytes it had when it was opened. */
  public long size() {
    return size;
  }

  /** An unsigned number, its first byte being the highest one. */
  long big(long at, int bytes) throws IOException {
    return number(at, bytes, ByteOrder.BIG_ENDIAN);
  }

  /** An unsigned number, its first byte being the lowest one. */
  long little(long at, int bytes) throws IOException {
    return number(at, bytes, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * An unsigned number of one to eight bytes; of those with eight, the ones from 2⁶³ are negative.
   *
   * @throws EOFException if the file ends before
   */
  long number(long at, int bytes, ByteOrder order) throws IOException {
    ByteBuffer near = near(at, bytes);
    int first = near.position();
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      int next = order == ByteOrder.BIG_ENDIAN ? first + i : first + bytes - 1 - i;
      number = number << 8 | near.get(next) & 0xff;
    }
    return number;
  }

  /**
   * So many bytes, as Latin-1.
   *
   * @throws EOFException if the file ends before
   */
  String text(long at, int length) throws IOException {
    ByteBuffer near = near(at, length);
    return new String(near.array(), near.position(), length, StandardCharsets.ISO_8859_1);
  }

  /** Whether the bytes from here on are these; false, too, where the file ends before. */
  boolean has(long at, String bytes) throws IOException {
    return at >= 0 && bytes.length() <= size - at && text(at, bytes.length()).equals(bytes);
  }

  /** Where these bytes come first from here on; -1 if they do not. */
  long find(String bytes, long from) throws IOException {
    byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
    for (long at = from; at + wanted.length <= size; at += BLOCK - wanted.length + 1) {
      ByteBuffer block = read(at, BLOCK);
      for (int i = 0; i + wanted.length <= block.limit(); i++) {
        if (block.get(i) == wanted[0]
            && Arrays.equals(block.array(), i, i + wanted.length, wanted, 0, wanted.length)) {
          return at + i;
        }
      }
    }
    return -1;
  }

  /** The first place from here on that is not zero, as far as 64 KiB are enough to find it. */
  long skipZeros(long from) throws IOException {
    ByteBuffer block = read(Math.min(from, size), BLOCK);
    int zeros = 0;
    while (zeros < block.limit() && block.get(zeros) == 0) {
      zeros++;
    }
    return from + zeros;
  }

  /** Whether so many bytes from here on are all there and nothing but zeros. */
  boolean isBlank(long at, int length) throws IOException {
    if (at < 0 || length > size - at) {
      return false;
    }
    ByteBuffer near = near(at, length);
    int end = near.position() + length;
    for (int i = near.position(); i < end; i++) {
      if (near.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether content that is packed densely ends here with a block of zeros: a copy that got its
   * room on the disk at once has not come so far.
   */
  boolean endsBlank(long end) throws IOException {
    int blank = (int) Math.max(LEAST_BLANK, Math.min(BLANK, size / 16));
    return isBlank(end - blank, blank);
  }

  /** The same of what begins here. */
  boolean beginsBlank(long at) throws IOException {
    return isBlank(at, BLANK);
  }

  /** The last bytes of the file, so many at most. */
  byte[] tail(int most) throws IOException {
    ByteBuffer tail = read(Math.max(0, size - most), (int) Math.min(most, size));
    return bytes(tail);
  }

  private static byte[] bytes(ByteBuffer read) {
    byte[] all = read.array();
    return all.length == read.limit() ? all : Arrays.copyOf(all, read.limit());
  }

  /** A buffer that holds these bytes at its position. */
  private ByteBuffer near(long at, int length) throws IOException {
    if (at < 0 || length > size - at) {
      throw new EOFException("the file ends before its byte " + at);
    }
    if (at + length <= head.limit()) {
      return head.position((int) at);
    }
    if (at < windowAt || at + length > windowAt + window.limit()) {
      window = read(at, Math.max(WINDOW, length));
      windowAt = at;
      if (window.limit() < length) {
        throw new EOFException("the file has become shorter");
      }
    }
    return window.position((int) (at - windowAt));
  }

  private ByteBuffer read(long at, int length) throws IOException {
    if (++reads > MOST_READS) {
      throw new TooManyReads();
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, size - at));
    while (bytes.hasRemaining() && source.read(bytes, at + bytes.position()) >= 0) {
      // a read may bring less than asked for
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
