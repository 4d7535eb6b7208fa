package io.mediadrop.console;

import io.mediadrop.base.NamedThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.impl.io.HttpService;

/**
 * Listens, and gives each caller a seat and a thread as long as he is quick. There are few seats,
 * and whoever waits longest for himself makes room for the next one.
 */
final class ConsoleServer implements AutoCloseable {

  private static final int BACKLOG = 128;

  /** How often those are looked at who may have been too slow, while anybody is there. */
  private static final int LOOK_MILLIS = 500;

  private static final int IDLE_SECONDS = 5;

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Seats seats = new Seats();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          // one that was cut off may take a moment to notice
          2 * Seats.MOST,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new NamedThreads("console"));
  private final ServerSocket socket = new ServerSocket();
  private final HttpService service;
  private final CallerLog callers;

  /**
   * Listens.
   *
   * @throws IOException if the address or the port cannot be had
   */
  ConsoleServer(InetAddress address, int port, HttpService service, CallerLog callers)
      throws IOException {
    this.service = service;
    this.callers = callers;
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    threads.execute(this::listen);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        socket.setSoTimeout(seats.isEmpty() ? 0 : LOOK_MILLIS);
        admit(socket.accept());
      } catch (SocketTimeoutException e) {
        // nobody came: a good time to look after those who are here
      } catch (IOException | RuntimeException e) {
        waitAfter(e);
      }
      seats.clearOverdue();
    }
  }

  private void admit(Socket client) throws IOException {
    Seat seat = seats.take(client, service);
    if (seat != null) {
      ((Executor) threads).execute(seat);
    }
  }

  /** Such as too many open files: the next attempt would fail as well. */
  private void waitAfter(Exception trouble) {
    if (socket.isClosed()) {
      return;
    }
    callers.tell("nobody can come in at the moment: " + trouble);
    try {
      closing.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens no more, and cuts off whoever is there. */
  @Override
  public void close() {
    closing.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      callers.tell("the port was not closed properly: " + e);
    }
    seats.clear();
    threads.shutdownNow();
  }
}
