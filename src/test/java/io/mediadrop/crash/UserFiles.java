package io.mediadrop.crash;

import io.mediadrop.media.MediaFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a user does in the drop folder, and what has to become of it: every content ever put there,
 * and how often it was put there and not taken back.
 */
final class UserFiles {

  private static final long PART = 64 * 1024;

  private final Path drop;
  private final Path desk;
  private final Random random;
  private final Map<String, String> contents = new TreeMap<>();
  private final Map<String, Integer> owed = new HashMap<>();
  private int written;

  UserFiles(Path drop, Path desk, Random random) throws IOException {
    this.drop = Files.createDirectories(drop);
    this.desk = Files.createDirectories(desk);
    this.random = random;
  }

  /** Contents that were put into the folder and never taken back: none of them may be lost. */
  List<String> owed() {
    return owed.keySet().stream().filter(content -> owed.get(content) > 0).sorted().toList();
  }

  /** Every content that was ever in the folder. */
  Set<String> all() {
    return owed.keySet();
  }

  void dropNew() throws IOException {
    String name = "file-" + written + (random.nextInt(4) == 0 ? ".mp4" : ".jpg");
    put(name, size(name));
  }

  void dropEmpty() throws IOException {
    written++;
    Files.createFile(drop.resolve("empty-" + written + ".jpg"));
  }

  void copy() throws IOException {
    String name = any();
    try {
      Path copied = Files.copy(drop.resolve(name), desk.resolve("copy-" + ++written + ".jpg"));
      enter(copied, copied.getFileName().toString());
    } catch (NoSuchFileException e) {
      // taken already: nothing to copy
    }
  }

  void replace() throws IOException {
    String name = any();
    put(name, size(name));
  }

  /** By another content of the same length, which only a look inside tells apart. */
  void replaceAlike() throws IOException {
    String name = any();
    try {
      put(name, Files.size(drop.resolve(name)));
    } catch (NoSuchFileException e) {
      // taken already
    }
  }

  void rename() throws IOException {
    String name = any();
    String next = "renamed-" + ++written + name.substring(name.lastIndexOf('.'));
    try {
      Files.move(drop.resolve(name), drop.resolve(next), StandardCopyOption.ATOMIC_MOVE);
      contents.put(next, contents.remove(name));
    } catch (NoSuchFileException e) {
      // taken already
    }
  }

  void append() throws IOException {
    String name = any();
    byte[] more = new byte[1 + random.nextInt(5000)];
    random.nextBytes(more);
    try {
      byte[] before = Files.readAllBytes(drop.resolve(name));
      Files.write(drop.resolve(name), more, StandardOpenOption.APPEND);
      takenBack(contents.get(name));
      MessageDigest digest = sha256();
      digest.update(before);
      owe(name, HexFormat.of().formatHex(digest.digest(more)));
    } catch (NoSuchFileException e) {
      // taken already
    }
  }

  void touch() throws IOException {
    try {
      Files.setLastModifiedTime(
          drop.resolve(any()), FileTime.fromMillis(random.nextLong(2_000_000_000_000L)));
    } catch (NoSuchFileException e) {
      // taken already
    }
  }

  void delete() throws IOException {
    String name = any();
    if (Files.deleteIfExists(drop.resolve(name))) {
      takenBack(contents.get(name));
    }
    contents.remove(name);
  }

  private void put(String name, long size) throws IOException {
    enter(MediaFiles.write(desk.resolve(name), size, random.nextLong()), name);
    written++;
  }

  private void enter(Path made, String name) throws IOException {
    String content = hash(made);
    boolean replaces = Files.exists(drop.resolve(name));
    Files.move(made, drop.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    if (replaces) {
      takenBack(contents.get(name));
    }
    owe(name, content);
  }

  private void owe(String name, String content) {
    contents.put(name, content);
    owed.merge(content, 1, Integer::sum);
  }

  private void takenBack(String content) {
    owed.merge(content, -1, Integer::sum);
  }

  private String any() throws IOException {
    if (contents.isEmpty()) {
      dropNew();
    }
    List<String> names = new ArrayList<>(contents.keySet());
    List<String> there = names.stream().filter(name -> Files.exists(drop.resolve(name))).toList();
    List<String> among = there.isEmpty() ? names : there;
    return among.get(random.nextInt(among.size()));
  }

  private long size(String name) {
    return name.endsWith(".mp4")
        ? 2 * PART + random.nextInt(100_000)
        : 5_000 + random.nextInt(50_000);
  }

  static String hash(Path file) {
    try {
      return HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
