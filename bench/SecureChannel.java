package bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A TLS connection as the sink reads and writes. */
final class SecureChannel implements ByteChannel {

  private final Socket socket;
  private final ReadableByteChannel in;
  private final WritableByteChannel out;

  SecureChannel(Socket socket) throws IOException {
    this.socket = socket;
    in = Channels.newChannel(socket.getInputStream());
    out = Channels.newChannel(socket.getOutputStream());
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    return in.read(buffer);
  }

  @Override
  public int write(ByteBuffer buffer) throws IOException {
    return out.write(buffer);
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
