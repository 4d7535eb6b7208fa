package io.mediadrop.file;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What systems, network storages and cameras call the files and folders that they make for
 * themselves: deleted files, older versions, thumbnails, indexes. Nobody has put those there to be
 * uploaded. Names that begin with a dot are hidden anyway and not among them; all others are
 * compared in small letters.
 */
final class SystemNames {

  private static final Set<String> FOLDERS =
      Set.of(
          // Windows
          "$recycle.bin",
          "recycler",
          "system volume information",
          "$extend",
          "$sysreset",
          "$winreagent",
          // macOS, and what speaks its language
          "__macosx",
          "network trash folder",
          "temporary items",
          "thefindbycontentfolder",
          "thevolumesettingsfolder",
          // Linux and Android
          "lost+found",
          "lost.dir",
          // Synology, TerraMaster, UGREEN
          "#recycle",
          "#snapshot",
          "@eadir",
          "@sharebin",
          "@sharesnap",
          "@tmp",
          "@quarantine",
          // QNAP
          "@recycle",
          "@recently-snapshot",
          "@__thumb",
          "@transcode",
          "@downloadstationtempfiles",
          "network recycle bin",
          "network recycle bin 1",
          // Buffalo, Thecus, NetApp
          "trashbox",
          "_nas_recycle_",
          "~snapshot",
          // Nextcloud, ownCloud, GoodSync, rdiff-backup
          "files_trashbin",
          "files_versions",
          "_gsdata_",
          "rdiff-backup-data");

  private static final List<String> FOLDERS_BEGIN =
      List.of("$windows.~", "@gmt-", "appdata_oc", "_nas_recycle_");

  /** Previews of Lightroom, and of films in Jellyfin. */
  private static final List<String> FOLDERS_END = List.of(".lrdata", ".trickplay");

  /** The pieces that Windows gathers from a damaged disk. */
  private static final Pattern FOUND = Pattern.compile("found\\.\\d{3}");

  private static final Set<String> FILES =
      Set.of(
          // Windows
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "albumartsmall.jpg",
          // macOS: the last character is a carriage return, or what a share makes of one
          "icon\r",
          "icon\uf00d",
          // Linux
          "aquota.user",
          "aquota.group",
          // photo programs
          "picasa.ini",
          "zbthumbnail.info",
          "pspbrwse.jbf",
          // cameras
          "autprint.mrk",
          "cueup.xml",
          "discmeta.xml",
          "fileinfo_list.list",
          "leinfo.sav",
          "mediapro.xml",
          "memstick.ind",
          "mstk_pro.ind",
          "nc_fllst.dat",
          "nikon001.dsc",
          "sonycard.ind",
          "status.bin");

  private static final List<String> FILES_BEGIN =
      List.of(
          // open documents of Office, cover pictures of Windows
          "~$",
          "albumart_{",
          // hidden files of a Mac on old servers
          ":2e");

  private static final List<String> FILES_END =
      List.of(
          // where a file is from, however a copy spells that
          "zone.identifier",
          // references
          ".lnk",
          ".url",
          ".webloc",
          ".website",
          // photo programs
          ".cof",
          ".comask",
          ".cop",
          ".cos",
          ".cot",
          ".xmp.lock",
          ".ffs_db",
          ".ffs_lock",
          // cameras' catalogues
          ".bdm",
          ".cpi",
          ".ctg",
          ".mpl",
          ".tdt",
          ".tid");

  /**
   * What systems keep beside the content of a file, where a share or a copy has made files of it:
   * their names behind a colon, or behind what servers write for one.
   */
  private static final Pattern STREAM =
      Pattern.compile(
          ".+[:\uf022](?:\\$data|[^:\uf022]+[:\uf022]\\$data|smartscreen|encryptable|afp_\\w+"
              + "|com\\.(?:apple|dropbox|google|microsoft)\\..+|favicon|ms-properties|wofcompresseddata"
              + "|oecustomproperty|\\W?(?:document)?summaryinformation|\\{[0-9a-f-]{36}\\})");

  /** What Google Takeout tells of a whole album. */
  private static final Pattern ALBUM =
      Pattern.compile(
          "(?:metadata|metadaten|métadonnées|metadatos|metadati|metadados|metagegevens"
              + "|print-subscriptions|shared_album_comments|user-generated-memory-titles)"
              + "(?:\\(\\d+\\))?\\.json");

  private SystemNames() {}

  /** Whether a system, a storage or a camera has made the file of this name for itself. */
  static boolean isFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return FILES.contains(lower)
        || FILES_BEGIN.stream().anyMatch(lower::startsWith)
        || FILES_END.stream().anyMatch(lower::endsWith)
        || hasColon(lower) && STREAM.matcher(lower).matches()
        || lower.endsWith(".json") && ALBUM.matcher(lower).matches();
  }

  private static boolean hasColon(String name) {
    return name.indexOf(':') > 0 || name.indexOf('\uf022') > 0;
  }

  /** Whether a system, a storage or a program has made the folder of this name for itself. */
  static boolean isFolder(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return FOLDERS.contains(lower)
        || FOLDERS_BEGIN.stream().anyMatch(lower::startsWith)
        || FOLDERS_END.stream().anyMatch(lower::endsWith)
        || FOUND.matcher(lower).matches();
  }
}
