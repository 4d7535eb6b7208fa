package io.mediadrop.file;

import io.mediadrop.base.NamedThreads;
import io.mediadrop.base.Printable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the system when something happens in the folders of all lanes. What it says is a hint
 * and may be missing: the truth is what a scan finds.
 */
public class FolderWatch {

  /** Is told what may have changed. */
  public interface Listener {

    /** Something was done at a path; {@code created} if something new lies there. */
    void hint(Path path, boolean created);
  }

  private record Watched(Path folder, String fileKey, Listener listener, WatchKey key) {}

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private static final long RETRY = Duration.ofMinutes(1).toNanos();

  private final Map<String, Watched> byFileKey = new ConcurrentHashMap<>();
  private final Map<WatchKey, Watched> byWatchKey = new ConcurrentHashMap<>();
  private final LocalDisks localDisks = new LocalDisks();
  private WatchService service;
  private boolean closed;
  private boolean refused;
  private long refusedAt;

  /**
   * Listens to a folder, unless that is done already.
   *
   * @param stamp what the folder is
   * @return false if nothing can be heard of it
   */
  public boolean covers(Path folder, FileStamp stamp, Listener listener) {
    String fileKey = stamp.key();
    Watched watched = byFileKey.get(fileKey);
    return watched != null
            && watched.key().isValid()
            && watched.listener() == listener
            && watched.folder().equals(folder)
        || !fileKey.isEmpty() && watch(folder, stamp, listener);
  }

  private synchronized boolean watch(Path folder, FileStamp stamp, Listener listener) {
    if (closed || refused && System.nanoTime() - refusedAt < RETRY) {
      return false;
    }
    try {
      if (!localDisks.have(folder, stamp.disk())) {
        return false;
      }
      WatchKey key =
          folder.register(
              service(),
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      Watched watched = new Watched(folder, stamp.key(), listener, key);
      byFileKey.put(stamp.key(), watched);
      byWatchKey.put(key, watched);
      return true;
    } catch (IOException | ClosedWatchServiceException e) {
      refuse(folder, e);
      return false;
    }
  }

  private WatchService service() throws IOException {
    if (service == null) {
      service = FileSystems.getDefault().newWatchService();
      new NamedThreads("folder-watch").newThread(this::listen).start();
    }
    return service;
  }

  private void refuse(Path folder, Exception cause) {
    refusedAt = System.nanoTime();
    if (!refused) {
      refused = true;
      LOG.info(
          "{} and perhaps others cannot be watched and are looked through more often instead: {}"
              + " (on Linux, raise fs.inotify.max_user_watches)",
          Printable.of(folder),
          Printable.of(String.valueOf(cause.getMessage())));
    }
  }

  private void listen() {
    try {
      while (true) {
        hear(service.take());
      }
    } catch (ClosedWatchServiceException e) {
      // mediadrop ends
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(WatchKey key) {
    Watched watched = byWatchKey.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (watched != null) {
        tryToTell(watched, event);
      }
    }
    if (!key.reset()) {
      forget(byWatchKey.remove(key));
    }
  }

  private static void tryToTell(Watched watched, WatchEvent<?> event) {
    try {
      tell(watched, event);
    } catch (RuntimeException e) {
      // such as a name that the locale lacks the characters of; all others are listened to
      LOG.debug("{}: a hint was lost", watched.folder(), e);
    }
  }

  private static void tell(Watched watched, WatchEvent<?> event) {
    if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
      watched.listener().hint(watched.folder(), true);
    } else if (event.context() instanceof Path name && !name.toString().startsWith(".")) {
      watched
          .listener()
          .hint(
              watched.folder().resolve(name), event.kind() == StandardWatchEventKinds.ENTRY_CREATE);
    }
  }

  private void forget(Watched watched) {
    byFileKey.values().removeIf(other -> other == watched);
  }

  /** Listens no more on behalf of this listener. */
  public void leave(Listener listener) {
    leaveAllBut(Set.of(), listener);
  }

  /** Listens on behalf of this listener to none but these folders any more. */
  public synchronized void leaveAllBut(Set<String> fileKeys, Listener listener) {
    Predicate<Watched> left =
        watched -> watched.listener() == listener && !fileKeys.contains(watched.fileKey());
    byWatchKey.values().stream().filter(left).forEach(watched -> watched.key().cancel());
    byWatchKey.values().removeIf(left);
    byFileKey.values().removeIf(left);
  }

  /** Listens no more. */
  public synchronized void close() throws IOException {
    closed = true;
    if (service != null) {
      service.close();
    }
  }
}
