package io.mediadrop.media;

import java.io.IOException;
import java.io.OutputStream;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** How a format lays out its content: so many bytes that depend on nothing but the seed. */
@FunctionalInterface
interface Filling {

  void write(OutputStream out, long length, SplittableRandom random) throws IOException;

  /** Bytes below 128, so that none of them looks like a JPEG marker or an MP3 frame. */
  static void plain(OutputStream out, long length, SplittableRandom random) throws IOException {
    var buffer = new byte[64 * 1024];
    for (long left = length; left > 0; left -= buffer.length) {
      random.nextBytes(buffer);
      for (int i = 0; i < buffer.length; i++) {
        buffer[i] &= 0x7f;
      }
      out.write(buffer, 0, (int) Math.min(left, buffer.length));
    }
  }

  /** GIF: blocks that begin with their length. An empty one would end the picture. */
  static void blocks(OutputStream out, long length, SplittableRandom random) throws IOException {
    long left = length;
    while (left > 0) {
      int block = left == 257 ? 200 : (int) Math.min(left, 256);
      out.write(block - 1);
      plain(out, block - 1, random);
      left -= block;
    }
  }

  /** MP3: frames of 417 bytes, which is 128 kbit/s. */
  static void frames(OutputStream out, long length, SplittableRandom random) throws IOException {
    byte[] header = IsoBox.bytes(0xfffb9000);
    for (long left = length; left > 0; left -= 417) {
      int frame = (int) Math.min(left, 417);
      out.write(header, 0, Math.min(frame, 4));
      plain(out, Math.max(0, frame - 4), random);
    }
  }

  /** PNG: the content of a chunk, then the checksum of its type and content. */
  static Filling chunk(String type) {
    return (out, length, random) -> {
      var checksum = new CRC32();
      checksum.update(IsoBox.text(type));
      var checked = new CheckedOutputStream(out, checksum);
      plain(checked, length - 4, random);
      out.write(IsoBox.bytes((int) checksum.getValue()));
    };
  }
}
