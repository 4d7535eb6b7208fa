package io.mediadrop.file;

import io.mediadrop.base.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that the processes of this machine had open for writing at one moment, as far as this
 * user may look into them. To find that out takes some ten milliseconds, however many files are
 * asked about.
 */
final class OpenFiles {

  private static final Path PROCESSES = Path.of("/proc");

  private final Map<String, List<Path>> byName = new HashMap<>();

  private OpenFiles() {}

  /** Looks into all processes. */
  static OpenFiles now() {
    OpenFiles found = new OpenFiles();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      String own = String.valueOf(ProcessHandle.current().pid());
      for (Path process : processes) {
        if (!process.endsWith(own)) {
          found.look(process);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // no processes are shown here
      return found;
    }
    return found;
  }

  private void look(Path process) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : open) {
        note(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // it has ended, or is another user's
      return;
    }
  }

  private void note(Path open) {
    try {
      Path file = Files.readSymbolicLink(open);
      if (file.isAbsolute() && isForWriting(open) && !file.startsWith("/dev")) {
        byName.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>()).add(open);
      }
    } catch (IOException | InvalidPathException e) {
      // it was closed
      return;
    }
  }

  /** The rights of the link say what the file was opened for. */
  private static boolean isForWriting(Path open) throws IOException {
    return Files.getPosixFilePermissions(open, LinkOption.NOFOLLOW_LINKS)
        .contains(PosixFilePermission.OWNER_WRITE);
  }

  /** Who has the file open for writing, for people; empty if nobody was seen to. */
  Optional<String> holderOf(Path file, FileStamp stamp) {
    return byName.getOrDefault(file.getFileName().toString(), List.of()).stream()
        .filter(open -> isSame(open, stamp))
        .map(open -> nameOf(open.getParent().getParent()))
        .findFirst();
  }

  /** Another container may call the same file otherwise, and another file the same. */
  private static boolean isSame(Path open, FileStamp stamp) {
    try {
      Map<String, Object> file = Files.readAttributes(open, "unix:dev,ino");
      return stamp.key().equals(file.get("dev") + ":" + file.get("ino"));
    } catch (IOException e) {
      return false;
    }
  }

  private static String nameOf(Path process) {
    String number = process.getFileName().toString();
    try {
      String name = Files.readString(process.resolve("comm"), StandardCharsets.UTF_8).strip();
      return "%s (process %s)".formatted(Printable.of(name), number);
    } catch (IOException e) {
      return "process " + number;
    }
  }
}
