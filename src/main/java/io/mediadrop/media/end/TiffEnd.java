package io.mediadrop.media.end;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * TIFF and the raw photos that are laid out like it (DNG, NEF, CR2, ARW, ORF, RW2, PEF, SRW …),
 * JPEG XR too: its directories lie in the file, and whatever picture data they point to.
 */
final class TiffEnd {

  private static final int BIG = 43;
  private static final int SUB_DIRECTORIES = 330;

  /** Where data lie, and how long they are: strips, tiles, JPEG, and the two of JPEG XR. */
  private static final Map<Integer, Integer> DATA =
      Map.of(273, 279, 324, 325, 513, 514, 0xbcc0, 0xbcc1, 0xbcc2, 0xbcc3);

  /** Bytes that a value of each type has; the first type is 1. */
  private static final int[] SIZES = {1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private static final int COMPRESSION = 259;
  private static final int MEANING = 262;
  private static final long SENSOR = 32803;

  /** None, three of faxes, and two of zip, which has long runs of zeros for a plain area. */
  private static final Set<Long> BLANK_CODES = Set.of(1L, 2L, 3L, 4L, 8L, 32946L);

  /** LZW, JPEG, PackBits. */
  private static final Set<Long> PACKED = Set.of(5L, 7L, 32773L);

  private static final int BLANK = 4 * 1024;

  /** Cameras may pad what they write. */
  private static final int MORE_THAN_PADDING = 64 * 1024;

  private static final int PLACES = 8;
  private static final int MOST_DIRECTORIES = 1000;
  private static final int MOST_VALUES = 100_000;

  /** An entry of a directory: its type, how many values it has, and where they are. */
  private record Entry(int type, long count, long at) {}

  private final FileBytes file;
  private final ByteOrder order;
  private final boolean big;

  private TiffEnd(FileBytes file, ByteOrder order, boolean big) {
    this.file = file;
    this.order = order;
    this.big = big;
  }

  static boolean isThere(FileBytes file) throws IOException {
    ByteOrder order = file.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new TiffEnd(file, order, file.number(2, 2, order) == BIG).reachesAll();
  }

  private boolean reachesAll() throws IOException {
    Set<Long> known = new HashSet<>();
    Deque<Long> directories = new ArrayDeque<>();
    directories.add(big ? file.number(8, 8, order) : file.number(4, 4, order));
    while (!directories.isEmpty() && known.size() < MOST_DIRECTORIES) {
      long directory = directories.poll();
      if (directory != 0 && known.add(directory) && !reaches(directory, directories)) {
        return false;
      }
    }
    return true;
  }

  private boolean reaches(long directory, Deque<Long> further) throws IOException {
    Map<Integer, Entry> entries = new HashMap<>();
    long count = file.number(directory, big ? 8 : 2, order);
    if (count == 0) {
      return false; // it has yet to be written
    }
    long at = directory + (big ? 8 : 2);
    for (long i = 0; i < count; i++, at += big ? 20 : 12) {
      Entry entry = entry(at);
      if (entry.at + entry.count * size(entry) > file.size()) {
        return false;
      }
      entries.put((int) file.number(at, 2, order), entry);
    }
    further.add(file.number(at, big ? 8 : 4, order));
    if (entries.containsKey(SUB_DIRECTORIES)) {
      Entry below = entries.get(SUB_DIRECTORIES);
      for (long i = 0; i < Math.min(below.count, MOST_DIRECTORIES); i++) {
        further.add(value(below, i));
      }
    }
    return hasData(entries);
  }

  private boolean hasData(Map<Integer, Entry> entries) throws IOException {
    int blank = blank(entries);
    for (Map.Entry<Integer, Integer> pair : DATA.entrySet()) {
      Entry offsets = entries.get(pair.getKey());
      Entry lengths = entries.get(pair.getValue());
      if (offsets != null && lengths != null && !isInside(offsets, lengths, blank)) {
        return false;
      }
    }
    return true;
  }

  /** The last ones of very many are enough; an offset or length of nothing but ones is none. */
  private boolean isInside(Entry offsets, Entry lengths, int blank) throws IOException {
    long count = Math.min(offsets.count, lengths.count);
    for (long i = Math.max(0, count - MOST_VALUES); i < count; i++) {
      long offset = value(offsets, i);
      long length = value(lengths, i);
      boolean given = offset != 0xffffffffL && length != 0xffffffffL;
      if (given && length > file.size() - offset) {
        return false;
      }
      boolean looked = i == count - 1 || i % Math.max(1, count / PLACES) == 0;
      if (given && blank > 0 && looked && file.isBlank(offset + length - blank, blank)) {
        return false;
      }
    }
    return true;
  }

  /** How many zeros at the end of data mean that these are missing; 0 if they mean black. */
  private int blank(Map<Integer, Entry> entries) throws IOException {
    Entry compression = entries.get(COMPRESSION);
    Entry meaning = entries.get(MEANING);
    long code = compression == null ? 1 : value(compression, 0);
    boolean sensor = meaning != null && value(meaning, 0) == SENSOR;
    if (PACKED.contains(code)) {
      return BLANK;
    }
    return sensor || !BLANK_CODES.contains(code) ? MORE_THAN_PADDING : 0;
  }

  private Entry entry(long at) throws IOException {
    int type = (int) file.number(at + 2, 2, order);
    long count = file.number(at + 4, big ? 8 : 4, order);
    long inside = at + (big ? 12 : 8);
    Entry entry = new Entry(type, count, inside);
    boolean fits = count * size(entry) <= (big ? 8 : 4);
    return fits ? entry : new Entry(type, count, file.number(inside, big ? 8 : 4, order));
  }

  private long value(Entry entry, long index) throws IOException {
    int size = Math.max(1, size(entry));
    return file.number(entry.at + index * size, size, order);
  }

  private static int size(Entry entry) {
    return entry.type >= 1 && entry.type <= SIZES.length ? SIZES[entry.type - 1] : 0;
  }
}
