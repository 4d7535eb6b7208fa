package io.mediadrop.recipes;

import io.mediadrop.cli.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherDiskTest {

  @TempDir Path folder;

  @Test
  void getsWhatItMissedOnceItIsThereAgain() throws Exception {
    Disk disk = new Disk(folder.resolve("disk"), folder.resolve("nas"));
    Path config =
        Recipe.named("Another disk").with("/mnt/nas", disk.place().toString()).into(folder);

    new Delivery(disk, folder.resolve("home"), config).check();
  }

  /** A folder behind a link that leads nowhere while the disk is away. */
  private record Disk(Path disk, Path place) implements ArchiveServer {

    Disk {
      try {
        Files.createDirectories(disk);
        Files.createSymbolicLink(place, disk);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public Map<String, byte[]> files() throws Exception {
      Map<String, byte[]> files = new TreeMap<>();
      Path archive = disk.resolve("mediadrop");
      for (String file : Running.filesIn(archive)) {
        files.put(file, Files.readAllBytes(archive.resolve(file)));
      }
      return files;
    }

    @Override
    public void stop() throws Exception {
      Files.move(disk, disk.resolveSibling("unplugged"));
    }

    @Override
    public void start() throws Exception {
      Files.move(disk.resolveSibling("unplugged"), disk);
    }
  }
}
