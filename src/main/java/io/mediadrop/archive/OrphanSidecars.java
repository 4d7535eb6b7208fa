package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.file.WantedPlace;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts sidecars whose media file never came to the refused files, with the reason. */
public class OrphanSidecars {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final Home home;

  OrphanSidecars(Home home) {
    this.home = home;
  }

  /**
   * Puts the sidecar away.
   *
   * @throws IOException if the disk refuses; the sidecar lies where it was then
   */
  public void take(Lane lane, Path sidecar) throws IOException {
    if (!home.disks().areThere()) {
      throw new IOException("failed is gone or lies on another disk than at the start");
    }
    String path = lane.directory().relativize(sidecar).toString();
    String media =
        WantedPlace.below(home.failed(), lane.name(), SidecarNames.mediaOf(path), taken -> false);
    String place = place(media, sidecar);
    Path target = home.failed().resolve(place);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      SafeMove.remove(sidecar, FileStamp.of(sidecar));
      return;
    }
    SafeMove.replace(
        home.failed().resolve(FileNames.reason(place)),
        reason(path, place, Printable.of(sidecar.getParent())));
    SafeMove.move(sidecar, target);
    LOG.error(
        "{} {} was not used: see failed/{}",
        lane.name(),
        Printable.of(path),
        Printable.of(FileNames.reason(place)));
  }

  /** A place that is free, or where a crash has left this very content already. */
  private String place(String media, Path sidecar) throws IOException {
    for (int n = 1; ; n++) {
      String place = FileNames.sidecar(FileNames.numbered(media, n));
      Path target = home.failed().resolve(place);
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)
          || Files.isRegularFile(target) && Files.mismatch(target, sidecar) < 0) {
        return place;
      }
    }
  }

  /**
   * The four lines for a person.
   *
   * @param path the sidecar's, below the lane's folder
   * @param place the sidecar's among the refused files
   * @param folder where it was, for people
   */
  public static byte[] reason(String path, String place, String folder) {
    String media = SidecarNames.mediaOf(path);
    String mediaName = media.substring(media.lastIndexOf('/') + 1);
    return """
        What happened: %s was not used: for a long time there was no file %s beside it.
        Whose fault:   whoever put it there, or changed it after its file had been taken
        What to do:    see whether that file was uploaded without it, under another name, or not at all
        How to retry:  move %s back into %s as %s, together with %s
        """
        .formatted(
            Printable.of(path),
            Printable.of(mediaName),
            Printable.of(place.substring(place.lastIndexOf('/') + 1)),
            folder,
            Printable.of(SidecarNames.of(mediaName)),
            Printable.of(mediaName))
        .getBytes(StandardCharsets.UTF_8);
  }
}
