package io.mediadrop.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.api.Checksums;
import io.mediadrop.api.UploadApi;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.ArchiveAddress;
import io.mediadrop.file.Home;
import io.mediadrop.file.Writers;
import io.mediadrop.lane.Intake;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.ledger.AssetRecords;
import io.mediadrop.ledger.CompanionRecords;
import io.mediadrop.ledger.FiledDrops;
import io.mediadrop.ledger.KnownUploads;
import io.mediadrop.ledger.Ledger;
import io.mediadrop.ledger.LedgerAge;
import io.mediadrop.ledger.SentParts;
import io.mediadrop.ledger.UnsyncedRecords;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * The archive and the refused files. Whatever is put there comes in by this door: it is added, and
 * nobody waits, or it is put away while somebody does.
 */
public class Archive implements CamelContextAware {

  private Home home;
  private Ledger ledger;
  private UploadRecords uploadRecords;
  private AssetRecords assetRecords;
  private CompanionRecords companionRecords;
  private Checksums checksums;
  private Intake intake;
  private Lanes lanes;
  private WatchNotes watchNotes;
  private Writers writers;
  private ObjectMapper json;

  private CamelContext camelContext;
  private String uri;
  private SplitAnswers splitAnswers;
  private Receipts receipts;
  private RenewedReceipts renewedReceipts;
  private ReceiptUpdates receiptUpdates;
  private CompanionFiling companions;
  private OrphanSidecars orphanSidecars;
  private Originals originals;
  private RefusedFiles refusedFiles;
  private FiledOriginals filedOriginals;
  private FilingTroubles troubles;
  private Filing filing;
  private FilingQueue queue;
  private UnsyncedReceipts unsynced;
  private LedgerAge age;

  /** Begins with what an earlier run had uploaded, given up or filed not long ago. */
  public void open() {
    openLedger();
    SentFiles sentFiles = new SentFiles(uploadRecords, checksums);
    FiledDrops filedDrops = new FiledDrops(ledger);
    originals = new Originals(home, uploadRecords, sentFiles);
    splitAnswers =
        new SplitAnswers(home, uploadRecords, camelContext, new ArchiveAddress(home, uri));
    receipts = new Receipts(home, assetRecords, companionRecords, new SentParts(ledger), json);
    ChangedOriginals changed =
        new ChangedOriginals(originals, receipts, uploadRecords, filedDrops, lanes, watchNotes);
    OriginalMove move = new OriginalMove(home, ledger, sentFiles, writers, changed);
    refusedFiles = new RefusedFiles(home, ledger, originals, sentFiles, move);
    openReceipts();
    filedOriginals = new FiledOriginals(home, originals, sentFiles, filedDrops, changed, writers);
    UploadedFiles uploadedFiles =
        new UploadedFiles(
            uploadRecords, splitAnswers, originals, move, refusedFiles, receipts, filedOriginals);
    FilingBatch batch =
        new FilingBatch(ledger, splitAnswers, originals, sentFiles, receipts, uploadedFiles);
    troubles = new FilingTroubles(home, intake);
    filing =
        new Filing(ledger, splitAnswers, sentFiles, uploadedFiles, refusedFiles, batch, troubles);
    queue = new FilingQueue(home, filing);
    filedOriginals.open();
    queue.open();
    unsynced = new UnsyncedReceipts(home, new UnsyncedRecords(ledger), renewedReceipts);
    // after the last ones are filed
    home.closeFirst(unsynced::close);
    home.closeFirst(queue::close);
  }

  private void openLedger() {
    age = new LedgerAge(ledger, home);
    KnownUploads known = new KnownUploads(ledger);
    ArchivedReceipts archived = new ArchivedReceipts(home, known, json);
    RestoredLedger restored =
        new RestoredLedger(home, known, age, archived, uploadRecords.restored());
    new UnknownReceipts(home, known, age, archived, restored).look();
    // after all that the home does
    home.closeFirst(age::raiseIfPossible);
  }

  private void openReceipts() {
    renewedReceipts = new RenewedReceipts(home, uploadRecords, receipts, splitAnswers);
    companions = new CompanionFiling(home, companionRecords, renewedReceipts);
    orphanSidecars = new OrphanSidecars(home);
    receiptUpdates =
        new ReceiptUpdates(home, receipts, splitAnswers, originals, refusedFiles, companions);
  }

  /** Whether the answer to a drop is to be split now, for its items go with the original. */
  public boolean isToSplit(@Body Drop drop) {
    return drop.state() == DropState.UPLOADED && splitAnswers.isToKeep(drop);
  }

  /** What is known of a drop that the API has, whose answer is split from here on. */
  public Uploaded begin(@Body Drop drop) {
    return splitAnswers.begin(drop);
  }

  /** Keeps an item of the answer, or all of them, until the original is filed. */
  public void keep(
      @Body byte[] content,
      @Header(Exchange.FILE_NAME) Object place,
      @Variable("uploaded") Uploaded uploaded) {
    splitAnswers.add(uploaded, place.toString(), content);
  }

  /** Writes the items of an upload that was filed without them. */
  public void putItems(@Variable("uploaded") Uploaded uploaded) throws IOException {
    originals.requireDisks();
    splitAnswers.split(uploaded).replace(true);
  }

  /** Has a drop put away if it has ended: an uploaded one soon, any other at once. */
  public void add(@Body Drop drop) {
    queue.add(drop);
  }

  /**
   * Puts a drop away if it has ended, and waits for that.
   *
   * @return whether nothing is left to be done now
   */
  public boolean putAway(Drop drop) {
    return filing.putAway(drop);
  }

  /** The same for what was left when it had ended, one after the other. */
  public void putAway(List<Drop> left) {
    left.forEach(filing::putAway);
  }

  /**
   * Has somebody told once a drop is put away that was added, or at once where that was done.
   *
   * @param whenDone told whether nothing is left to be done for it
   */
  public void follow(Drop drop, Consumer<Boolean> whenDone) {
    queue.follow(drop, whenDone);
  }

  /** Whether the drop has its turn anyway. */
  public boolean has(Drop drop) {
    return queue.has(drop);
  }

  /** Why a drop could not be put away, for people elsewhere, whom folders here do not concern. */
  public String whyNotPutAway(Drop drop) {
    return troubles.of(drop);
  }

  /** Whether the original of a filed drop is here, whole. */
  public boolean hasOriginal(Drop drop) {
    return originals.has(drop);
  }

  /** The text that tells a person why the drop failed. */
  public byte[] reason(Drop drop) {
    return refusedFiles.reason(drop);
  }

  /** Looks at originals that somebody may go on writing to. */
  public void watchOriginals() {
    filedOriginals.look();
  }

  /** Syncs receipts that were written a while ago, and makes those again that may be lost. */
  public void syncReceipts() {
    unsynced.look();
    age.look();
  }

  /**
   * Replaces the receipt of an upload, unless somebody has taken it away.
   *
   * @return what is known of the upload now
   */
  public Uploaded renewReceipt(@Variable("uploaded") Uploaded before) throws IOException {
    return renewedReceipts.renew(before.id());
  }

  /** Whether another upload's receipt is where that of this one was, and so what lies beside it. */
  public boolean isAnothers(long dropId) throws IOException {
    return receipts.found(uploadRecords.ofDrop(dropId)) == FoundReceipt.ANOTHERS;
  }

  FilingQueue queue() {
    return queue;
  }

  Receipts receipts() {
    return receipts;
  }

  /** What brings the archive up to date with media that were not ready at once. */
  public ReceiptUpdates receiptUpdates() {
    return receiptUpdates;
  }

  /** What puts companions beside their media files. */
  public CompanionFiling companions() {
    return companions;
  }

  /** What puts sidecars away whose media file never came. */
  public OrphanSidecars orphanSidecars() {
    return orphanSidecars;
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setAssetRecords(AssetRecords assetRecords) {
    this.assetRecords = assetRecords;
  }

  public void setCompanionRecords(CompanionRecords companionRecords) {
    this.companionRecords = companionRecords;
  }

  public void setApi(UploadApi api) {
    checksums = api.checksums();
  }

  public void setIntake(Intake intake) {
    this.intake = intake;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setWatchNotes(WatchNotes watchNotes) {
    this.watchNotes = watchNotes;
  }

  public void setWriters(Writers writers) {
    this.writers = writers;
  }

  /** The address of the archive endpoint. */
  public void setUri(String uri) {
    this.uri = uri;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }
}
