package io.mediadrop.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A small disk of its own, in memory, over a folder; needs the right to mount, which a test that
 * cannot do without assumes.
 */
public final class MemoryDisk {

  private static final int BLOCK = 4096;

  private final Path folder;
  private final String name;
  private final String size;

  private MemoryDisk(Path folder, String name, String size) {
    this.folder = folder;
    this.name = name;
    this.size = size;
  }

  /**
   * A disk of this name and size, such as {@code 2m}; the folder is created where it is missing.
   */
  public static MemoryDisk over(Path folder, String name, String size) throws Exception {
    Files.createDirectories(folder);
    MemoryDisk disk = new MemoryDisk(folder, name, size);
    Assumptions.assumeTrue(disk.mount(), "this user may not mount");
    return disk;
  }

  /** Mounts it again, empty. */
  public boolean mount() throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=" + size, name, folder.toString()) == 0;
  }

  /** Takes it away, whoever has files open on it; its content is lost. */
  public void unmount() throws Exception {
    run("umount", "-l", folder.toString());
  }

  /** Puts it aside with its content, as an unmounted disk keeps it. */
  public void moveTo(Path elsewhere) throws Exception {
    Files.createDirectories(elsewhere);
    run("mount", "--bind", folder.toString(), elsewhere.toString());
    run("umount", "-l", folder.toString());
  }

  /** Brings it back from there. */
  public void moveBackFrom(Path elsewhere) throws Exception {
    run("mount", "--bind", elsewhere.toString(), folder.toString());
    run("umount", "-l", elsewhere.toString());
  }

  /** Takes the right to write from everybody; no file on it may be open for writing. */
  public void protect() throws Exception {
    assertDone(run("mount", "-o", "remount,ro", folder.toString()));
  }

  /** Gives the right to write back. */
  public void unprotect() throws Exception {
    assertDone(run("mount", "-o", "remount,rw", folder.toString()));
  }

  /** Lets no program run from it. */
  public void forbidPrograms() throws Exception {
    assertDone(run("mount", "-o", "remount,noexec", folder.toString()));
  }

  /** Leaves no room for another byte. */
  public void fill() {
    try (OutputStream out = Files.newOutputStream(folder.resolve(".filling"))) {
      while (true) {
        out.write(new byte[BLOCK]);
      }
    } catch (IOException full) {
      // that is what was wanted
    }
  }

  /** Makes room again. */
  public void clear() throws IOException {
    Files.delete(folder.resolve(".filling"));
  }

  private static void assertDone(int exitCode) {
    if (exitCode != 0) {
      throw new IllegalStateException("mount failed with " + exitCode);
    }
  }

  private static int run(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    try {
      return new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchCommand) {
      return -1;
    }
  }
}
