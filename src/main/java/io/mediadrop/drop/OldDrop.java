package io.mediadrop.drop;

import java.util.List;

/**
 * A drop whose files have been kept long enough.
 *
 * @param id the drop's
 * @param name its lane and path, for people
 * @param failed whether it is about the file in the folder of refused files, and not about those in
 *     the archive
 * @param size of the file, in bytes
 * @param place the file's place below that folder; null if another drop's file lies there now
 * @param besides the places of the files that belong to it
 */
public record OldDrop(
    long id, String name, boolean failed, long size, String place, List<String> besides) {

  @Override
  public String toString() {
    return name;
  }
}
