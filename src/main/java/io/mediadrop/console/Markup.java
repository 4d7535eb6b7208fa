package io.mediadrop.console;

/** Keeps what comes from names and answers from being read as markup. */
final class Markup {

  private Markup() {}

  /** As it is read, in an element or between quotes; nothing for null. */
  static String text(String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
  }
}
