package io.mediadrop.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.mediadrop.file.Writers.Answer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Linux by way of a lease, which is given back at once: it is refused while anybody has the
 * file open for writing, whoever that is and by whatever name, a memory map included. It is given
 * to the file's owner, and to those with the right CAP_LEASE.
 */
final class ReadLease {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  /** Where JNA unpacks its code. */
  private static final String FOLDER = "jna.tmpdir";

  /** Where JNA looks for libraries, unless it has to start a program to find that out. */
  private static final String LIBRARIES = "jna.platform.library.path";

  private static final int READ_WITHOUT_WAITING = 0_2004000;
  private static final int F_SETSIG = 10;
  private static final int F_SETLEASE = 1024;
  private static final int F_RDLCK = 0;
  private static final int F_UNLCK = 2;

  /** Who opens the file meanwhile has this sent to us; unlike the usual signal it ends nobody. */
  private static final int SIGURG = 23;

  private static final int EAGAIN = 11;

  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private ReadLease() {}

  /**
   * Makes Linux ready to be asked; false where it cannot be.
   *
   * @param folder from which programs may run, as far as is known
   */
  static boolean load(Path folder) {
    // what is asked for is part of every program, so that no library has to be looked for
    Map<String, String> once = Map.of(FOLDER, folder.toString(), LIBRARIES, "");
    List<String> ours = once.keySet().stream().filter(key -> !isSet(key)).toList();
    try {
      ours.forEach(key -> System.setProperty(key, once.get(key)));
      Native.register(ReadLease.class, NativeLibrary.getProcess());
      return true;
    } catch (LinkageError | RuntimeException e) {
      LOG.debug("Linux cannot be asked for leases", e);
      return false;
    } finally {
      ours.forEach(System::clearProperty);
    }
  }

  private static boolean isSet(String key) {
    return System.getProperty(key) != null;
  }

  static Answer ask(Path path) {
    int file = -1;
    try {
      file = open((path + "\0").getBytes(NAMES), READ_WITHOUT_WAITING, 0);
      fcntl(file, F_SETSIG, SIGURG);
      fcntl(file, F_SETLEASE, F_RDLCK);
      fcntl(file, F_SETLEASE, F_UNLCK);
      return Answer.NOBODY;
    } catch (LastErrorException e) {
      return e.getErrorCode() == EAGAIN && file >= 0 ? Answer.SOMEBODY : Answer.UNKNOWN;
    } finally {
      if (file >= 0) {
        close(file);
      }
    }
  }

  private static native int open(byte[] path, int flags, int mode) throws LastErrorException;

  private static native int fcntl(int file, int command, long argument) throws LastErrorException;

  private static native int close(int file);
}
