package io.mediadrop.source;

import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What one look through a lane's folder shows. */
class FolderListing implements FolderScan.Onlooker {

  private final FolderLooks looks;

  /** Those that were seen, by what identifies them wherever they are moved to. */
  private final Set<String> folders = new HashSet<>();

  /** What those were before they were listed. */
  private final Map<Path, FileStamp> stamps = new HashMap<>();

  /** Those that were looked into, by their paths below the lane's. */
  private final Set<String> entered = new HashSet<>();

  /** Those that were not, likewise. */
  private final Set<String> passed = new HashSet<>();

  private boolean changed;

  /** Nothing is seen yet; what will be is shown to these looks. */
  FolderListing(FolderLooks looks) {
    this.looks = looks;
  }

  Set<String> folders() {
    return folders;
  }

  Set<String> entered() {
    return entered;
  }

  Set<String> passed() {
    return passed;
  }

  /** Whether a file was not as before. */
  boolean hasChanged() {
    return changed;
  }

  @Override
  public boolean watch(Path folder, FileStamp stamp) {
    folders.add(stamp.key());
    stamps.put(folder, stamp);
    return looks.hears(folder, stamp);
  }

  @Override
  public void enter(Path folder) {
    looks.gate().see(looks.below(folder));
    entered.add(looks.below(folder).toString());
  }

  @Override
  public void pass(Path folder) {
    if (looks.heldBack().listens() && !isEmpty(folder)) {
      passed.add(looks.below(folder).toString());
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    } catch (IOException e) {
      return Files.notExists(folder, LinkOption.NOFOLLOW_LINKS);
    }
  }

  @Override
  public void listed(Path folder, int entries) {
    looks.emptyFolders().see(folder, stamps.get(folder), entries);
  }

  @Override
  public boolean knows(Path file) {
    Sightings sightings = looks.sightings();
    return sightings.knows(file)
        || sightings.sidecars().knows(file)
        || looks.companions().knows(file);
  }

  @Override
  public void see(Path file, FileStamp stamp) {
    changed |= looks.see(file, stamp);
  }

  @Override
  public void seeSidecar(Path file, FileStamp stamp) {
    changed |= looks.sightings().sidecars().see(file, stamp);
  }

  @Override
  public void seeCompanion(Path file, FileStamp stamp) {
    changed |= looks.companions().see(file, stamp);
  }
}
