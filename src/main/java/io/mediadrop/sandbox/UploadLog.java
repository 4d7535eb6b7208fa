package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The oracle: every finished upload in order, in memory and on request in a file. */
final class UploadLog implements AutoCloseable {
  private final List<Upload> uploads = new ArrayList<>();
  private final OutputStream file;

  /**
   * @param log where each upload is appended as a JSON line, or null
   */
  UploadLog(Path log) throws IOException {
    file =
        log == null
            ? OutputStream.nullOutputStream()
            : Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Notes an upload; its line is in the file before the client learns that it is finished. */
  synchronized void add(Upload upload) throws IOException {
    byte[] json = Json.bytes(upload.json());
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    file.write(line);
    uploads.add(upload);
  }

  synchronized List<Upload> all() {
    return List.copyOf(uploads);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
