package io.mediadrop.source;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.api.pace.Reservation;
import io.mediadrop.archive.Archive;
import io.mediadrop.drop.Drop;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.lane.Lane;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;

/** Hands a settled file of a folder to the route, and lets go of it once that has filed it. */
class FileHandover {

  /** What went wrong on this machine is unlikely to have passed at the next listing. */
  private static final Duration REPEAT = Duration.ofSeconds(30);

  private final Lane lane;
  private final SettledFiles settledFiles;
  private final Archive archive;
  private final RateLimits rateLimits;

  FileHandover(Lane lane, SettledFiles settledFiles, Archive archive, RateLimits rateLimits) {
    this.lane = lane;
    this.settledFiles = settledFiles;
    this.archive = archive;
    this.rateLimits = rateLimits;
  }

  /** Takes a file for the route; false if somebody has it already. */
  boolean begin(Path path, Exchange exchange) {
    DroppedFile dropped = settledFiles.handOver(path);
    if (!lane.take(path, dropped.size())) {
      return false;
    }
    try {
      exchange.setVariable("reservation", rateLimits.reserve(lane));
    } catch (RuntimeException e) {
      lane.hand().release(path);
      throw e;
    }
    exchange.setVariable("file", dropped);
    exchange.getExchangeExtension().addOnCompletion(new End(path));
    return true;
  }

  /** The end of the route for one file. */
  private final class End implements Synchronization {

    private final Path path;

    End(Path path) {
      this.path = path;
    }

    @Override
    public void onComplete(Exchange exchange) {
      endReservation(exchange);
      if (exchange.getMessage().getBody() instanceof Drop drop) {
        settledFiles.putDown(path);
        archive.follow(drop, filed -> giveBack(path, filed));
      } else {
        settledFiles.giveBack(path);
      }
    }

    @Override
    public void onFailure(Exchange exchange) {
      endReservation(exchange);
      giveBack(path, false);
    }
  }

  private void giveBack(Path path, boolean filed) {
    if (!filed) {
      lane.hand().hold(path, REPEAT);
    }
    settledFiles.giveBack(path);
  }

  private static void endReservation(Exchange exchange) {
    Reservation reservation = exchange.getVariable("reservation", Reservation.class);
    if (reservation != null) {
      reservation.end();
    }
  }
}
