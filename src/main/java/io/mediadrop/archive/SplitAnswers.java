package io.mediadrop.archive;

import io.mediadrop.archive.Split.Item;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.ArchiveAddress;
import io.mediadrop.file.Home;
import io.mediadrop.ledger.UploadRecords;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * The items of answers, as the route has split them while the answer was at hand, until filing
 * writes them beside the originals. What was split before a crash is split once more.
 */
class SplitAnswers {

  private static final String ROUTE = "direct:split-media";

  /** Answers of uploads that are to be filed; what is more is read from the ledger again. */
  private static final int MOST = 2_000;

  /** The items of a drop, which were named for this place in the archive. */
  private record Kept(String place, List<Item> items) {

    private static Kept at(String place) {
      return new Kept(place, new CopyOnWriteArrayList<>());
    }
  }

  private final Map<Long, Kept> kept = new ConcurrentHashMap<>();
  private final Home home;
  private final UploadRecords uploadRecords;
  private final CamelContext context;
  private final ArchiveAddress address;
  private ProducerTemplate route;

  SplitAnswers(
      Home home, UploadRecords uploadRecords, CamelContext context, ArchiveAddress address) {
    this.home = home;
    this.uploadRecords = uploadRecords;
    this.context = context;
    this.address = address;
  }

  /** Whether the answer is to be split now, and kept until the original is filed. */
  boolean isToKeep(Drop drop) {
    return address.isFilings() && kept.size() < MOST && uploadRecords.recentAnswer(drop) != null;
  }

  /** Begins to gather the items of an upload, of which the answer and the place are known. */
  Uploaded begin(Drop drop) {
    kept.put(drop.id(), Kept.at(drop.archivePath()));
    return Uploaded.of(drop, uploadRecords.recentAnswer(drop));
  }

  /** Takes one item, or all of them in one, from the route. */
  void add(Uploaded uploaded, String place, byte[] content) {
    kept.get(uploaded.id()).items().add(new Item(home.archive().resolve(place), content));
  }

  /** Whether the drop can be filed now: at a stop the route is gone before the last are. */
  boolean isReady(Drop drop) {
    return kept.containsKey(drop.id()) || !address.isFilings() || !isStopping();
  }

  private boolean isStopping() {
    return context.isStopping() || context.isStopped();
  }

  /** What was kept of a drop's answer, or what the ledger has of it. */
  Split take(Drop drop) throws IOException {
    Kept split = kept.remove(drop.id());
    Uploaded uploaded = uploadRecords.of(drop);
    return split != null && split.place().equals(uploaded.archivePath())
        ? new Split(uploaded, split.items())
        : split(uploaded);
  }

  /** Has an answer split. */
  Split split(Uploaded uploaded) throws IOException {
    if (!address.isFilings()) {
      return new Split(uploaded, List.of());
    }
    if (isStopping()) {
      throw new IOException("mediadrop is stopping");
    }
    kept.put(uploaded.id(), Kept.at(uploaded.archivePath()));
    Exchange ended = route().send(ROUTE, exchange -> exchange.setVariable("uploaded", uploaded));
    List<Item> items = kept.remove(uploaded.id()).items();
    if (ended.getException() != null) {
      throw new IOException("the answer could not be split", ended.getException());
    }
    return new Split(uploaded, items);
  }

  private synchronized ProducerTemplate route() {
    if (route == null) {
      route = context.createProducerTemplate();
    }
    return route;
  }
}
