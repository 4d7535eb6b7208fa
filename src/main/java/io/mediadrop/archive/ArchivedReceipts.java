package io.mediadrop.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.KnownUploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the receipts in the archive that lie where the ledger has filed nothing. */
class ArchivedReceipts {

  private static final String RECEIPT = FileNames.receipt("");

  private final Home home;
  private final KnownUploads uploads;
  private final ObjectMapper json;

  ArchivedReceipts(Home home, KnownUploads uploads, ObjectMapper json) {
    this.home = home;
    this.uploads = uploads;
    this.json = json;
  }

  /** The folders of the days, the earliest ones first. */
  List<Path> days() {
    return folders(home.archive(), ".*")
        .flatMap(lane -> folders(lane, "\\d{4}"))
        .flatMap(year -> folders(year, "\\d\\d"))
        .flatMap(month -> folders(month, "\\d\\d"))
        .sorted(
            Comparator.comparing(day -> day.subpath(day.getNameCount() - 3, day.getNameCount())))
        .toList();
  }

  /** The folder of each lane's newest day. */
  List<Path> newestDays() {
    return folders(home.archive(), ".*")
        .flatMap(lane -> newest(folders(lane, "\\d{4}")))
        .flatMap(year -> newest(folders(year, "\\d\\d")))
        .flatMap(month -> newest(folders(month, "\\d\\d")))
        .toList();
  }

  /**
   * The receipts of a day beside whose names the ledger has nothing that was filed.
   *
   * @param entries how many entries of the folder are looked at, at most
   * @param most how many receipts there are to be, at most
   */
  List<Path> unknownIn(Path day, long entries, long most) throws IOException {
    Set<String> known =
        uploads.placesIn(placeOf(day)).stream()
            .map(FileNames::receipt)
            .map(ArchivedReceipts::composed)
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(day)) {
      // names may be written otherwise there than in the ledger: what counts is in the receipts
      return files
          .limit(entries)
          .filter(file -> file.getFileName().toString().endsWith(RECEIPT))
          .filter(file -> !known.contains(composed(placeOf(file))))
          .limit(most)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The receipt; empty if it cannot be read, or is none. */
  Optional<JsonNode> read(Path receipt) {
    try {
      return Optional.of(json.readTree(receipt.toFile()))
          .filter(read -> read.path("uploadedAt").isTextual());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What lies beside a receipt, below the archive; the receipt may have been carried elsewhere. */
  String originalOf(Path receipt) {
    String place = placeOf(receipt);
    return place.substring(0, place.length() - RECEIPT.length());
  }

  private String placeOf(Path path) {
    return home.archive().relativize(path).toString().replace('\\', '/');
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static Stream<Path> newest(Stream<Path> folders) {
    return folders.max(Comparator.naturalOrder()).stream();
  }

  private static Stream<Path> folders(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .filter(Files::isDirectory)
          .toList()
          .stream();
    } catch (IOException e) {
      // an archive that is not there has no receipts
      return Stream.empty();
    }
  }
}
