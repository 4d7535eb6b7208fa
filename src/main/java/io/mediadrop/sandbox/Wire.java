package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.io.HttpServerConnection;
import org.apache.hc.core5.io.CloseMode;

/** The socket a call came in on: what a fault can do to it. */
public final class Wire {
  private final HttpServerConnection socket;
  private final CountDownLatch closing;

  Wire(HttpServerConnection socket, CountDownLatch closing) {
    this.socket = socket;
    this.closing = closing;
  }

  /** Closes the connection. */
  public IOException cut() throws IOException {
    socket.close();
    throw new ConnectionClosedException("Cut by the sandbox");
  }

  /** Ends the connection with a TCP reset. */
  public IOException reset() throws IOException {
    socket.close(CloseMode.IMMEDIATE);
    throw new ConnectionClosedException("Reset by the sandbox");
  }

  /** Does nothing for a while. Ends early, with the connection cut, when the sandbox closes. */
  public void pause(Duration time) throws IOException {
    try {
      if (closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw cut();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The sandbox closes");
    }
  }

  /** Does nothing until the sandbox closes. */
  public IOException stall() throws IOException {
    pause(Duration.ofDays(365));
    throw cut();
  }
}
