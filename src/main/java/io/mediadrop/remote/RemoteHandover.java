package io.mediadrop.remote;

import io.mediadrop.api.pace.RateLimits;
import io.mediadrop.api.pace.Reservation;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;

/**
 * Hands a settled file of a server to the route. The listing does not wait for it: what becomes of
 * the file, here and on the server, is decided at the end of {@code fetch-file}.
 */
public class RemoteHandover implements GenericFileProcessStrategy<Object> {

  private RemoteLane lane;
  private RemoteFiles remoteFiles;
  private RateLimits rateLimits;

  @Override
  public void prepareOnStartup(GenericFileOperations<Object> f, GenericFileEndpoint<Object> from) {
    // the ledger knows what was begun
  }

  @Override
  public boolean begin(
      GenericFileOperations<Object> files,
      GenericFileEndpoint<Object> from,
      Exchange exchange,
      GenericFile<Object> file) {
    RemoteFile remote = remoteFiles.handOver(file);
    if (!lane.take(remote.local(), remote.stamp().size())) {
      return false;
    }
    exchange.setVariable("remoteFile", remote);
    exchange.setVariable("reservation", rateLimits.reserve(lane));
    return true;
  }

  @Override
  public void abort(
      GenericFileOperations<Object> files,
      GenericFileEndpoint<Object> from,
      Exchange exchange,
      GenericFile<Object> file) {
    // the next listing decides anew
  }

  @Override
  public void commit(
      GenericFileOperations<Object> files,
      GenericFileEndpoint<Object> from,
      Exchange exchange,
      GenericFile<Object> file) {
    // a worker has it
  }

  @Override
  public void rollback(
      GenericFileOperations<Object> files,
      GenericFileEndpoint<Object> from,
      Exchange exchange,
      GenericFile<Object> file) {
    // no worker could take it
    Reservation reservation = exchange.getVariable("reservation", Reservation.class);
    if (reservation != null) {
      reservation.end();
    }
    lane.hand().release(exchange.getVariable("remoteFile", RemoteFile.class).local());
  }

  public void setLane(RemoteLane lane) {
    this.lane = lane;
  }

  public void setRateLimits(RateLimits rateLimits) {
    this.rateLimits = rateLimits;
  }

  public void setRemoteFiles(RemoteFiles remoteFiles) {
    this.remoteFiles = remoteFiles;
  }
}
