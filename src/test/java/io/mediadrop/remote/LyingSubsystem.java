package io.mediadrop.remote;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;

/** The files of a server that does not always do what it says. */
class LyingSubsystem extends SftpSubsystem {

  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  /** What looks deleted on this connection. */
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  private final Set<Lie> lies;

  LyingSubsystem(ChannelSession channel, SftpSubsystemConfigurator configurator, Set<Lie> lies) {
    super(channel, configurator);
    this.lies = lies;
  }

  @Override
  protected void doOpenSSHHardLink(int id, String from, String to) throws IOException {
    if (lies.contains(Lie.KNOWS_NO_LINKS)) {
      throw new UnsupportedOperationException("links");
    } else if (lies.contains(Lie.LINKS_AN_EMPTY_FILE)) {
      Files.createFile(resolveFile(to));
    } else if (lies.contains(Lie.LINKS_BY_MOVING)) {
      Files.move(resolveFile(from), resolveFile(to));
    } else if (lies.contains(Lie.LINKS_BY_COPYING)) {
      copy(from, to);
    } else if (!lies.contains(Lie.LINKS_NOTHING)) {
      now(() -> super.doOpenSSHHardLink(id, from, to));
    }
  }

  @Override
  protected void doRename(int id, String from, String to, Collection<CopyOption> options)
      throws IOException {
    if (lies.contains(Lie.RENAMES_HALF)) {
      byte[] whole = Files.readAllBytes(resolveFile(from));
      Files.write(resolveFile(to), Arrays.copyOf(whole, whole.length / 2));
    } else if (lies.contains(Lie.RENAMES_INTO_NOTHING)) {
      Files.delete(resolveFile(from));
    } else if (lies.contains(Lie.RENAMES_BY_COPYING)) {
      copy(from, to);
    } else if (lies.contains(Lie.RENAMES_BY_COPYING_AND_REFUSES)) {
      copy(from, to);
      throw new AccessDeniedException(from);
    } else if (!lies.contains(Lie.RENAMES_NOTHING)) {
      now(() -> super.doRename(id, from, to, options));
    }
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(resolveFile(from), resolveFile(to));
    Files.setLastModifiedTime(resolveFile(to), FileTime.from(1_600_000_000, TimeUnit.SECONDS));
  }

  @Override
  protected void doRemoveFile(int id, String path) throws IOException {
    if (lies.contains(Lie.MAY_NOT_DELETE)) {
      throw new AccessDeniedException(path);
    } else if (lies.contains(Lie.SHOWS_OTHERS_WHAT_IS_GONE)) {
      Path file = resolveFile(path);
      gone.add(file.toString());
      LATER.execute(() -> unchecked(() -> Files.deleteIfExists(file)));
    } else if (!lies.contains(Lie.DELETES_NOTHING)) {
      now(() -> super.doRemoveFile(id, path));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void now(Step step) throws IOException {
    if (lies.contains(Lie.DOES_IT_LATER)) {
      LATER.execute(() -> unchecked(step));
    } else {
      step.run();
    }
  }

  private static void unchecked(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      // a client that did not wait has done it by another way
    }
  }

  @Override
  protected Map<String, Object> doLStat(int id, String path, int flags) throws IOException {
    if (gone.contains(resolveFile(path).toString())) {
      throw new NoSuchFileException(path);
    }
    Map<String, Object> attributes = new HashMap<>(super.doLStat(id, path, flags));
    if (lies.contains(Lie.TELLS_ANOTHER_SIZE) && path.contains("done/")) {
      attributes.put("size", 1L);
    }
    return attributes;
  }
}
