package io.mediadrop.sandbox;

/**
 * How a file is cut into parts.
 *
 * @param size bytes of the file
 * @param partSize bytes of every part but the last
 * @param parts number of parts, at least 1
 * @param multipart whether it must be sent in parts at all
 */
record Layout(long size, long partSize, int parts, boolean multipart) {

  static Layout of(long size, SandboxOptions options) {
    long from = options.multipartFrom > 0 ? options.multipartFrom : options.partSize + 1;
    if (options.plan == PlanProfile.NONE || size < from) {
      return new Layout(size, size, 1, false);
    }
    long parts = (size + options.partSize - 1) / options.partSize;
    if (options.emptyLastPart && size % options.partSize == 0) {
      parts++;
    }
    return new Layout(size, options.partSize, Math.toIntExact(parts), true);
  }

  boolean has(int number) {
    return number >= 1 && number <= parts;
  }

  long start(int number) {
    return (number - 1) * partSize;
  }

  /** The last byte of a part, inclusive; one before its start if the part is empty. */
  long end(int number) {
    return Math.min(start(number) + partSize, size) - 1;
  }

  long length(int number) {
    return end(number) - start(number) + 1;
  }
}
