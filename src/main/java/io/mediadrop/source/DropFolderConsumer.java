package io.mediadrop.source;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.EmptyAsyncCallback;

/**
 * Hands the files of a lane's folder to the route, as the file component would: each as a {@code
 * GenericFile} with its headers. Which files, and when they are looked for, others say.
 */
public class DropFolderConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

  private final PollSchedule schedule;
  private final SettledFiles settledFiles;
  private final FileHandover handover;
  private final String folder;
  private volatile boolean polling;

  DropFolderConsumer(
      DropFolderEndpoint from,
      Processor processor,
      PollSchedule schedule,
      SettledFiles settledFiles,
      FileHandover handover) {
    super(from, processor);
    this.schedule = schedule;
    this.settledFiles = settledFiles;
    this.handover = handover;
    folder = from.lane().directory().toString();
  }

  private void poll() {
    polling = true;
    try {
      if (isToPoll()) {
        settledFiles.next().stream().takeWhile(file -> isToPoll()).forEach(this::handOver);
      }
    } catch (RuntimeException | Error e) {
      // whatever it is, the lane goes on
      settledFiles.failed(e);
    } finally {
      polling = false;
    }
  }

  private boolean isToPoll() {
    return isRunAllowed() && !isSuspendingOrSuspended();
  }

  private void handOver(Path path) {
    try {
      Exchange exchange = createExchange(true);
      FileConsumer.asGenericFile(folder, path.toFile(), null, false)
          .bindToExchange(exchange, false);
      if (handover.begin(path, exchange)) {
        getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
      } else {
        releaseExchange(exchange, true);
      }
    } catch (RuntimeException e) {
      settledFiles.failed(path, e);
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    schedule.start(this::poll, settledFiles::nanosUntilDue);
  }

  @Override
  protected void doStop() throws Exception {
    schedule.stop();
    super.doStop();
  }

  @Override
  protected void doSuspend() {
    schedule.stop();
  }

  @Override
  protected void doResume() {
    settledFiles.resume();
    schedule.start(this::poll, settledFiles::nanosUntilDue);
  }

  /** A stop begins with this consumer, so that no more files come. */
  @Override
  public boolean deferShutdown(ShutdownRunningTask task) {
    return false;
  }

  /**
   * What is handed over is in flight; between the look at a folder and that, a poll stands for it.
   */
  @Override
  public int getPendingExchangesSize() {
    return polling ? 1 : 0;
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    // the schedule is stopped already
  }
}
