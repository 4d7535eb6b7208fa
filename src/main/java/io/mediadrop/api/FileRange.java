package io.mediadrop.api;

import io.mediadrop.base.Digests;
import io.mediadrop.drop.Part;
import io.mediadrop.lane.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A range of a file as the body of a request. It can be sent again, takes the same memory whatever
 * its length, hashes what it sends, and fails rather than send fewer bytes than it has announced,
 * or the last ones of a file that is not the one that was claimed.
 */
public class FileRange extends AbstractHttpEntity {

  /**
   * HttpClient's own file entity writes 4 KiB at a time, which costs a multiple; what is copied
   * from the system and back should stay in the processor's nearest memory.
   */
  private static final int BUFFER = 32 * 1024;

  /** One for each thread that sends: making and cleaning them away costs more than small files. */
  private static final ThreadLocal<ByteBuffer[]> BUFFERS =
      ThreadLocal.withInitial(() -> newBuffers(1));

  /** From this length on it is worth while to hash in a thread of its own. */
  private static final long LARGE = 16L << 20;

  private final ClaimedFile file;
  private final long offset;
  private final long length;
  private final boolean hashing;
  private final String known;
  private final Place place;
  private final Outflow outflow;
  private volatile String md5;

  /** Bytes {@code offset} to {@code offset + length - 1} of the file, sent as this type. */
  public FileRange(Path path, long offset, long length, String contentType) {
    this(
        new ClaimedFile(path, null),
        new Part(1, null, offset, length),
        contentType,
        true,
        null,
        null,
        new Bandwidth(0).share(path));
  }

  /**
   * The same for a file that must still be what it was.
   *
   * @param hashing whether the md5 of what is sent is taken
   * @param known the md5 of the range as it was with that stamp; null if it is not known
   * @param place the file's place among those that are uploaded at once; null if it has none
   * @param share of the bandwidth that its file has
   */
  FileRange(
      ClaimedFile file,
      Part part,
      String contentType,
      boolean hashing,
      String known,
      Place place,
      Bandwidth.Share share) {
    super(contentType, null);
    this.place = place;
    this.hashing = hashing && known == null;
    this.known = hashing ? known : null;
    this.file = file;
    offset = part.offset();
    length = part.length();
    outflow = new Outflow(share);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    outflow.begin();
    md5 = null;
    byte[] content = file.read();
    if (content != null && content.length == length) {
      write(content, out);
      md5 = hashing ? file.md5() : known;
    } else {
      md5 = copy(out);
    }
  }

  /** Sends what was read already. */
  private void write(byte[] content, OutputStream out) throws IOException {
    for (int at = 0; at < content.length; at = (int) sent()) {
      int piece = Math.min(BUFFER, content.length - at);
      if (at + piece == content.length) {
        file.requireUnchanged();
      }
      outflow.write(out, content, at, piece);
    }
  }

  /** Sends what is read meanwhile; its md5 if that is wanted. */
  private String copy(OutputStream out) throws IOException {
    MessageDigest digest = hashing ? Digests.md5() : null;
    try (FileChannel channel = file.open();
        HashBeside beside = hashing && length > LARGE ? new HashBeside(digest) : null) {
      ByteBuffer[] buffers = beside == null ? BUFFERS.get() : newBuffers(HashBeside.BUFFERS);
      for (int piece = 0; sent() < length; piece++) {
        ByteBuffer buffer = buffers[piece % buffers.length];
        int read = read(channel, buffer);
        if (beside != null) {
          beside.take(buffer.array(), read);
        } else if (hashing) {
          digest.update(buffer.array(), 0, read);
        }
        outflow.write(out, buffer.array(), 0, read);
      }
      if (beside != null) {
        beside.await();
      }
    }
    return hashing ? HexFormat.of().formatHex(digest.digest()) : known;
  }

  private static ByteBuffer[] newBuffers(int number) {
    return Stream.generate(() -> ByteBuffer.allocate(BUFFER))
        .limit(number)
        .toArray(ByteBuffer[]::new);
  }

  private int read(FileChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear().limit((int) Math.min(buffer.capacity(), length - sent()));
    int read = channel.read(buffer, offset + sent());
    if (read < 0) {
      throw new SourceChanged("the file ended %d bytes early".formatted(length - sent()));
    }
    if (sent() + read == length) {
      file.requireUnchanged();
    }
    return read;
  }

  /** How many bytes of the range have been handed to the connection in the latest attempt. */
  public long sent() {
    return outflow.sent();
  }

  /** When the last byte moved, on the clock of {@link System#nanoTime()}. */
  long progressAt() {
    return outflow.movedAt();
  }

  /** The file's place among those that are uploaded at once; null if it has none. */
  Place place() {
    return place;
  }

  /**
   * The md5 of the bytes sent, in lower-case hex; null until all of them are, and where it is not
   * wanted.
   */
  public String md5() {
    return md5;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  /** Only to be sent: HttpClient asks whether to stream before it does. */
  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public InputStream getContent() throws IOException {
    return Channels.newInputStream(file.openAny().position(offset));
  }

  @Override
  public void close() {
    // each attempt opens and closes the file for itself
  }
}
