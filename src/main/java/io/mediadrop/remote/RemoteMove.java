package io.mediadrop.remote;

import io.mediadrop.file.FileStamp;

/**
 * A file of a server that is to get another name there.
 *
 * @param file what it is
 * @param from the path where it lies
 * @param to the path that it is to get
 */
record RemoteMove(FileStamp file, String from, String to) {

  /** Tells this move from that of any other file. */
  String key() {
    return from + "\n" + file.size() + " " + file.modified();
  }

  /** Whether this is the file, as far as size and time tell. */
  boolean isSame(FileStamp there) {
    return isWhole(there) && there.modified() == file.modified();
  }

  /** Whether this is a file as long as the moved one; copies get times of their own. */
  boolean isWhole(FileStamp there) {
    return there != null && there.kind() == FileStamp.Kind.FILE && there.size() == file.size();
  }
}
