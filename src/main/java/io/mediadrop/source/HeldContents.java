package io.mediadrop.source;

import io.mediadrop.base.NamedThreads;
import io.mediadrop.file.FileStamp;
import io.mediadrop.ledger.HeldFiles.Held;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files of a lane's folder have the content of one that is held back there, whatever they are
 * called. Only files of one size are compared, and beside the polls, since copies of large videos
 * take long.
 */
class HeldContents {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private static final int HEAD = 16 * 1024;
  private static final int BLOCK = 64 * 1024;

  /**
   * What is known of a file.
   *
   * @param known whether it has been found out
   * @param original the held file whose content it has, if it has that of one
   */
  record Answer(boolean known, Optional<Held> original) {

    private static final Answer NOT_YET = new Answer(false, Optional.empty());
    private static final Answer NONE = new Answer(true, Optional.empty());

    boolean isKnownToBeNone() {
      return known && original.isEmpty();
    }
  }

  private record Question(FileStamp stamp, CompletableFuture<Answer> answer) {

    boolean isAnswered() {
      return answer.isDone() && !answer.isCompletedExceptionally();
    }
  }

  private final ThreadPoolExecutor reader =
      new ThreadPoolExecutor(
          1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads("held"));

  private final Map<String, Question> questions = new HashMap<>();

  /** The held files of each size, by their paths. */
  private Map<Long, Map<String, Held>> bySize = Map.of();

  /** Checksums of the heads of held files, so that of a thousand of one size few are read whole. */
  private final Map<String, Long> heads = new HashMap<>();

  private final HeldBack.Content content;

  HeldContents(HeldBack.Content content) {
    this.content = content;
    reader.allowCoreThreadTimeOut(true);
  }

  /**
   * Which held file a file has the content of; begins to find that out if nobody has asked before.
   *
   * @param path below the lane's folder
   */
  Answer originalOf(String path, FileStamp stamp) {
    Question known = questions.get(path);
    boolean isSame = known != null && known.stamp().equals(stamp);
    if (isSame && known.isAnswered()) {
      return known.answer().join();
    }
    if (!haveSize(stamp.size())) {
      return Answer.NONE;
    }
    Map<String, Held> ofItsSize = bySize.get(stamp.size());
    if (!isSame || known.answer().isDone()) {
      questions.put(
          path,
          new Question(stamp, CompletableFuture.supplyAsync(() -> find(path, ofItsSize), reader)));
    }
    return Answer.NOT_YET;
  }

  /** Compares with these held files from now on, which are given by their paths. */
  void compareWith(Map<String, Held> held) {
    // made anew, since the reader may be at the one before
    Map<Long, Map<String, Held>> files = new HashMap<>();
    held.forEach(
        (path, each) ->
            files
                .computeIfAbsent(HeldChanges.sizeIn(each.stamp()), none -> new HashMap<>())
                .put(path, each));
    bySize = files;
  }

  /** Whether held files have this size; an empty file is no copy of anything. */
  boolean haveSize(long size) {
    return size > 0 && bySize.containsKey(size);
  }

  /** Whether something is being found out. */
  boolean isUndecided() {
    return questions.values().stream().anyMatch(each -> !each.isAnswered());
  }

  /** Forgets what was asked about files that have gone. */
  void forgetAllBut(Set<String> present) {
    questions.keySet().retainAll(present);
  }

  private Answer find(String path, Map<String, Held> ofItsSize) {
    try {
      Long head = headOf(path);
      for (Map.Entry<String, Held> held : ofItsSize.entrySet()) {
        if (mayBeSame(path, head, held.getKey(), held.getValue())) {
          return new Answer(true, Optional.of(held.getValue()));
        }
      }
      return Answer.NONE;
    } catch (Exception e) {
      LOG.debug("{} cannot be compared, and is asked about again", path, e);
      throw new CompletionException(e);
    }
  }

  /** One that cannot be read, or has just been moved away, may be. */
  private boolean mayBeSame(String path, Long head, String held, Held stamp) throws Exception {
    String known = held + ' ' + stamp.stamp();
    Long itsHead = heads.containsKey(known) ? heads.get(known) : headOf(held);
    heads.computeIfAbsent(known, unread -> itsHead);
    return head == null || itsHead == null || itsHead.equals(head) && haveSameContent(path, held);
  }

  private Long headOf(String path) throws Exception {
    try (InputStream file = content.of(Path.of(path))) {
      if (file == null) {
        return null;
      }
      CRC32C head = new CRC32C();
      head.update(file.readNBytes(HEAD));
      return head.getValue();
    }
  }

  private boolean haveSameContent(String path, String held) throws Exception {
    try (InputStream original = content.of(Path.of(held));
        InputStream file = content.of(Path.of(path))) {
      return original == null || file == null || haveSameContent(original, file);
    }
  }

  private static boolean haveSameContent(InputStream one, InputStream other) throws IOException {
    byte[] block;
    do {
      block = one.readNBytes(BLOCK);
      if (!Arrays.equals(block, other.readNBytes(BLOCK))) {
        return false;
      }
    } while (block.length == BLOCK);
    return true;
  }
}
