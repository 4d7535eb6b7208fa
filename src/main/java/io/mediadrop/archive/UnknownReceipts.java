package io.mediadrop.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.Printable;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices at the start that the archive has uploads of which the ledger knows nothing, before
 * anything is taken: an older copy of the ledger was put back, or there is a new one beside an old
 * archive. The receipts of each lane's newest day tell, however many others there are.
 */
class UnknownReceipts {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private static final String RECEIPT = FileNames.receipt("");

  /** Entries of a day that are looked at, and receipts that are read, at most. */
  private static final int MOST_ENTRIES = 200_000;

  private static final int MOST_READ = 100;

  private final Home home;
  private final KnownUploads uploads;
  private final ObjectMapper json;

  UnknownReceipts(Home home, KnownUploads uploads, ObjectMapper json) {
    this.home = home;
    this.uploads = uploads;
    this.json = json;
  }

  /** Has one look. */
  void look() {
    List<JsonNode> unknown =
        folders(home.archive(), name -> true).stream().flatMap(this::unknownOf).toList();
    unknown.stream()
        .max(Comparator.comparing(UnknownReceipts::time))
        .filter(newest -> uploads.isNews(time(newest)))
        .ifPresent(newest -> warn(unknown.size(), newest));
  }

  private void warn(int count, JsonNode newest) {
    LOG.warn(
        "The ledger is older than the archive {}: it knows nothing of {} uploads there{}, such as {} of {}."
            + " Was an old copy of it put back, or data/ removed? What was uploaded since and still lies"
            + " in a watched folder, or on a server with 'after: keep', is uploaded again now, and what"
            + " is dropped again, then; events that were still to be told are not. If there is a newer"
            + " copy of data/, stop mediadrop at once and put that in place; if there is none, this has"
            + " to be accepted: the receipts (*.media.json) say what was uploaded",
        home.archive(),
        count,
        count >= MOST_READ ? " or more" : "",
        Printable.of(newest.path("archived").asText(newest.path("file").asText())),
        time(newest));
  }

  private Stream<JsonNode> unknownOf(Path lane) {
    Optional<Path> day =
        newest(lane, "\\d{4}")
            .flatMap(year -> newest(year, "\\d\\d"))
            .flatMap(m -> newest(m, "\\d\\d"));
    return day.map(this::unknownIn).orElse(Stream.empty());
  }

  private Stream<JsonNode> unknownIn(Path day) {
    String place = placeOf(day);
    Set<String> known =
        uploads.placesIn(place).stream()
            .map(FileNames::receipt)
            .map(UnknownReceipts::composed)
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(day)) {
      // names may be written otherwise there than in the ledger: what counts is in the receipts
      return files
          .limit(MOST_ENTRIES)
          .filter(file -> file.getFileName().toString().endsWith(RECEIPT))
          .filter(file -> !known.contains(composed(placeOf(file))))
          .limit(MOST_READ)
          .flatMap(this::read)
          .filter(receipt -> !isKnown(receipt))
          .toList()
          .stream();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} cannot be looked through", day, e);
      return Stream.empty();
    }
  }

  private boolean isKnown(JsonNode receipt) {
    if (receipt.path("id").isNumber()) {
      return uploads.has(receipt.path("id").longValue(), receipt.path("claimedAt").asText());
    }
    // an older one
    String place = receipt.path("archived").asText("");
    return place.isEmpty() || uploads.isPromised(place);
  }

  private Stream<JsonNode> read(Path receipt) {
    try {
      JsonNode read = json.readTree(receipt.toFile());
      return read.path("uploadedAt").isTextual() ? Stream.of(read) : Stream.empty();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static String time(JsonNode receipt) {
    return receipt.path("uploadedAt").asText();
  }

  private String placeOf(Path path) {
    return home.archive().relativize(path).toString().replace('\\', '/');
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static Optional<Path> newest(Path folder, String name) {
    return folders(folder, each -> each.matches(name)).stream().max(Comparator.naturalOrder());
  }

  private static List<Path> folders(Path folder, Predicate<String> named) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> named.test(file.getFileName().toString()))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      // an archive that is not there has no receipts
      return List.of();
    }
  }
}
