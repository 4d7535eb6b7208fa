package io.mediadrop.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a SOCKS 5 proxy for a connection, with the host's name, by RFC 1928 and 1929. */
final class Socks {

  private static final int VERSION = 5;
  private static final int NO_USER = 0;
  private static final int USER = 2;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final String[] REPLIES = {
    "",
    "failed",
    "does not allow that connection",
    "does not reach its network",
    "does not reach it",
    "was refused by it",
    "gave up on it",
    "knows no connections",
    "knows no such addresses"
  };

  private Socks() {}

  static void connect(Socket socket, Proxy proxy, InetSocketAddress target) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    out.write(
        proxy.user() == null
            ? new byte[] {VERSION, 1, NO_USER}
            : new byte[] {VERSION, 2, NO_USER, USER});
    if (in.readUnsignedByte() != VERSION) {
      throw new ProxyFailed(proxy, "speaks no SOCKS 5", 0);
    }
    int method = in.readUnsignedByte();
    if (method == USER && proxy.user() != null) {
      logIn(in, out, proxy);
    } else if (method != NO_USER) {
      throw new ProxyFailed(proxy, "wants a user and a password", 407);
    }
    out.write(request(proxy, target));
    in.readUnsignedByte();
    int reply = in.readUnsignedByte();
    if (reply != 0) {
      throw new ProxyFailed(
          proxy,
          (reply < REPLIES.length ? REPLIES[reply] : "failed")
              + " when asked for %s:%d".formatted(target.getHostString(), target.getPort()),
          0);
    }
    in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int length = type == NAME ? in.readUnsignedByte() : type == IPV4 ? 4 : 16;
    in.readFully(new byte[length + 2]);
  }

  private static void logIn(DataInputStream in, OutputStream out, Proxy proxy) throws IOException {
    String[] user = (proxy.user() + ":").split(":", -1);
    String password = proxy.user().substring(Math.min(user[0].length() + 1, proxy.user().length()));
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(1);
    text(message, proxy, user[0]);
    text(message, proxy, password);
    out.write(message.toByteArray());
    in.readUnsignedByte();
    if (in.readUnsignedByte() != 0) {
      throw new ProxyFailed(proxy, "wants another user and password", 407);
    }
  }

  private static byte[] request(Proxy proxy, InetSocketAddress target) throws ProxyFailed {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {VERSION, CONNECT, 0, NAME});
    text(message, proxy, target.getHostString());
    message.write(target.getPort() >> 8);
    message.write(target.getPort());
    return message.toByteArray();
  }

  private static void text(ByteArrayOutputStream message, Proxy proxy, String text)
      throws ProxyFailed {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 255) {
      throw new ProxyFailed(proxy, "takes no names of more than 255 bytes", 0);
    }
    message.write(bytes.length);
    message.writeBytes(bytes);
  }
}
