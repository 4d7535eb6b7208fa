package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.lane.WatchNotes;
import io.mediadrop.ledger.FiledDrops;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a file of its own of an original that was changed after it had come to its place. The
 * receipt says first that the upload was overtaken; each step can be repeated after a crash.
 */
class ChangedOriginals {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Originals originals;
  private final Receipts receipts;
  private final UploadRecords uploadRecords;
  private final FiledDrops filedDrops;
  private final Lanes lanes;
  private final WatchNotes watchNotes;

  ChangedOriginals(
      Originals originals,
      Receipts receipts,
      UploadRecords uploadRecords,
      FiledDrops filedDrops,
      Lanes lanes,
      WatchNotes watchNotes) {
    this.originals = originals;
    this.receipts = receipts;
    this.uploadRecords = uploadRecords;
    this.filedDrops = filedDrops;
    this.lanes = lanes;
    this.watchNotes = watchNotes;
  }

  /**
   * Puts the original back into its folder, under its name or with a number.
   *
   * @throws IOException if the folder is not there, or the file cannot be moved; it stays then
   */
  void putBack(Drop drop) throws IOException {
    originals.requireDisks();
    requireFolder(drop);
    filedDrops.superseded(drop);
    receipts.replace(uploadRecords.of(drop), false);
    Path back = moveBack(drop, originals.original(drop));
    LOG.warn(
        "{} was changed after it was archived: what it is now is back in its folder as {}, to be"
            + " uploaded once it has settled; the receipt of the first upload says superseded",
        drop,
        Printable.of(back.getFileName()));
  }

  /** Another's folder, or the empty one below a disk that is away, is no place for it. */
  private void requireFolder(Drop drop) throws IOException {
    Lane lane = lanes.byName(drop.lane());
    Path folder = drop.folderOfLane();
    if (!Files.isDirectory(folder) || lane != null && !lane.isThere()) {
      throw new IOException("its folder " + folder + " is not there");
    }
    String another =
        lane != null && watchNotes.holds(lane) ? null : watchNotes.anothersIn(folder, drop.lane());
    if (another != null) {
      throw new IOException("its folder " + folder + " cannot be used: " + another);
    }
  }

  private static Path moveBack(Drop drop, Path original) throws IOException {
    Path sidecar = original.resolveSibling(FileNames.sidecar(original.getFileName().toString()));
    for (int n = 1; ; n++) {
      Path back = drop.source().resolveSibling(FileNames.numbered(drop.name(), n));
      if (SafeMove.isSame(back, original)) {
        // a crash came before the end of a move, there or back
        SafeMove.syncFile(back);
        SafeMove.remove(original, FileStamp.of(original));
        SafeMove.syncFolder(original.getParent());
        return back;
      }
      SafeMove.forgetPlaceholder(back);
      if (isThere(back) || isThere(sidecar) && isThere(SidecarNames.of(back))) {
        continue;
      }
      try {
        if (isThere(sidecar)) {
          SafeMove.move(sidecar, SidecarNames.of(back));
        }
        SafeMove.move(original, back);
        return back;
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} is taken, the next name is tried", back, e);
      }
    }
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
