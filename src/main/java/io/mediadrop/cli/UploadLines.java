package io.mediadrop.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.Printable;
import io.mediadrop.ledger.History.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Prints uploads one after the other, in one form or another; whoever closes it prints the end. */
interface UploadLines extends AutoCloseable {

  /** What spreadsheets read as a time, of this machine's zone. */
  DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /** Prints one more. */
  void add(Entry upload);

  @Override
  default void close() throws IOException {}

  /** Columns for people. */
  static UploadLines text(PrintWriter out) {
    String form = "%-19s  %-16s %15s  %-24s %s%n";
    out.printf(form, "uploaded", "lane", "size", "media id", "file");
    return upload ->
        out.printf(
            form,
            TIME.format(upload.at()),
            upload.lane(),
            upload.size(),
            upload.mediaId() == null ? "" : upload.mediaId(),
            Printable.of(upload.path()));
  }

  /** A table for spreadsheets. */
  static UploadLines csv(PrintWriter out) {
    Csv.line(
        out,
        "uploaded",
        "lane",
        "file",
        "media id",
        "upload id",
        "size",
        "checksum",
        "archived",
        "duplicate of");
    return upload ->
        Csv.line(
            out,
            TIME.format(upload.at()),
            upload.lane(),
            upload.path(),
            upload.mediaId(),
            upload.mediaUploadId(),
            upload.size(),
            upload.checksum(),
            upload.place(),
            upload.duplicateOf());
  }

  /** One JSON array. */
  static UploadLines json(PrintWriter out) throws IOException {
    JsonGenerator json = new ObjectMapper().createGenerator(out).useDefaultPrettyPrinter();
    json.writeStartArray();
    return new UploadLines() {
      @Override
      public void add(Entry upload) {
        try {
          json.writePOJO(FoundFile.of(upload));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void close() throws IOException {
        json.writeEndArray();
        json.flush();
        out.println();
      }
    };
  }
}
