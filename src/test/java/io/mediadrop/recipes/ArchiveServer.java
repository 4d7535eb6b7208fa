package io.mediadrop.recipes;

import java.util.Map;

/** A server that the archive endpoint is on. */
interface ArchiveServer {

  /** What is there: the content of each file, by its path below the place for the archive. */
  Map<String, byte[]> files() throws Exception;

  /** Goes away; what is there stays there. */
  void stop() throws Exception;

  /** Comes back. */
  void start() throws Exception;
}
