package io.mediadrop.source;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.api.pace.Reservation;
import io.mediadrop.archive.FilingQueue;
import io.mediadrop.drop.Drop;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Lane;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;

/**
 * Hands a settled file of a folder to the route, and puts it where it belongs once the route is
 * done with it. The ledger decides where that is; Camel's own moves would replace existing files.
 */
public class FileHandover implements GenericFileProcessStrategy<File> {

  /** What went wrong on this machine is unlikely to have passed at the next listing. */
  private static final Duration REPEAT = Duration.ofSeconds(30);

  private Lane lane;
  private SettledFiles settledFiles;
  private FilingQueue filingQueue;
  private RateLimits rateLimits;

  @Override
  public void prepareOnStartup(GenericFileOperations<File> files, GenericFileEndpoint<File> from) {
    // nothing is left over in the watched folder: the ledger knows what was begun
  }

  @Override
  public boolean begin(
      GenericFileOperations<File> files,
      GenericFileEndpoint<File> from,
      Exchange exchange,
      GenericFile<File> file) {
    Path path = SettledFiles.pathOf(file);
    DroppedFile dropped = settledFiles.handOver(path);
    if (!lane.take(path, dropped.size())) {
      return false;
    }
    exchange.setVariable("file", dropped);
    exchange.setVariable("reservation", rateLimits.reserve(lane));
    return true;
  }

  @Override
  public void abort(
      GenericFileOperations<File> files,
      GenericFileEndpoint<File> from,
      Exchange exchange,
      GenericFile<File> file) {
    // the next listing decides anew
  }

  @Override
  public void commit(
      GenericFileOperations<File> files,
      GenericFileEndpoint<File> from,
      Exchange exchange,
      GenericFile<File> file) {
    Path path = SettledFiles.pathOf(file);
    endReservation(exchange);
    if (exchange.getMessage().getBody() instanceof Drop drop) {
      settledFiles.putDown(path);
      filingQueue.follow(drop, filed -> giveBack(path, filed));
    } else {
      settledFiles.giveBack(path);
    }
  }

  private void giveBack(Path path, boolean filed) {
    if (!filed) {
      lane.hand().hold(path, REPEAT);
    }
    settledFiles.giveBack(path);
  }

  @Override
  public void rollback(
      GenericFileOperations<File> files,
      GenericFileEndpoint<File> from,
      Exchange exchange,
      GenericFile<File> file) {
    endReservation(exchange);
    giveBack(SettledFiles.pathOf(file), false);
  }

  private static void endReservation(Exchange exchange) {
    Reservation reservation = exchange.getVariable("reservation", Reservation.class);
    if (reservation != null) {
      reservation.end();
    }
  }

  public void setLane(Lane lane) {
    this.lane = lane;
  }

  public void setSettledFiles(SettledFiles settledFiles) {
    this.settledFiles = settledFiles;
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }

  public void setFilingQueue(FilingQueue filingQueue) {
    this.filingQueue = filingQueue;
  }
}
