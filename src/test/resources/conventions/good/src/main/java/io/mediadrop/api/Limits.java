package io.mediadrop.api;

/** Not a {@code @Component}: wired in beans.camel.yaml. */
class Limits {
  // org.apache.camel.main is for the launcher only
  static final String TIMEOUT = "mediadrop.shutdown.timeout";
  static final String FREE = "mediadrop.disk.min-free", KEEP = "mediadrop.archive.keep";
}
