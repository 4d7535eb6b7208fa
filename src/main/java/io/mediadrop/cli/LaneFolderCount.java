package io.mediadrop.cli;

import io.mediadrop.file.CompanionNames;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.SidecarNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;

/** Counts the files that lie in a lane's folder, without those of lanes below. */
final class LaneFolderCount extends SimpleFileVisitor<Path> {

  private final Path folder;
  private final Set<Path> lanes;
  private final IgnoredNames ignored;
  private final CompanionNames companions;
  private int files;

  private LaneFolderCount(
      Path folder, Set<Path> lanes, IgnoredNames ignored, CompanionNames companions) {
    this.companions = companions;
    this.folder = folder;
    this.lanes = lanes;
    this.ignored = ignored;
  }

  /** How many files of the lane lie there. */
  static int of(
      Path folder,
      boolean recursive,
      Set<Path> lanes,
      IgnoredNames ignored,
      CompanionNames companions)
      throws IOException {
    LaneFolderCount count = new LaneFolderCount(folder, lanes, ignored, companions);
    int depth = recursive ? Integer.MAX_VALUE : 1;
    Files.walkFileTree(folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), depth, count);
    return count.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes is) {
    boolean anothers = !below.equals(folder) && lanes.contains(below);
    return anothers || isLeftAlone(below) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  private boolean isLeftAlone(Path below) {
    return !below.equals(folder) && !ignored.isEntered(String.valueOf(below.getFileName()));
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
    String name = file.getFileName().toString();
    boolean beside = SidecarNames.isSidecar(name) || companions.isCompanion(name);
    if (is.isRegularFile() && !ignored.ignores(name) && !beside) {
      files++;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }
}
