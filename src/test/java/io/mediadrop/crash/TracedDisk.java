package io.mediadrop.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder and what a program has done to it, by the trace of its system calls: what a power cut at
 * any of them may leave. Bytes that were not synced are there, half there or not; names in a folder
 * that was not synced since may be as they were, but change in their order.
 */
final class TracedDisk {

  /** What strace is to be asked for. */
  static final String[] STRACE = {
    "-f",
    "-y",
    "-xx",
    "-s",
    "70000",
    "-e",
    "trace=openat,write,pwrite64,ftruncate,fsync,fdatasync,link,linkat,unlink,unlinkat,rename,mkdir,"
        + "mkdirat,sendto"
  };

  private static final Pattern TEXT = Pattern.compile("[\"<]((?:\\\\x[0-9a-f]{2})*)[\">]");
  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern DONE = Pattern.compile("(\\w+)\\((.*)\\) += (\\d+).*");
  private static final Pattern OPENED = Pattern.compile(".* = (\\d+)<.*");

  /** One file, whatever its names are; a folder has no bytes. */
  private static final class Inode {
    private final FileTime modified;
    private byte[] synced;
    private final List<Write> since = new ArrayList<>();

    private Inode(byte[] content, FileTime modified) {
      synced = content;
      this.modified = modified;
    }

    private byte[] with(int writes) {
      byte[] content = synced;
      for (Write write : since.subList(0, writes)) {
        content = write.to(content);
      }
      return content;
    }
  }

  private record Write(long at, byte[] bytes, boolean truncates) {

    private byte[] to(byte[] content) {
      if (truncates) {
        return Arrays.copyOf(content, (int) at);
      }
      byte[] longer = Arrays.copyOf(content, Math.max(content.length, (int) at + bytes.length));
      System.arraycopy(bytes, 0, longer, (int) at, bytes.length);
      return longer;
    }
  }

  /** A name that is given or, without a file, taken; those of one change come together. */
  private record Naming(Map<String, Inode> names) {}

  private final Path folder;
  private final Map<String, Inode> now = new TreeMap<>();
  private final Map<String, Inode> synced = new TreeMap<>();
  private final Map<String, List<Naming>> unsynced = new TreeMap<>();
  private final Map<String, Long> positions = new HashMap<>();

  /** The folder as it is, all of it on the disk. */
  TracedDisk(Path folder) throws IOException {
    this.folder = folder;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        now.put(
            file.toString(),
            new Inode(
                Files.isDirectory(file) ? null : Files.readAllBytes(file),
                Files.getLastModifiedTime(file)));
      }
    }
    synced.putAll(now);
  }

  /** The calls of a trace in the order in which they ended. */
  static List<String> calls(Path trace) throws IOException {
    Map<String, String> begun = new HashMap<>();
    List<String> calls = new ArrayList<>();
    for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        continue;
      }
      String call = parts.group(2);
      if (call.endsWith("<unfinished ...>")) {
        begun.put(parts.group(1), call.substring(0, call.length() - 16).stripTrailing());
      } else if (call.startsWith("<... ")) {
        calls.add(begun.remove(parts.group(1)) + call.substring(call.indexOf('>') + 1));
      } else {
        calls.add(call);
      }
    }
    return calls;
  }

  /** Does one call; what has failed or is about something else does nothing. */
  void run(String call) {
    Matcher done = DONE.matcher(call);
    if (!done.matches()) {
      return;
    }
    List<byte[]> texts = new ArrayList<>();
    for (Matcher text = TEXT.matcher(call); text.find(); ) {
      texts.add(decoded(text.group(1)));
    }
    List<String> paths =
        texts.stream().map(text -> new String(text, StandardCharsets.UTF_8)).toList();
    String first = paths.isEmpty() ? "" : paths.get(0);
    switch (done.group(1)) {
      case "openat" -> opened(call, paths.get(1));
      case "write" -> written(first, texts, descriptor(call), -1);
      case "pwrite64" -> written(first, texts, descriptor(call), lastNumber(done.group(2)));
      case "ftruncate" -> changed(first, new Write(lastNumber(done.group(2)), null, true));
      case "fsync", "fdatasync" -> synced(first);
      case "mkdir" -> name(Map.of(first, new Inode(null, null)));
      case "link" -> {
        if (now.containsKey(first)) {
          name(Map.of(paths.get(1), now.get(first)));
        }
      }
      case "rename" -> renamed(first, paths.get(1));
      case "unlink" -> unlinked(first);
      case "unlinkat" ->
          unlinked(paths.get(1).startsWith("/") ? paths.get(1) : first + "/" + paths.get(1));
      default -> {}
    }
  }

  private static byte[] decoded(String text) {
    byte[] bytes = new byte[text.length() / 4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(text.substring(4 * i + 2, 4 * i + 4), 16);
    }
    return bytes;
  }

  private static String descriptor(String call) {
    return call.substring(call.indexOf('(') + 1, call.indexOf('<'));
  }

  private static long lastNumber(String arguments) {
    return Long.parseLong(arguments.substring(arguments.lastIndexOf(' ') + 1));
  }

  private boolean isHere(String path) {
    return path.startsWith(folder + "/");
  }

  private void opened(String call, String path) {
    if (!isHere(path)) {
      return;
    }
    if (call.contains("O_CREAT") && !now.containsKey(path)) {
      name(Map.of(path, new Inode(new byte[0], null)));
    }
    if (call.contains("O_TRUNC")) {
      changed(path, new Write(0, null, true));
    }
    Matcher descriptor = OPENED.matcher(call);
    if (descriptor.matches()) {
      positions.put(descriptor.group(1), 0L);
    }
  }

  private void written(String path, List<byte[]> texts, String descriptor, long at) {
    if (!now.containsKey(path) || texts.size() < 2) {
      return;
    }
    byte[] bytes = texts.get(1);
    long position = at >= 0 ? at : positions.getOrDefault(descriptor, 0L);
    if (at < 0) {
      positions.put(descriptor, position + bytes.length);
    }
    changed(path, new Write(position, bytes, false));
  }

  private void changed(String path, Write write) {
    Inode inode = now.get(path);
    if (inode != null && inode.synced != null) {
      inode.since.add(write);
    }
  }

  private void synced(String path) {
    Inode inode = now.get(path);
    if (inode != null && inode.synced != null) {
      inode.synced = inode.with(inode.since.size());
      inode.since.clear();
    } else if (inode != null) {
      unsynced.getOrDefault(path, List.of()).forEach(naming -> apply(naming, synced));
      unsynced.remove(path);
    }
  }

  private void renamed(String from, String to) {
    if (now.containsKey(from) && isHere(to)) {
      Map<String, Inode> names = new HashMap<>();
      names.put(from, null);
      names.put(to, now.get(from));
      name(names);
    }
  }

  private void unlinked(String path) {
    if (now.containsKey(path)) {
      Map<String, Inode> names = new HashMap<>();
      names.put(path, null);
      name(names);
    }
  }

  private void name(Map<String, Inode> names) {
    String path = names.keySet().iterator().next();
    if (!isHere(path)) {
      return;
    }
    Naming naming = new Naming(names);
    apply(naming, now);
    String parent = Path.of(path).getParent().toString();
    // the home itself is made before there is any file, and the database sees to its own names
    if (parent.equals(folder.toString()) || parent.startsWith(folder + "/data")) {
      apply(naming, synced);
    } else {
      unsynced.computeIfAbsent(parent, each -> new ArrayList<>()).add(naming);
    }
  }

  private static void apply(Naming naming, Map<String, Inode> names) {
    naming
        .names()
        .forEach(
            (path, inode) -> {
              if (inode == null) {
                names.remove(path);
              } else {
                names.put(path, inode);
              }
            });
  }

  /** Makes the folder what a power cut leaves now; all that is lost is a matter of chance. */
  void cut(Random chance) throws IOException {
    Map<String, Inode> names = new TreeMap<>(synced);
    for (List<Naming> namings : unsynced.values()) {
      namings.subList(0, chance.nextInt(namings.size() + 1)).forEach(each -> apply(each, names));
    }
    Map<Inode, Path> written = new HashMap<>();
    for (Map.Entry<String, Inode> name : names.entrySet()) {
      Path path = Path.of(name.getKey());
      Inode inode = name.getValue();
      if (path.toString().endsWith("-shm")
          || !path.equals(folder) && !Files.isDirectory(path.getParent())) {
        continue;
      }
      if (inode.synced == null) {
        Files.createDirectories(path);
      } else if (written.putIfAbsent(inode, path) != null) {
        Files.createLink(path, written.get(inode));
      } else {
        Files.write(path, left(inode, chance));
        if (inode.modified != null) {
          Files.setLastModifiedTime(path, inode.modified);
        }
      }
    }
  }

  private static byte[] left(Inode file, Random chance) {
    int writes = file.since.size();
    if (writes == 0) {
      return file.synced;
    }
    return switch (chance.nextInt(3)) {
      case 0 -> file.synced;
      case 1 -> file.with(writes);
      default -> {
        byte[] whole = file.with(1 + chance.nextInt(writes));
        yield file.synced.length == 0
            ? Arrays.copyOf(whole, chance.nextInt(whole.length + 1))
            : whole;
      }
    };
  }
}
