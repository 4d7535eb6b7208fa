package io.mediadrop.remote;

/** What a server answers with ok although it does something else, or nothing. */
public enum Lie {
  /** A second name is not made, as by rclone 1.60. */
  LINKS_NOTHING,
  /** A second name is that of an empty file. */
  LINKS_AN_EMPTY_FILE,
  /** A second name takes the first one's place. */
  LINKS_BY_MOVING,
  /** A second name is a copy, with a time of its own. */
  LINKS_BY_COPYING,
  /** There are no second names; that is told. */
  KNOWS_NO_LINKS,
  /** A file keeps its name. */
  RENAMES_NOTHING,
  /** A file keeps its name, and the new one has a copy. */
  RENAMES_BY_COPYING,
  /** The same, but the copy is half the file. */
  RENAMES_HALF,
  /**
   * The same as by copying, and then the server says that it may not, as where nothing may be
   * deleted.
   */
  RENAMES_BY_COPYING_AND_REFUSES,
  /** A file loses its name and gets none. */
  RENAMES_INTO_NOTHING,
  /** A file stays. */
  DELETES_NOTHING,
  /** A file stays, which is told. */
  MAY_NOT_DELETE,
  /** Whatever is asked for is done a second later. */
  DOES_IT_LATER,
  /** A deleted file is listed, and on other connections there, for another second. */
  SHOWS_OTHERS_WHAT_IS_GONE,
  /** What has got a new name has another size there. */
  TELLS_ANOTHER_SIZE
}
