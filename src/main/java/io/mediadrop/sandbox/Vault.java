package io.mediadrop.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The media and lists of one connection. */
final class Vault {
  // beyond 32 bits: ids are numbers, not ints
  private static final AtomicLong IDS = new AtomicLong(4_300_000_000L);

  private final Map<Long, MediaItem> items = new TreeMap<>();
  private final Map<String, MediaItem> byContent = new HashMap<>();
  private final Map<Long, VaultList> lists = new TreeMap<>();

  long nextId() {
    return IDS.incrementAndGet();
  }

  synchronized void add(MediaItem item) {
    items.put(item.id(), item);
    byContent.put(key(item.upload().etag(), item.upload().size()), item);
  }

  /** The medium with this etag and size, if check may find it yet. */
  synchronized Optional<MediaItem> check(String etag, long size) {
    Optional<MediaItem> item = Optional.ofNullable(byContent.get(key(etag, size)));
    item.ifPresent(MediaItem::poll);
    return item.filter(MediaItem::isFindable);
  }

  /** All media that exist by now, oldest first; counts as a poll of each. */
  synchronized List<MediaItem> list() {
    items.values().forEach(MediaItem::poll);
    return items.values().stream().filter(MediaItem::isPresent).toList();
  }

  synchronized Optional<MediaItem> find(long id) {
    return Optional.ofNullable(items.get(id)).filter(MediaItem::isPresent);
  }

  synchronized VaultList createList(String name) {
    VaultList list = new VaultList(nextId(), name, new CopyOnWriteArrayList<>());
    lists.put(list.id(), list);
    return list;
  }

  synchronized List<VaultList> lists() {
    return List.copyOf(lists.values());
  }

  synchronized VaultList list(String id) throws Refused {
    return lists.values().stream()
        .filter(list -> String.valueOf(list.id()).equals(id))
        .findFirst()
        .orElseThrow(() -> Refused.notFound("List not found"));
  }

  synchronized void deleteList(String id) throws Refused {
    lists.remove(list(id).id());
  }

  synchronized void file(VaultList list, List<MediaItem> media) {
    media.stream().filter(item -> !list.media().contains(item)).forEach(list.media()::add);
  }

  private static String key(String etag, long size) {
    return etag + ":" + size;
  }
}
