package io.mediadrop.console;

import io.mediadrop.base.NamedThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
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

  /** How long nobody is let in when all who are there are being served, or after a trouble. */
  private static final int FULL_MILLIS = 50;

  private static final int TROUBLE_MILLIS = 1_000;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Seats seats;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          // with the one that listens; and one that was cut off may take a moment to notice
          1 + 2 * Seats.MOST,
          Patience.LONGEST.toSeconds(),
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
    seats = new Seats(callers);
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
        if (seats.hasRoom()) {
          socket.setSoTimeout(seats.isEmpty() ? 0 : LOOK_MILLIS);
          admit(socket.accept());
        } else {
          pause(FULL_MILLIS);
        }
      } catch (SocketTimeoutException e) {
        // nobody came: a good time to look after those who are here
      } catch (IOException | RuntimeException e) {
        if (!socket.isClosed()) {
          // such as too many open files: the next attempt would fail as well
          callers.tell("nobody can come in at the moment: " + e);
          pause(TROUBLE_MILLIS);
        }
      }
      seats.clearOverdue();
    }
  }

  private void admit(Socket client) {
    Seat seat = seats.take(client, service);
    try {
      threads.execute(seat);
    } catch (RejectedExecutionException e) {
      // those who were cut off have not noticed yet, or we are closing
      seat.cut();
    }
  }

  private void pause(int millis) {
    try {
      closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // it closes
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
