package io.mediadrop.api;

import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Remembers what the latest files were hashed to, so that a file which is compared with others and
 * then sent is read and hashed once. Only where the system keeps a time of change that no writer
 * can set: with an equal stamp the content is the same there.
 */
class KnownDigests {

  private static final int MOST = 1_000;

  private record Content(Path file, FileStamp stamp) {}

  private final Map<Content, FutureTask<String>> tasks =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, FutureTask<String>> eldest) {
          return size() > MOST;
        }
      };

  /** The digest of this content, from whoever comes first. */
  String get(Path file, FileStamp stamp, Callable<String> hashing) throws IOException {
    Content content = new Content(file, stamp);
    FutureTask<String> ours = new FutureTask<>(hashing);
    FutureTask<String> first = stamp.changed() == 0 ? ours : firstOf(content, ours);
    if (first == ours) {
      ours.run();
    }
    try {
      return first.get();
    } catch (ExecutionException e) {
      forget(content);
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + file.getFileName() + " was being hashed", e);
    }
  }

  /** The digest of this content if it is known by now, else null. */
  String get(Path file, FileStamp stamp) {
    FutureTask<String> task;
    synchronized (tasks) {
      task = tasks.get(new Content(file, stamp));
    }
    try {
      return task == null || !task.isDone() ? null : task.get();
    } catch (ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private FutureTask<String> firstOf(Content content, FutureTask<String> ours) {
    synchronized (tasks) {
      FutureTask<String> before = tasks.putIfAbsent(content, ours);
      return before == null ? ours : before;
    }
  }

  private void forget(Content content) {
    synchronized (tasks) {
      tasks.remove(content);
    }
  }
}
