package io.mediadrop.lanefile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with the lanes at the moment, each told once. */
class Complaints {

  private final Map<String, String> open = new LinkedHashMap<>();
  private final Map<String, String> untold = new LinkedHashMap<>();

  /** Something is wrong with a file or a lane; told unless that was said already. */
  void about(String what, String message) {
    if (!message.equals(open.put(what, message))) {
      untold.put(what, message);
    }
  }

  /** Nothing is wrong with it any more; whether something was. */
  boolean settle(String what) {
    untold.remove(what);
    return open.remove(what) != null;
  }

  /** What is wrong with it, or null. */
  String of(String what) {
    return open.get(what);
  }

  /** Everything that is wrong, by what is wrong. */
  Map<String, String> all() {
    return open;
  }

  /** What has not been told yet; told with this. */
  List<String> tell() {
    List<String> told = List.copyOf(untold.values());
    untold.clear();
    return told;
  }
}
