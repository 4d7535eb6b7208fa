package io.mediadrop.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name says of a file or a folder. */
class IgnoredNamesTest {

  private final IgnoredNames names = new IgnoredNames("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#recycle",
        "@eaDir",
        "@Recycle",
        "@Recently-Snapshot",
        "#snapshot",
        ".@__thumb",
        "$RECYCLE.BIN",
        "$Recycle.Bin",
        "RECYCLER",
        "System Volume Information",
        "SYSTEM VOLUME INFORMATION",
        "FOUND.000",
        "found.012",
        ".Trashes",
        ".Trash-1000",
        ".Spotlight-V100",
        ".fseventsd",
        ".TemporaryItems",
        "lost+found",
        "LOST.DIR",
        "~snapshot",
        ".snapshot",
        ".snapshots",
        ".zfs",
        "@GMT-2026.11.29-04.00.01",
        "Network Trash Folder",
        "Temporary Items",
        "__MACOSX",
        "Lightroom Catalog Previews.lrdata",
        "film.trickplay",
        "trashbox",
        "_NAS_Recycle_RAID",
        "Network Recycle Bin 1",
        "files_trashbin",
        "appdata_oc1x2y3z",
        "_gsdata_",
        ".stfolder",
        ".stversions",
        ".sync",
        ".dropbox.cache",
        ".tmp.drivedownload"
      })
  void leavesASystemsFolder(String name) {
    assertThat(names.isEntered(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Photos Library.photoslibrary",
        "Wedding.fcpbundle",
        "iMovie Library.imovielibrary",
        "CaptureOne",
        "Recycled",
        "THMBNL",
        "Adobe Premiere Pro Video Previews"
      })
  void leavesAProgramsFolder(String name) {
    assertThat(names.isEntered(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recycle",
        "snapshot",
        "#1 hits",
        "@home",
        "found",
        "found.2026",
        "lost",
        "thumbs.db",
        "trip.media.json",
        "PAUSED.txt",
        "photo.jpg",
        "Zone.Identifier"
      })
  void entersAPersonsFolder(String name) {
    assertThat(names.isEntered(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photo.jpg:Zone.Identifier",
        "photo.jpg_Zone.Identifier",
        "photo.jpgZone.Identifier",
        "photo.jpg\uF03AZone.Identifier",
        "photo.jpg:Zone.Identifier:$DATA.zone.identifier",
        "photo.jpg:AFP_AfpInfo",
        "._photo.jpg",
        ":2e_photo.jpg",
        ".DS_Store",
        "Icon\r",
        "Thumbs.db",
        "THUMBS.DB",
        "desktop.ini",
        "ehthumbs.db",
        ".apdisk",
        ".localized",
        ".nfs00000000032a4f1300000001",
        ".fuse_hidden0000001200000001",
        ".smbdelete1234",
        "~$report.docx",
        "beach.lnk",
        "shop.url",
        ".directory",
        "Picasa.ini",
        ".picasa.ini",
        "M0100.CTG",
        "AUTPRINT.MRK",
        "photo.xmp.lock",
        "AlbumArt_{0F1E}_Large.jpg"
      })
  void leavesASystemsFile(String name) {
    assertThat(names.ignores(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"folder.jpg", "icon.jpg", "#recycle", "url.jpg", "thumbs.db.jpg", "a~$b.jpg"})
  void takesAPersonsFile(String name) {
    assertThat(names.ignores(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"raw, raw", "RAW, raw", "raw, Raw", "*.bak, trip.BAK", "old*, older", "y?z, y z"})
  void asksTheSettingAboutFilesAndFoldersAlike(String glob, String name) {
    IgnoredNames names = new IgnoredNames(glob);

    assertThat(names.isEntered(name)).isFalse();
    assertThat(names.ignores(name)).isTrue();
    assertThat(names.isEntered("#recycle")).isFalse();
  }

  @Test
  void refusesAPathWhereANameIsWanted() {
    assertThatThrownBy(() -> new IgnoredNames("*.bak raw/*"))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessageContaining("mediadrop.drop.ignore (MEDIADROP_DROP_IGNORE): 'raw/*' is no name");
  }
}
