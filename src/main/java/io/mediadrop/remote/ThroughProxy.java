package io.mediadrop.remote;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import io.mediadrop.net.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Brings a session to its server through the proxy for it, or straight where there is none. */
public class ThroughProxy implements Proxy {

  private Network network;
  private Socket socket;

  /** Another one, for another session: each holds one connection. */
  ThroughProxy again() {
    ThroughProxy another = new ThroughProxy();
    another.setNetwork(network);
    return another;
  }

  public void setNetwork(Network network) {
    this.network = network;
  }

  @Override
  public void connect(SocketFactory own, String host, int port, int timeout) throws IOException {
    socket = network.connect(host, port, timeout);
  }

  @Override
  public InputStream getInputStream() {
    try {
      return socket.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream getOutputStream() {
    try {
      return socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Socket getSocket() {
    return socket;
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // closed as far as it can be; the session is over anyway
    }
  }
}
