package io.mediadrop.console;

/**
 * Something that a person should see to.
 *
 * @param about the lane or endpoint, or what else it is about
 * @param says what is wrong, and what to do
 * @param urgent whether uploads stand still until somebody has done it
 */
record ToDo(String about, String says, boolean urgent) {

  static ToDo urgent(String about, String says) {
    return new ToDo(about, says, true);
  }

  static ToDo later(String about, String says) {
    return new ToDo(about, says, false);
  }
}
