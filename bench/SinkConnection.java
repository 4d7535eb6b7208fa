package bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** One client's connection to the sink: reads calls with little effort, and answers each. */
final class SinkConnection {

  /** A call as far as the sink looks at it. */
  record Call(String method, String path, String host, long length, boolean waits) {}

  /** Contents from this size on are held back where the sink is to hold back. */
  private static final long LARGE = 16 << 20;

  private static final int BUFFER = 256 * 1024;
  private static final byte[] CONTINUE = bytes("HTTP/1.1 100 Continue\r\n\r\n");

  private final ByteChannel channel;
  private final Sink sink;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);

  SinkConnection(ByteChannel channel, Sink sink) {
    this.channel = channel;
    this.sink = sink;
  }

  /** Takes one call; false if there is none any more. */
  boolean serve() throws IOException {
    if (!in.hasRemaining() && !fill(BUFFER)) {
      return false;
    }
    long time = System.nanoTime();
    Tally tally = sink.tally();
    tally.called(time);
    Call call = parse(head());
    if (call.length() < 0) {
      send(411, "text/plain", "the sink wants a Content-Length");
      return false;
    }
    if (call.waits()) {
      write(CONTINUE);
    }
    if (call.method().equals("PUT")) {
      tally.firstContent.compareAndSet(0, time);
      discard(call.length(), tally);
      SinkAnswers.put(this, call, tally);
    } else {
      SinkAnswers.other(this, call, text((int) call.length()), tally, sink, time);
    }
    return true;
  }

  private static Call parse(String head) {
    String[] lines = head.split("\r\n");
    String[] first = lines[0].split(" ");
    String host = "";
    long length = 0;
    boolean waits = false;
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String value = lines[i].substring(colon + 1).trim();
      switch (lines[i].substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "host" -> host = value;
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> length = -1;
        case "expect" -> waits = true;
        default -> {}
      }
    }
    return new Call(first[0], first[1], host, length, waits);
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (true) {
      while (in.hasRemaining()) {
        char c = (char) (in.get() & 0xff);
        head.append(c);
        int length = head.length();
        if (c == '\n' && length >= 4 && head.charAt(length - 3) == '\n') {
          return head.substring(0, length - 4);
        }
      }
      more(BUFFER);
    }
  }

  private String text(int length) throws IOException {
    byte[] text = new byte[length];
    for (int read = 0; read < length; ) {
      if (!in.hasRemaining()) {
        more(length - read);
      }
      int step = Math.min(in.remaining(), length - read);
      in.get(text, read, step);
      read += step;
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private void discard(long length, Tally tally) throws IOException {
    long begin = System.nanoTime();
    boolean held = tally.heldTo > 0 && length >= LARGE;
    for (long read = 0; read < length; ) {
      if (!in.hasRemaining()) {
        more(length - read);
      }
      int step = (int) Math.min(in.remaining(), length - read);
      in.position(in.position() + step);
      read += step;
      if (held) {
        LockSupport.parkNanos(begin + (long) (read * 1e9 / tally.heldTo) - System.nanoTime());
      }
    }
    tally.bytes.addAndGet(length);
  }

  private void more(long wanted) throws IOException {
    if (!fill(wanted)) {
      throw new EOFException("the client has gone");
    }
  }

  /** Never reads further than wanted, so that a content's bytes are not looked at. */
  private boolean fill(long wanted) throws IOException {
    in.clear().limit((int) Math.min(BUFFER, wanted));
    int read = channel.read(in);
    in.flip();
    return read > 0;
  }

  void send(int status, String type, String body) throws IOException {
    byte[] content = bytes(body);
    write(
        bytes(
            "HTTP/1.1 "
                + status
                + " -\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + content.length
                + "\r\n\r\n"
                + body));
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
