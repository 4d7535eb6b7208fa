package io.mediadrop.remote;

import com.jcraft.jsch.SftpException;
import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Takes files away from their places on a server. No answer is believed: there are servers that say
 * ok to whatever they are asked, some copy where they should move, and some show late what they
 * have done. Nothing is deleted before its bytes are seen at another name.
 */
class RemoteMoves {

  /** How often more is looked for what should be there. */
  private static final int LOOKS = 4;

  /** Moves whose file was seen at its new name and could not be taken from the old one. */
  private final Map<String, String> halfDone = new ConcurrentHashMap<>();

  private final Duration betweenLooks;
  private volatile boolean linksAreReal = true;

  /** Waits half a second between looks for what should be there. */
  RemoteMoves() {
    this(Duration.ofMillis(500));
  }

  RemoteMoves(Duration betweenLooks) {
    this.betweenLooks = betweenLooks;
  }

  /**
   * Whether a file can get a name: it is free, or the file has it already beside its old one.
   *
   * @throws NotSeen if the new name is the old one by another path
   */
  boolean isFree(SftpSession session, RemoteMove move) throws SftpException, NotSeen {
    FileStamp there = session.stampOf(move.to());
    if (there == null) {
      halfDone.remove(move.key(), move.to());
      return true;
    }
    if (move.isSame(there) && !isHalfDone(move)) {
      if (session.mayBeInOneFolder(move.from(), move.to())) {
        throw new NotSeen(Printable.of(move.to()) + " may lead back to the place where it is");
      }
      recognize(session, move);
    }
    return isHalfDone(move);
  }

  /** A crash may have left it under both names, or a link may show late. */
  private boolean recognize(SftpSession session, RemoteMove move) throws SftpException {
    boolean same = session.haveSameContent(move.from(), move.to());
    if (same) {
      remember(move);
    }
    return same;
  }

  private void remember(RemoteMove move) {
    halfDone.put(move.key(), move.to());
  }

  private boolean isHalfDone(RemoteMove move) {
    return move.to().equals(halfDone.get(move.key()));
  }

  /**
   * Moves a file to a name that was found free; false if it is taken by now. A second link to the
   * file is the one way to take a name only if it is free: a rename may replace what is there.
   *
   * @throws NotSeen if the server says that it has done what is not to be seen
   * @throws SftpException if the server refuses; the file is where it was then
   */
  boolean make(SftpSession session, RemoteMove move) throws SftpException, NotSeen {
    if (isHalfDone(move)) {
      requireWhole(session, move);
      delete(session, move.file(), move.from());
    } else if (link(session, move)) {
      unlink(session, move);
    } else if (rename(session, move)) {
      if (move.isSame(session.stampOf(move.from()))) {
        // it was copied
        unlink(session, move);
      }
    } else {
      return false;
    }
    halfDone.remove(move.key());
    return true;
  }

  private boolean link(SftpSession session, RemoteMove move) throws SftpException, NotSeen {
    if (!linksAreReal || !session.link(move.from(), move.to())) {
      return false;
    }
    FileStamp there = session.stampOf(move.to());
    linksAreReal = there != null;
    if (move.isWhole(there)) {
      remember(move);
      return true;
    }
    return linksAreReal && isPut(session, move);
  }

  private boolean rename(SftpSession session, RemoteMove move) throws SftpException, NotSeen {
    FileStamp taken = session.stampOf(move.to());
    if (taken != null) {
      return move.isSame(taken) && recognize(session, move);
    }
    try {
      session.rename(move.from(), move.to());
    } catch (SftpException e) {
      if (e.getCause() == null && session.stampOf(move.to()) != null) {
        // where nothing may be deleted, half of a rename is a copy
        remember(move);
      }
      throw e;
    }
    return isPut(session, move);
  }

  private boolean isPut(SftpSession session, RemoteMove move) throws SftpException, NotSeen {
    FileStamp there = look(session, move.to(), move::isWhole);
    if (there == null) {
      throw new NotSeen(
          session.stampOf(move.from()) == null
              ? "it is neither at its place nor at %s, where the server said that it was"
                  .formatted(Printable.of(move.to()))
              : "it is still at its place, though the server said that it had moved it");
    }
    remember(move);
    requireWhole(there, move);
    return true;
  }

  /** What is at a path, waiting a little for what should be there. */
  private FileStamp look(SftpSession session, String path, Predicate<FileStamp> right)
      throws SftpException {
    FileStamp there = session.stampOf(path);
    for (int more = LOOKS; more > 0 && !right.test(there); more--) {
      LockSupport.parkNanos(betweenLooks.toNanos());
      there = session.stampOf(path);
    }
    return there;
  }

  private void requireWhole(SftpSession session, RemoteMove move) throws SftpException, NotSeen {
    requireWhole(look(session, move.to(), move::isWhole), move);
  }

  private static void requireWhole(FileStamp there, RemoteMove move) throws NotSeen {
    if (!move.isWhole(there)) {
      throw new NotSeen(
          "it is left at its place, since what the server put at %s is no file of %d bytes"
              .formatted(Printable.of(move.to()), move.file().size()));
    }
  }

  /** A file whose old name cannot be taken away need not stay under both. */
  private void unlink(SftpSession session, RemoteMove move) throws SftpException, NotSeen {
    try {
      delete(session, move.file(), move.from());
    } catch (SftpException e) {
      if (e.getCause() == null && move.isSame(session.stampOf(move.from()))) {
        session.delete(move.to());
        halfDone.remove(move.key());
      }
      throw e;
    }
  }

  /**
   * Deletes a file.
   *
   * @throws NotSeen if it is still there afterwards
   */
  void delete(SftpSession session, FileStamp file, String path) throws SftpException, NotSeen {
    session.delete(path);
    RemoteMove stay = new RemoteMove(file, path, path);
    if (stay.isSame(look(session, path, there -> !stay.isSame(there)))) {
      throw new NotSeen("it is still at its place, though the server said that it had deleted it");
    }
  }
}
