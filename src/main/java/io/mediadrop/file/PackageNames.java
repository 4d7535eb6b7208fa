package io.mediadrop.file;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Folders in which a program keeps what belongs to it among or beside what belongs to a person:
 * photos under other names, previews, deleted ones. Which is which, only the program or the person
 * can tell.
 */
final class PackageNames {

  private static final List<String> LIBRARIES =
      List.of(
          ".photoslibrary",
          ".photolibrary",
          ".migratedphotolibrary",
          ".aplibrary",
          ".fcpbundle",
          ".fcpcache",
          ".imovielibrary",
          ".imovieproject",
          ".theater",
          ".tvlibrary",
          ".backupdb",
          ".sparsebundle",
          ".app");

  private static final Set<String> NOT_FOR_PEOPLE =
      Set.of(
          "iphoto library",
          "ipod photo cache",
          "captureone",
          "cacheclip",
          "proxymedia",
          "adobe premiere pro video previews",
          "adobe premiere pro audio previews",
          "thmbnl",
          "recycled",
          "recycle bin",
          "recycle_bin");

  private PackageNames() {}

  /** Why a folder of this name is not entered, for a person; empty if it is. */
  static Optional<String> refusal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (LIBRARIES.stream().anyMatch(lower::endsWith)) {
      return Optional.of(
          "a program keeps its library in it: export from there what is to be uploaded");
    }
    return NOT_FOR_PEOPLE.contains(lower)
        ? Optional.of(
            "programs and storages keep previews or deleted files in folders of this name: rename"
                + " it if these are to be uploaded")
        : Optional.empty();
  }
}
