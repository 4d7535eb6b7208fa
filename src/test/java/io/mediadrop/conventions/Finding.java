package io.mediadrop.conventions;

/** A place where a convention is not kept, and what to write there instead. */
record Finding(String file, int line, String text) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + text;
  }
}
