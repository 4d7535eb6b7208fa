package io.mediadrop.remote;

import io.mediadrop.api.pace.Reservation;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.CompanionRecords;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.source.DropFolderComponent;
import io.mediadrop.source.LaneContext;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** What the lanes over folders of servers have in common, and what becomes of each file there. */
public class RemoteFolders {

  /** The longest that a file is left alone which could not be fetched. */
  private static final Duration LONGEST_REPEAT = Duration.ofSeconds(30);

  private LaneContext shared;
  private Ledger ledger;
  private CompanionRecords companionRecords;
  private Duration settle;
  private Duration incompleteAfter;
  private Duration orphanAfter;
  private Duration maxWait;
  private Duration probe;
  private RemoteDrops drops;
  private NeedlessCopies needlessCopies;
  private RemoteCompanions companions;
  private LeftOriginals left;
  private RemoteOriginals originals;
  private Fetching fetching;

  /** Wires what the lanes work with. */
  public void open() {
    Duration repeat = maxWait.compareTo(LONGEST_REPEAT) < 0 ? maxWait : LONGEST_REPEAT;
    drops = new RemoteDrops(ledger);
    WorkCopies workCopies = new WorkCopies(shared.home());
    needlessCopies = new NeedlessCopies(drops);
    companions = new RemoteCompanions(companionRecords, shared.archive().companions(), workCopies);
    left = new LeftOriginals(drops);
    originals = new RemoteOriginals(left, drops, shared.archive(), maxWait);
    fetching = new Fetching(shared.intake(), shared.archive(), drops, workCopies, repeat);
  }

  /**
   * The copy of the file, to be delivered; null if there is nothing to deliver: mediadrop is
   * stopping, the lane pauses or is about to go, or the drop has ended and only its file is left on
   * the server.
   */
  public DroppedFile fetch(@Variable("remoteFile") RemoteFile file) throws Exception {
    return fetching.fetch(file);
  }

  /** Puts a delivered file away, here and on the server, as far as its drop has ended. */
  public void putAway(@Variable("remoteFile") RemoteFile file, @Body Drop drop) {
    originals.putAway(file, drop);
  }

  /** Leaves a file alone for a while that could not be fetched or delivered. */
  public void failed(
      @Variable("remoteFile") RemoteFile file,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    fetching.failed(file, failure);
  }

  /** Gives the file back, and the calls that were kept for it. */
  public void release(
      @Variable("remoteFile") RemoteFile file, @Variable("reservation") Reservation reservation) {
    if (reservation != null) {
      reservation.end();
    }
    file.lane().hand().release(file.local());
  }

  LaneContext shared() {
    return shared;
  }

  RemoteDrops drops() {
    return drops;
  }

  NeedlessCopies needlessCopies() {
    return needlessCopies;
  }

  RemoteCompanions companions() {
    return companions;
  }

  LeftOriginals left() {
    return left;
  }

  Duration settle() {
    return settle;
  }

  Duration incompleteAfter() {
    return incompleteAfter;
  }

  Duration orphanAfter() {
    return orphanAfter;
  }

  Duration maxWait() {
    return maxWait;
  }

  Duration probe() {
    return probe;
  }

  /** Has what all lanes work with. */
  public void setFolders(DropFolderComponent folders) {
    shared = folders.context();
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setCompanionRecords(CompanionRecords records) {
    companionRecords = records;
  }

  /** How long a file must stay unchanged. */
  public void setSettle(String time) {
    settle = Quantity.time(time);
  }

  /** How long a file lacks the sidecar that it needs until that is told. */
  public void setIncompleteAfter(String time) {
    incompleteAfter = Quantity.time(time);
  }

  /** How long a sidecar waits for its file. */
  public void setOrphanAfter(String time) {
    orphanAfter = Quantity.time(time);
  }

  /** The longest time between two tries of a server or a file. */
  public void setMaxWait(String time) {
    maxWait = Quantity.time(time);
  }

  /** The first wait after a server has refused us, or we its key. */
  public void setProbe(String time) {
    probe = Quantity.time(time);
  }
}
